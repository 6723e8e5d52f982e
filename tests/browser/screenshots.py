"""Pictures of the demo for docs/screenshots, at a desk and on a telephone: `make screenshots`.

Not a test, though it runs like one: the same instant gives the same dossiers, so pictures change with pages only.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser import certified_copy as copy
from tests.browser.steps import follow, upload

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WIDTHS = (1280, 390)
TALLEST = 1800


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
