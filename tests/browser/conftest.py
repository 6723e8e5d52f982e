"""A furnished house behind a real server, and people who walk in, each with a browser of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from common.db import Database
from common.jobs import Workshop
from config import Settings
from tests.browser.house import PASSWORD, furnish
from tests.support.browser import opened
from tests.support.databases import Run
from tests.support.jobs import do_waiting
from tests.web.conftest import cheap_hashes  # noqa: F401 — a fixture of these tests too


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

        def enter(login: str = "", **options: Any) -> Any:
            page = doors.enter_context(
                opened(browser, base_url=door, java_script_enabled=request.param == "script", **options)
            )
            page.goto("/")
            if login:
                sign_in(page, login)
            return page

        enter.with_script = request.param == "script"  # type: ignore[attr-defined]
        yield enter


def sign_in(page: Any, login: str) -> None:
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
