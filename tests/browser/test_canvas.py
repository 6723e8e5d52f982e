"""Drawing with the mouse and the keyboard, as an administrator does: never a call into the modeler."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from common.db import Database
from common.identity.models import Unit
from designer.drafts import begin_draft
from designer.models import Draft
from common.identity.actor import machine
from procedure_library.queries import version_in_force
from sqlalchemy import select
from tests.browser.conftest import sign_in
from tests.browser.house import PASSWORD
from tests.conftest import MONDAY_MORNING
from tests.support.browser import opened
from tests.web import people

STEPS = "/designer/drafts/1/steps"


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


def test_look(draw) -> None:
    page = draw()
    page.wait_for_timeout(500)
    page.screenshot(path="/tmp/canvas/1.png")
    page.locator('[data-element-id="compare"]').click()
    page.wait_for_timeout(800)
    page.screenshot(path="/tmp/canvas/2.png", full_page=True)
    page.goto("/designer/drafts/1")
    page.screenshot(path="/tmp/canvas/3.png", full_page=True)
    page.goto("/designer/drafts")
    page.screenshot(path="/tmp/canvas/4.png", full_page=True)
    page.goto("/designer/drafts/1/history")
    page.screenshot(path="/tmp/canvas/5.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(STEPS)
    page.wait_for_timeout(800)
    page.screenshot(path="/tmp/canvas/6.png", full_page=True)
