"""What every test may ask for. A missing database or browser is a failure, never a skip.

database   a real PostgreSQL of this worker; what is committed is taken out after the test
session    a session in a transaction that the test takes back
clock      a clock that stands still: `clock.now = …` moves it
app        the whole application on that same transaction; client, its test client
live       the address of a real server, on `database` (commit what it shall see)
page       a Chromium page that fails the test on script errors and on breaches of the content policy
patient    proofs have all the time they need
plain_page the same with JavaScript off
"""

import fcntl
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.db import Database
from config import Settings
from rules_dsl.prover import patience
from tests.support.databases import RolledBack, Run, empty
from tests.support.server import Addresses

MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
RUN = "MOTCUA_TEST_RUN"


class SettableClock:
    """A clock that stands still until the test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole journeys first: the last file that a worker takes is a short one then, and nobody waits for it."""
    items.sort(key=lambda item: item.path.parent.name not in ("browser", "soak"))


def pytest_configure(config: pytest.Config) -> None:
    # A shell that runs the tests in its background has them ignore Ctrl-C, and programs under test inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        return
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    os.environ[RUN] = str(folder)
    alive = (folder / "alive").open("w")
    fcntl.flock(alive, fcntl.LOCK_EX)
    config.stash[_ALIVE] = alive


_ALIVE = pytest.StashKey[Any]()


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ.pop(RUN))
    Run(folder, "").drop_all()
    served = (folder / "server.json").exists()
    config.stash[_ALIVE].close()
    end = time.monotonic() + 30
    while served and folder.exists() and time.monotonic() < end:
        time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: a test that does not run proves nothing"
    return report


@pytest.fixture(scope="session")
def run() -> Run:
    return Run(Path(os.environ[RUN]), os.environ.get("PYTEST_XDIST_WORKER", "gw0"))


@pytest.fixture(scope="session")
def addresses(run: Run) -> Addresses:
    """The owner's and the application's address of this worker's database."""
    return run.copy("empty", "main")


@pytest.fixture(scope="session")
def pool(addresses: Addresses) -> Iterator[Database]:
    """Connections of the application's role, kept over the tests of this worker."""
    database = Database(addresses.application)
    yield database
    database.engine.dispose()


@pytest.fixture
def database(pool: Database, addresses: Addresses) -> Iterator[Database]:
    yield pool
    empty(addresses.owner)


@pytest.fixture
def transaction(pool: Database) -> Iterator[RolledBack]:
    with pool.engine.connect() as connection:
        outer = connection.begin()
        yield RolledBack(connection)
        outer.rollback()


@pytest.fixture
def session(transaction: RolledBack) -> Iterator[Session]:
    with transaction.session() as session:
        yield session


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(MONDAY_MORNING)


@pytest.fixture
def settings(tmp_path: Path, addresses: Addresses) -> Settings:
    return Settings(
        data_folder=tmp_path / "data",
        database_url=addresses.application,
        database_owner_url=addresses.owner,
        public_url="http://127.0.0.1:8000",
        secret_key="a secret key for tests, and for nothing else",
        identity_key="an identity key for tests, and nothing else",
    )


def _application(settings: Settings, database: Database, clock: SettableClock) -> Any:
    # Imported late: most tests need no web application.
    from app import create_app

    application = create_app(settings, database=database, clock=clock)
    application.config.update(TESTING=True)
    return application


@pytest.fixture
def app(settings: Settings, transaction: RolledBack, clock: SettableClock) -> Any:
    return _application(settings, transaction, clock)


@pytest.fixture
def client(app: Any) -> Any:
    return app.test_client()


@pytest.fixture
def serve(settings: Settings, clock: SettableClock) -> Iterator[Callable[..., str]]:
    """Starts a real server on a database and answers its address; ended after the test."""
    from werkzeug.serving import make_server

    servers = []

    def start(database: Database, clock: SettableClock = clock) -> str:
        server = make_server("127.0.0.1", 0, app=None, threaded=True)
        address = f"http://127.0.0.1:{server.server_port}"
        settings_here = replace(settings, port=server.server_port, public_url=address)
        server.app = _application(settings_here, database, clock)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return address

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def live(serve: Callable[..., str], database: Database) -> str:
    return serve(database)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from tests.support.browser import launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    from tests.support.browser import opened

    with opened(browser) as page:
        yield page


@pytest.fixture
def plain_page(browser: Any) -> Iterator[Any]:
    from tests.support.browser import opened

    with opened(browser, java_script_enabled=False) as page:
        yield page


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs have all the time they need, whatever else the machine does."""
    monkeypatch.setattr(patience, "FACTOR", 20.0)
