"""A block is saved in one draft, used in another, gets a new version, and the other draft takes the update."""

from collections.abc import Callable
from typing import Any

from tests.browser.steps import follow, look, press, says, tells, told
from tests.browser.test_form_builder import (  # noqa: F401 — fixtures of the same house
    Mouse,
    add_page,
    add_question,
    author,
    empty_forms,
)

SAVE = "Lưu thành khối"


def test_a_block_goes_from_one_form_to_another_and_its_update_is_taken(
    author: Callable[[], Any],  # noqa: F811
    empty_forms: tuple[str, str],  # noqa: F811
) -> None:
    page, (one, other) = author(), empty_forms
    for form in (one, other):
        page.goto(form)
        add_page(Mouse(page), "Chủ hộ")
    page.goto(one)
    add_question(Mouse(page), "Chủ hộ", "Họ và tên", "text")
    add_question(Mouse(page), "Chủ hộ", "Số điện thoại", "phone")
    keep(page, "Họ và tên", also="Số điện thoại", english="Head of the household")
    says(page, "phiên bản 1, vào ngân hàng câu hỏi", exact=False)

    page.goto(other)
    follow(page, "Từ ngân hàng câu hỏi vào «Chủ hộ»")
    press(page, "Đưa vào tờ khai", exact=False)
    tells(page, "Họ và tên")
    retitle(page, other, "so_dien_thoai", "Điện thoại di động")

    retitle(page, one, "ho_va_ten", "Họ, chữ đệm và tên")
    page.goto(one)
    follow(page, "Lưu thành khối: Họ, chữ đệm và tên")
    press(page, SAVE)
    says(page, "phiên bản 2, vào ngân hàng câu hỏi", exact=False)

    page.goto(other)
    tells(page, "đã có phiên bản 2; tờ khai đang dùng phiên bản 1")
    tells(page, "Họ và tên")
    follow(page, "So sánh và cập nhật", exact=False)
    compared = told(page)
    assert "Họ, chữ đệm và tên" in compared.partition("Bạn đã sửa")[0]
    assert "Điện thoại di động" in compared.partition("Bạn đã sửa")[2]
    press(page, "Cập nhật theo phiên bản 2")
    form = told(page)
    assert "Họ, chữ đệm và tên" in form
    assert "Điện thoại di động" in form
    assert "đã có phiên bản" not in form

    page.get_by_role("main").get_by_role("link", name="Người đứng đầu hộ").first.click()
    look(page)
    assert told(page).count("bản soạn thảo, dùng phiên bản 2 của khối") == 2


def keep(page: Any, question: str, also: str, english: str) -> None:
    follow(page, f"Lưu thành khối: {question}")
    page.get_by_label(also).check()
    page.fill("#title_vi", "Người đứng đầu hộ")
    page.fill("#title_en", english)
    press(page, SAVE)


def retitle(page: Any, form: str, field: str, words: str) -> None:
    page.goto(f"{form}/fields/{field}")
    page.fill("#title_vi", words)
    page.get_by_role("button", name="Lưu câu hỏi", exact=True).last.click()
    page.wait_for_url("**/form#field-*")
