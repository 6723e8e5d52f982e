"""A form of three pages, built from an empty page by mouse, and again by keyboard alone: both are the same form."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import select

from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from common.text import Text
from designer.drafts import begin_new, save
from designer.form_text import EMPTY, form_text
from designer.models import Draft
from form_builder.schema import read_form
from procedure_library.canonical import parsed
from procedure_library.package import FORM
from tests.browser.hands import add_page, add_question, moved
from tests.browser.house import PASSWORD, sign_in
from tests.browser.keys import Keys
from tests.browser.mouse import Mouse
from tests.browser.steps import look, tells
from tests.conftest import MONDAY_MORNING
from tests.support.browser import opened
from tests.web import people

PAGES = ("Ngành nghề", "Chủ hộ", "Cam kết")
# Page, question, kind. The telephone number begins on a page where it does not stay.
QUESTIONS = (
    ("Chủ hộ", "Họ và tên", "text"),
    ("Chủ hộ", "Người đại diện", "group"),
    ("Ngành nghề", "Số điện thoại", "phone"),
    ("Ngành nghề", "Vốn kinh doanh", "money"),
    ("Cam kết", "Tôi cam kết nội dung đúng", "declaration"),
)
ORDER = [
    "ho_va_ten",
    "nguoi_dai_dien",
    "nguoi_dai_dien.so_dien_thoai",
    "von_kinh_doanh",
    "toi_cam_ket_noi_dung_dung",
]


@pytest.fixture
def empty_forms(house: Database) -> tuple[str, str]:
    """The forms of two new procedures that ask nothing yet."""
    at, by = MONDAY_MORNING, machine("a test")
    with house.transaction() as session:
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        people.official(session, province, "administrator", login="quantri").full_name = "Vũ Thị Quản"
        drafts = [
            begin_new(session, key, Text("Đăng ký hộ"), by=by, at=at) for key in ("by_mouse", "by_keys")
        ]
        for draft in drafts:
            assert isinstance(draft, Draft)
            save(session, draft, FORM, form_text(EMPTY), revision=1, by=by, at=at)
        one, other = (f"/designer/drafts/{draft.id}/form" for draft in drafts if isinstance(draft, Draft))
        return one, other


@pytest.fixture
def author(browser: Any, door: str, empty_forms: tuple[str, str]) -> Iterator[Callable[[], Any]]:
    with ExitStack() as doors:

        def enter() -> Any:
            # High enough for a hand to reach every page without scrolling.
            window = {"width": 1280, "height": 3200}
            page = doors.enter_context(opened(browser, base_url=door, viewport=window))
            sign_in(page, "quantri", PASSWORD)
            return page

        yield enter


def build(hand: Any, form: str) -> Any:
    page = hand.page
    page.goto(form)
    for title in PAGES:
        add_page(hand, title)
    for question in QUESTIONS:
        add_question(hand, *question)
    page.goto(form)
    hand.page_first("Chủ hộ")
    moved(page, "nay là trang 1 trên 3")
    hand.to_page("Số điện thoại", "chu_ho")
    moved(page, "nay ở «Chủ hộ», chỗ 3 trên 3")
    # The handle has kept the focus through the move.
    assert page.evaluate("document.activeElement.hasAttribute('data-handle')")
    hand.into("Số điện thoại", "nguoi_dai_dien")
    moved(page, "nay ở «Người đại diện», chỗ 1 trên 1")
    look(page)
    page.goto(f"{form}/source")
    look(page)
    return parsed(page.locator("#content").input_value())


def test_by_mouse_and_by_keyboard_alone_one_builds_the_same_form(
    author: Callable[[], Any], empty_forms: tuple[str, str]
) -> None:
    page = author()
    by_mouse, by_keys = build(Mouse(page), empty_forms[0]), build(Keys(page), empty_forms[1])
    assert by_mouse == by_keys
    assert list(by_mouse["properties"]) == list(by_keys["properties"])
    form = read_form(by_mouse)
    assert [each.path for each in form.every_field()] == ORDER
    assert [each.key for each in form.pages] == ["chu_ho", "nganh_nghe", "cam_ket"]


def test_a_question_is_saved_as_it_is_typed_undone_and_seen_beside_the_list(
    author: Callable[[], Any], empty_forms: tuple[str, str]
) -> None:
    page, form = author(), empty_forms[0]
    page.goto(form)
    add_page(Mouse(page), "Chủ hộ")
    add_question(Mouse(page), "Chủ hộ", "Họ và tên", "text")
    page.goto(f"{form}/fields/ho_va_ten")
    page.fill("#title_vi", "Họ, chữ đệm và tên")
    page.wait_for_function("() => document.getElementById('save-state').textContent === 'Đã lưu'")
    page.goto(form)
    tells(page, "Họ, chữ đệm và tên")
    page.frame_locator("#live iframe").get_by_label("Họ, chữ đệm và tên").wait_for()
    page.get_by_role("button", name="Máy tính").click()
    assert page.locator("#live iframe").bounding_box()["width"] > 900
    page.get_by_role("button", name="Điện thoại", exact=True).click()
    assert page.locator("#live iframe").bounding_box()["width"] <= 392
    page.get_by_role("button", name="Hoàn tác").click()
    page.frame_locator("#live iframe").get_by_label("Họ và tên").wait_for()
    page.get_by_role("button", name="Làm lại").click()
    page.frame_locator("#live iframe").get_by_label("Họ, chữ đệm và tên").wait_for()


def test_who_moved_in_between_is_told_and_nothing_is_overwritten(
    author: Callable[[], Any], empty_forms: tuple[str, str]
) -> None:
    page, other, form = author(), author(), empty_forms[0]
    page.goto(form)
    for title in PAGES:
        add_page(Mouse(page), title)
    other.goto(form)
    Keys(other).page_first("Chủ hộ")
    moved(other, "trang 1 trên 3")
    Keys(page).page_first("Cam kết")
    page.locator(".clash").wait_for()
    assert page.locator("[data-page-key] h2").all_inner_texts() == [
        "1. Chủ hộ",
        "2. Ngành nghề",
        "3. Cam kết",
    ]
