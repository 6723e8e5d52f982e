"""Pictures of the demo for docs/screenshots, at a desk and on a telephone: `make screenshots`.

Not a test, though it runs like one: the same instant gives the same dossiers, so pictures change with pages only.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from common.clock import ZONE
from common.db import Database
from config import Settings
from runtime.demo import load as demo
from runtime.demo.accounts import PASSWORD
from runtime.office import Office, equip
from tests.browser import certified_copy as copy
from tests.browser.steps import follow, upload
from tests.conftest import SettableClock
from tests.support.browser import opened
from tests.support.databases import Run

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
TUESDAY = datetime(2026, 3, 10, 9, 30, tzinfo=ZONE)
WIDTHS = (1280, 390)
TALLEST = 1800


@pytest.fixture
def demo_house(run: Run, settings: Settings) -> Iterator[Database]:
    def fill(_owner: str, application: str) -> None:
        database = Database(application)
        equip(database.engine, Office.of(settings))
        with database.transaction() as session:
            demo.load(session, at=TUESDAY)
        database.engine.dispose()

    database = Database(run.copy("demo", "pictures", fill).application)
    yield database
    database.engine.dispose()


@pytest.fixture
def visit(browser: Any, serve: Callable[..., str], demo_house: Database) -> Iterator[Callable[..., Any]]:
    """Opens the demo for a person, at one width."""
    address = serve(demo_house, SettableClock(TUESDAY))
    doors: list[Any] = []

    def enter(width: int, login: str = "") -> Any:
        door = opened(browser, base_url=address, viewport={"width": width, "height": 900})
        page = door.__enter__()
        doors.append(door)
        if login:
            page.goto("/sign-in")
            page.fill("#login", login)
            page.fill("#password", PASSWORD)
            page.click("main button[type=submit]")
        return page

    yield enter
    for door in doors:
        door.__exit__(None, None, None)


def picture(page: Any, name: str) -> None:
    """The page from its top, as far down as a reader of the documentation would look."""
    width = page.viewport_size["width"]
    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": tall})
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=FOLDER / f"{name}-{width}.png")
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_of_the_portal(visit: Callable[..., Any], width: int) -> None:
    page = visit(width)
    for path, name in (
        ("/", "home"),
        ("/procedures/dang_ky_khai_sinh", "procedure"),
        ("/look-up", "look-up"),
    ):
        page.goto(path)
        picture(page, f"portal-{name}")
    page = visit(width, "congdan")
    copy.begin(page, unit="Tân An")
    page.get_by_label("Bản thân").check()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    copy.describe(page, pages="mười", copies="3")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    picture(page, "portal-form")
    page.get_by_label("Số trang của bản chính").fill("10")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.get_by_label("Tôi chịu trách nhiệm").check()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    upload(page, "Bằng tốt nghiệp.pdf")
    picture(page, "portal-papers")
    follow(page, "Tiếp tục")
    for reasons in page.locator("details.reasons summary").all():
        reasons.click()
    picture(page, "portal-check")
    page.get_by_role("button", name="Gửi hồ sơ").click()
    picture(page, "portal-sent")
    page.goto("/my/dossiers")
    picture(page, "portal-my-dossiers")
    follow(page, "Xem yêu cầu", exact=False)
    picture(page, "portal-dossier")


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_of_the_desk(visit: Callable[..., Any], width: int) -> None:
    page = visit(width, "tiepnhan.hoa_binh")
    picture(page, "desk-inbox")
    page.goto("/desk/dossiers")
    picture(page, "desk-dossiers")
    page.goto("/desk/counter")
    page.get_by_role("button", name="Nhập hồ sơ").click()
    picture(page, "desk-counter")
    page = visit(width, "thuly.hoa_binh")
    page.locator("a.code").first.click()
    picture(page, "desk-dossier")
    work = page.get_by_role("button", name="Nhận việc").or_(page.get_by_role("link", name="Xử lý"))
    work.first.click()
    picture(page, "desk-task")
