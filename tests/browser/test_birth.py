"""The longest form of the catalogue: a birth within sixty days, registered for free on the same day."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import WITHOUT
from tests.browser.house import CITIZEN
from tests.browser.steps import PDF, answer, follow, look, press, told

Walk = Callable[..., Any]

# Page by page: field, answer. What is asked only in some cases comes after the answer that opens it.
BIRTH = (
    (
        ("applicant.relation", "Mẹ"),
        ("applicant.group", "Không thuộc đối tượng được miễn"),
        ("applicant.digital_citizen", "Không"),
    ),
    (
        ("child.full_name", "Nguyễn Minh An"),
        ("child.born_on", "20/02/2026"),
        ("child.sex", "Nữ"),
        ("child.ethnic_group", "Kinh"),
        ("child.nationality", "Việt Nam"),
        ("child.birthplace", "Bệnh viện đa khoa tỉnh Thanh Bình"),
        ("child.home_place", "Xã An Hòa, tỉnh Thanh Bình"),
        ("child.by_surrogacy", "Không"),
    ),
    (("birth.electronic_note", "Không"),),
    (
        ("mother.full_name", "Trần Thị Lan"),
        ("mother.birth_year", "1990"),
        ("mother.ethnic_group", "Kinh"),
        ("mother.nationality", "Việt Nam"),
        ("mother.residence", "Số 12, đường Lê Lợi, xã An Hòa"),
    ),
    (
        ("father.full_name", "Nguyễn Văn Minh"),
        ("father.birth_year", "1988"),
        ("father.ethnic_group", "Kinh"),
        ("father.nationality", "Việt Nam"),
        ("father.residence", "Số 12, đường Lê Lợi, xã An Hòa"),
    ),
    (
        ("marriage.registered", "Có"),
        ("marriage.number", "25/2019"),
        ("marriage.issued_on", "10/06/2019"),
        ("marriage.office", "Ủy ban nhân dân xã An Hòa"),
    ),
    (
        ("request.copies", "2"),
        ("request.result_channel", "Qua dịch vụ bưu chính"),
        ("request.delivery_address", "Số 12, đường Lê Lợi, xã An Hòa"),
        ("request.undertaking", ""),
    ),
)


def test_a_birth_is_registered_from_the_portal(walk_in: Walk) -> None:
    page = walk_in(CITIZEN)
    page.goto("/procedures/dang_ky_khai_sinh/applications")
    look(page)
    page.get_by_label("Khai sinh thông thường").check()
    page.select_option("#unit", index=1)
    press(page, "Bắt đầu khai")
    for answers in BIRTH:
        for field, words in answers:
            answer(page, field, words)
        press(page, "Lưu và tiếp tục")
    expect(page.locator("h1")).to_have_text("Giấy tờ đính kèm")
    content = told(page)
    assert "Nộp một trong các giấy tờ sau" in content
    assert "mang thai hộ" not in content
    for number in range(page.locator("input[type=file]").count()):
        file = {"name": f"{number}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        page.locator("input[type=file]").nth(number).set_input_files(files=[file])
        page.get_by_role("button", name="Đính kèm").nth(number).click()
        page.locator("#flash", has_text=f"{number}.pdf").wait_for()
    follow(page, "Tiếp tục")
    page.wait_for_url("**/check")
    content = told(page)
    assert "Lệ phí đăng ký khai sinh" in content
    assert "Ngày hẹn trả kết quả 02/03/2026" in content
    press(page, "Gửi hồ sơ")
    expect(page.locator(".sent-number")).to_have_count(1)


@WITHOUT
def test_what_the_law_forbids_is_said_before_sending(walk_in: Walk) -> None:
    """A birth of tomorrow: the condition of the case type fails, in the sentence of the rule."""
    page = walk_in(CITIZEN)
    page.goto("/procedures/dang_ky_khai_sinh/applications")
    page.get_by_label("Khai sinh thông thường").check()
    page.select_option("#unit", index=1)
    press(page, "Bắt đầu khai")
    for answers in BIRTH:
        for field, words in answers:
            answer(page, field, "03/03/2026" if field == "child.born_on" else words)
        press(page, "Lưu và tiếp tục")
    follow(page, "Tiếp tục")
    press(page, "Gửi hồ sơ")
    assert "Ngày sinh của trẻ không được sau ngày tiếp nhận hồ sơ" in page.inner_text(".error-summary")
