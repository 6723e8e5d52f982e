"""A furnished house behind a real server, and people who walk in, each with a browser of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from common.clock import ZONE
from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from common.jobs import Workshop
from config import Settings
from designer.drafts import begin_draft
from designer.models import Draft
from procedure_library.queries import version_in_force
from runtime.demo import load as demo
from runtime.demo.accounts import PASSWORD as DEMO_PASSWORD
from runtime.office import Office, equip
from tests.browser.drawing import STEPS
from tests.browser.house import PASSWORD, furnish, sign_in
from tests.browser.rule_desk import rules_drafted, write  # noqa: F401 — fixtures of these tests too
from tests.conftest import MONDAY_MORNING, SettableClock
from tests.support.browser import opened
from tests.support.databases import Run
from tests.support.jobs import do_waiting
from tests.web import people
from tests.web.conftest import cheap_hashes  # noqa: F401 — a fixture of these tests too

TUESDAY = datetime(2026, 3, 10, 9, 30, tzinfo=ZONE)


@pytest.fixture
def house(run: Run, settings: Settings) -> Iterator[Database]:
    """A fresh copy of the furnished database."""

    def fill(_owner: str, application: str) -> None:
        database = Database(application)
        with database.transaction() as session:
            furnish(session, settings.identity_key)
        database.engine.dispose()

    database = Database(run.copy("journeys", "house", fill).application)
    yield database
    database.engine.dispose()


@pytest.fixture
def door(serve: Callable[..., str], house: Database) -> str:
    """The address of the house."""
    return serve(house)


@pytest.fixture
def worker(house: Database, settings: Settings, clock: Any) -> Callable[[], None]:
    """Does the jobs that wait; one that breaks, breaks the test."""
    return lambda: do_waiting(Workshop(house, settings, clock))


# Journeys run twice; what does not depend on scripts, or only on them, once.
WITH_SCRIPT = pytest.mark.parametrize("walk_in", ["script"], indirect=True)
WITHOUT = pytest.mark.parametrize("walk_in", ["plain"], indirect=True)


@pytest.fixture(params=["script", "plain"])
def walk_in(request: pytest.FixtureRequest, browser: Any, door: str) -> Iterator[Callable[..., Any]]:
    """Opens a browser for a person and signs in; with JavaScript and, in a second run, without."""
    with ExitStack() as doors:

        def enter(login: str = "") -> Any:
            page = doors.enter_context(
                opened(browser, base_url=door, java_script_enabled=request.param == "script")
            )
            page.goto("/")
            if login:
                sign_in(page, login, PASSWORD)
            return page

        yield enter


@pytest.fixture
def enter_wide(browser: Any, door: str) -> Iterator[Callable[[str], Any]]:
    """Opens a browser with room for a drawing and the panel beside it, and signs in."""
    with ExitStack() as doors:

        def enter(login: str) -> Any:
            window = {"width": 1600, "height": 1400}
            page = doors.enter_context(opened(browser, base_url=door, viewport=window))
            sign_in(page, login, PASSWORD)
            return page

        yield enter


@pytest.fixture
def demo_house(run: Run, settings: Settings) -> Iterator[Database]:
    """A copy of the demo province as it is on one Tuesday, with dossiers in every state."""

    def fill(_owner: str, application: str) -> None:
        database = Database(application)
        equip(database.engine, Office.of(settings))
        with database.transaction() as session:
            demo.load(session, at=TUESDAY)
        database.engine.dispose()

    database = Database(run.copy("province", "demo", fill).application)
    yield database
    database.engine.dispose()


@pytest.fixture
def visit(browser: Any, serve: Callable[..., str], demo_house: Database) -> Iterator[Callable[..., Any]]:
    """Opens the demo for a person, in a window of some width."""
    address = serve(demo_house, SettableClock(TUESDAY))
    with ExitStack() as doors:

        def enter(width: int, login: str = "") -> Any:
            window = {"width": width, "height": 900}
            page = doors.enter_context(opened(browser, base_url=address, viewport=window))
            page.goto("/")
            if login:
                sign_in(page, login, DEMO_PASSWORD)
            return page

        yield enter


@pytest.fixture
def drafting(house: Database) -> None:
    """Two administrators, and a draft of the certified copies."""
    with house.transaction() as session:
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        people.official(session, province, "administrator", login="quantri").full_name = "Vũ Thị Quản"
        people.official(session, province, "administrator", login="quantri2").full_name = "Đặng Văn Trị"
        version = version_in_force(session, "chung_thuc_ban_sao", MONDAY_MORNING.date())
        assert version is not None
        assert isinstance(begin_draft(session, version, by=machine("a test"), at=MONDAY_MORNING), Draft)


@pytest.fixture
def all_drafts(house: Database, drafting: None) -> None:
    """Drafts 2 and 3, of the other ready-made procedures."""
    with house.transaction() as session:
        for key in ("dang_ky_khai_sinh", "cap_giay_phep_xay_dung_nha_o"):
            version = version_in_force(session, key, MONDAY_MORNING.date())
            assert version is not None
            assert isinstance(begin_draft(session, version, by=machine("a test"), at=MONDAY_MORNING), Draft)


@pytest.fixture
def draw(browser: Any, door: str, drafting: None) -> Iterator[Callable[..., Any]]:
    """Opens the canvas for an administrator, in a browser of their own."""
    with ExitStack() as doors:

        def enter(login: str = "quantri", width: int = 1440) -> Any:
            window = {"width": width, "height": 1000}
            page = doors.enter_context(opened(browser, base_url=door, viewport=window))
            sign_in(page, login, PASSWORD)
            page.goto(STEPS)
            page.locator(".djs-palette .entry").first.wait_for()
            return page

        yield enter
