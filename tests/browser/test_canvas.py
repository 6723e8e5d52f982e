"""Drawing with the mouse and the keyboard, as an administrator does: never a call into the modeler."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import select

from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from designer.drafts import begin_draft
from designer.models import Draft
from procedure_library.queries import version_in_force
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


def drag(page: Any, source: Any, x: float, y: float) -> None:
    """Takes hold of a thing and lets it go at a place of the window, as a hand does."""
    box = source.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(x - 40, y - 25, steps=8)
    page.mouse.move(x, y, steps=8)
    page.mouse.up()


def entry(page: Any, words: str) -> Any:
    """An entry of the palette by its words."""
    return page.locator(".djs-palette .entry", has_text=words)


def shape(page: Any, key: str) -> Any:
    """A step in the drawing, by its key."""
    return page.locator(f'.djs-element.djs-shape[data-element-id="{key}"] .djs-visual').first


def centre(page: Any, key: str) -> tuple[float, float]:
    box = shape(page, key).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def between(page: Any, key: str, other: str) -> tuple[float, float]:
    """The middle of the straight transition from one step to another."""
    one, two = (shape(page, each).bounding_box() for each in (key, other))
    return (one["x"] + one["width"] + two["x"]) / 2, one["y"] + one["height"] / 2


def chosen(page: Any) -> str:
    """The key of the step whose panel is open."""
    page.locator("#step-panel form").wait_for()
    return str(page.locator("#step-panel form").get_attribute("data-element"))


def choose(page: Any, key: str) -> None:
    page.mouse.click(*centre(page, key))
    page.locator(f'#step-panel form[data-element="{key}"]').wait_for()


def wait_until_saved(page: Any) -> None:
    page.locator('#save-state[data-state="saved"]').wait_for()


def findings(page: Any) -> list[str]:
    return [each.inner_text() for each in page.locator("#findings .finding-go").all()]


def test_a_task_dropped_on_a_transition_stands_between_its_steps(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Công việc"), *between(page, "compare", "compared"))
    page.keyboard.type("Kiểm tra lại")
    page.keyboard.press("Enter")
    assert chosen(page) == "kiem_tra_lai"
    page.get_by_label("Ai làm").select_option(label="Lãnh đạo cơ quan")
    page.get_by_role("button", name="Thêm kết luận").click()
    page.get_by_label("Chữ trên nút").fill("Đã kiểm tra")
    page.get_by_label("Chữ trên nút").press("Tab")
    wait_until_saved(page)
    page.reload()
    page.locator("#chosen").select_option(label="Kiểm tra lại")
    assert chosen(page) == "kiem_tra_lai"
    assert page.get_by_label("Ai làm").input_value() == "leader"
    assert page.get_by_label("Chữ trên nút").input_value() == "Đã kiểm tra"
    assert page.get_by_label("Khóa").input_value() == "da_kiem_tra"
    ways = [option.inner_text() for option in page.locator("#chosen option").all()]
    assert "Đường nối: Đối chiếu bản sao với bản chính, ghi lời chứng đến Kiểm tra lại" in ways
    assert "Đường nối: Kiểm tra lại đến Kết quả đối chiếu" in ways
