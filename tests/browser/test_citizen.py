"""Journey 1: a citizen finds the procedure, knows what it takes, fills in, sees amount and date, and sends."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import certified_copy as copy
from tests.browser.conftest import WITH_SCRIPT, WITHOUT
from tests.browser.house import CITIZEN
from tests.browser.steps import PDF, downloaded, follow, look, press, says, tells, told, upload

Walk = Callable[..., Any]


def test_a_procedure_is_found_without_accents_and_tells_what_it_takes(walk_in: Walk) -> None:
    page = walk_in()
    look(page)
    page.fill("#q", "chung thuc ban sao")
    page.get_by_role("button", name="Tìm", exact=True).click()
    look(page)
    follow(page, copy.NAME, exact=False)
    content = told(page)
    for words in (
        "2.000815",
        "Giấy tờ phải nộp",
        "Thông tư 226/2016/TT-BTC, Điều 4",
        "sau 15 giờ",
        "Ký chứng thực",
    ):
        assert words in content, words
    page.goto("/procedures?q=zzzz")
    look(page)
    tells(page, "Không có thủ tục nào khớp với «zzzz»")


@WITH_SCRIPT
def test_the_list_follows_what_is_typed(walk_in: Walk) -> None:
    page = walk_in()
    page.goto("/procedures")
    page.locator("#q").press_sequentially("chung thuc")
    expect(page.locator("#procedures .listing > li")).to_have_count(1)
    assert "Chứng thực bản sao" in page.inner_text("#procedures")
    assert page.url.endswith("/procedures?q=chung+thuc")
    assert page.evaluate("document.activeElement.id") == "q"


def test_a_citizen_applies_and_gets_a_filing_number_with_a_confirmation(walk_in: Walk) -> None:
    page = walk_in(CITIZEN)
    copy.begin(page)
    assert page.get_by_label("Họ, chữ đệm và tên").input_value() == "Trần Thị Lan"
    copy.fill_in(page)
    upload(page, "Bằng tốt nghiệp.pdf")
    follow(page, "Tiếp tục")
    content = told(page)
    assert "36.000 đồng" in content
    assert "Ngày hẹn trả kết quả 02/03/2026" in content
    page.get_by_text("Cách tính và căn cứ").click()
    tells(page, "Thông tư 226/2016/TT-BTC")
    press(page, "Gửi hồ sơ")
    assert page.inner_text(".sent-number strong") == "N-000.12.31.H40-260302-1"
    assert downloaded(page, "Xác nhận nộp hồ sơ").startswith(b"%PDF")
    follow(page, "Xem hồ sơ")
    tells(page, "Mới đăng ký")


@WITHOUT
def test_sending_twice_gives_one_filing_number(walk_in: Walk) -> None:
    page = walk_in(CITIZEN)
    number = copy.sent_by(page)
    sent = page.url
    page.goto(sent.replace("/filing", "/check"))
    assert page.url == sent
    assert page.inner_text(".sent-number strong") == number
    page.goto("/my/dossiers")
    look(page)
    expect(page.locator(".listing > li")).to_have_count(1)


def test_mistakes_stand_beside_their_field_and_nothing_typed_is_lost(walk_in: Walk) -> None:
    page = walk_in(CITIZEN)
    copy.begin(page)
    page.get_by_label("Bản thân").check()
    press(page, "Lưu và tiếp tục")
    copy.describe(page, pages="mười", copies="3")
    press(page, "Lưu và tiếp tục")
    assert page.get_by_label("Số trang của bản chính").input_value() == "mười"
    assert page.get_by_label("Tên giấy tờ, văn bản").input_value() == "Bằng tốt nghiệp đại học"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "documents.0.pages"
    page.get_by_label("Số trang của bản chính").fill("10")
    press(page, "Lưu và tiếp tục")
    expect(page.locator("h1")).to_have_text("Cam đoan")


def test_rows_come_and_go_and_keep_what_was_typed(walk_in: Walk) -> None:
    page = walk_in(CITIZEN)
    copy.begin(page)
    page.get_by_label("Bản thân").check()
    press(page, "Lưu và tiếp tục")
    copy.describe(page, pages="10", copies="3")
    press(page, "Thêm giấy tờ")
    page.locator("[name='documents.1.name']").fill("Giấy khai sinh")
    look(page)
    press(page, "Xóa Giấy tờ 1")
    expect(page.locator(".row-block")).to_have_count(1)
    assert page.locator("[name='documents.0.name']").input_value() == "Giấy khai sinh"


@WITHOUT
def test_an_application_left_off_goes_on_where_it_stopped(walk_in: Walk) -> None:
    page = walk_in(CITIZEN)
    copy.begin(page)
    page.get_by_label("Bản thân").check()
    press(page, "Lưu, khai tiếp sau")
    says(page, "Đã lưu. Có thể khai tiếp đến hết ngày 01/04/2026.")
    follow(page, copy.NAME, exact=False)
    expect(page.locator("h1")).to_have_text("Giấy tờ, văn bản cần chứng thực")
    page.get_by_label("Số bản sao").fill("ba")
    press(page, "Lưu, khai tiếp sau")
    assert page.get_by_label("Số bản sao").input_value() == "ba"
    expect(page.locator(".error-summary")).to_have_count(1)
    page.goto("/my/dossiers")
    page.get_by_text("Bỏ hồ sơ này").click()
    press(page, "Xóa hẳn")
    tells(page, "Bạn chưa gửi hồ sơ nào")


@WITH_SCRIPT
def test_a_file_is_what_it_holds_not_what_it_is_called(walk_in: Walk) -> None:
    page = walk_in(CITIZEN)
    copy.begin(page)
    copy.fill_in(page)
    upload(page, "bằng.pdf", b"MZ this is a program")
    tells(page, "không phải là PDF, JPEG hay PNG")
    upload(page, "bằng.pdf", PDF)
    says(page, "Đã đính kèm «bằng.pdf».")
    assert downloaded(page, "bằng.pdf") == PDF
    page.get_by_role("button", name="Bỏ tệp").click()
    says(page, "Đã bỏ tệp «bằng.pdf».")


@WITHOUT
def test_what_is_missing_is_said_with_the_way_to_it(walk_in: Walk) -> None:
    page = walk_in(CITIZEN)
    copy.begin(page)
    follow(page, "Kiểm tra và gửi", exact=False)
    press(page, "Gửi hồ sơ")
    page.locator(".error-summary a").first.click()
    assert page.url.endswith("/pages/requester#f-applicant-on_behalf_of")
