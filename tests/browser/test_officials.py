"""Journey 2: from reception to the result in the applicant's hands, each official with the work of the role."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import certified_copy as copy
from tests.browser.conftest import WITH_SCRIPT, WITHOUT
from tests.browser.house import CITIZEN
from tests.browser.steps import downloaded, follow, look, press, says, tells, upload

Walk = Callable[..., Any]
CODE = "000.12.31.H40-260302-0001"


def open_first(page: Any) -> None:
    """The most urgent work of the inbox."""
    page.goto("/desk")
    look(page)
    page.locator("a.code").first.click()
    look(page)


def accept(page: Any) -> None:
    open_first(page)
    page.get_by_label("In giấy tiếp nhận").check()
    press(page, "Tiếp nhận hồ sơ")
    says(page, "Đã tiếp nhận hồ sơ.")


def take(page: Any) -> None:
    """Takes the most urgent work."""
    open_first(page)
    press(page, "Nhận việc")


def compare(page: Any) -> None:
    """The case officer compares copies and original, and finds them right."""
    page.get_by_label("Kết luận").select_option(label="Bản sao đúng với bản chính, đủ điều kiện chứng thực")
    page.get_by_label("Số chứng thực của giấy tờ đầu tiên").fill("120")
    page.get_by_label("Quyển số").fill("01/2026-SCT/BS")
    page.get_by_label("Trình ký").check()


def test_a_dossier_goes_from_reception_to_the_applicants_hands(
    walk_in: Walk, worker: Callable[[], None]
) -> None:
    citizen = walk_in(CITIZEN)
    copy.sent_by(citizen)

    reception = walk_in("tiep")
    accept(reception)
    expect(reception.locator("h1")).to_have_text(CODE)
    assert downloaded(reception, "Mẫu 01").startswith(b"%PDF")

    officer = walk_in("giai")
    take(officer)
    officer.get_by_label("Yêu cầu bổ sung").check()
    press(officer, "Hoàn thành")
    assert "lý do" in officer.inner_text(".error-summary").lower()
    officer.get_by_text("Nếu yêu cầu bổ sung").click()
    officer.get_by_label("Bản chính giấy tờ").check()
    officer.get_by_label("Lý do, nội dung yêu cầu").fill("Ảnh chụp mờ ở trang 2, xin nộp lại.")
    press(officer, "Hoàn thành")
    tells(officer, "Yêu cầu bổ sung giấy tờ")

    citizen.goto(f"/my/dossiers/{CODE}")
    look(citizen)
    tells(citizen, "Ảnh chụp mờ ở trang 2, xin nộp lại.")
    follow(citizen, "Bổ sung hồ sơ")
    assert downloaded(citizen, "Mẫu 02").startswith(b"%PDF")
    upload(citizen, "Trang 2.pdf")
    press(citizen, "Gửi bổ sung")
    tells(citizen, "Đang xử lý")

    take(officer)
    compare(officer)
    press(officer, "Hoàn thành")

    approver = walk_in("duyet")
    take(approver)
    tells(approver, "01/2026-SCT/BS")
    approver.locator("#outcome").get_by_label("Ký chứng thực").check()
    press(approver, "Hoàn thành")

    cashier = walk_in("thu")
    take(cashier)
    tells(cashier, "36.000 đồng")
    press(cashier, "Hoàn thành")
    tells(cashier, "biên lai số 1/2026/BL")

    open_first(reception)
    press(reception, "Xác nhận đã trả kết quả")
    tells(reception, "Đã trả kết quả")

    worker()
    citizen.goto(f"/my/dossiers/{CODE}")
    look(citizen)
    tells(citizen, "Kết quả đã được trả")
    assert downloaded(citizen, "Lời chứng chứng thực bản sao từ bản chính").startswith(b"%PDF")


def test_reception_enters_a_dossier_for_somebody_without_an_account(walk_in: Walk) -> None:
    page = walk_in("tiep")
    page.goto("/desk/counter")
    look(page)
    press(page, "Nhập hồ sơ")
    page.get_by_label("Bản thân").check()
    page.get_by_label("Họ, chữ đệm và tên").fill("Ngô Văn Bảy")
    page.get_by_label("Số định danh cá nhân").fill("036085001234")
    page.get_by_label("Địa chỉ").fill("Thôn Đông, xã An Hòa")
    page.get_by_label("Số điện thoại").fill("0987654321")
    copy.describe(page, pages="2", copies="2")
    page.get_by_label("Tôi chịu trách nhiệm").check()
    press(page, "Tính tiền, ngày hẹn")
    tells(page, "8.000 đồng")
    page.get_by_label("Bản chính: Bản chính giấy tờ", exact=False).fill("1")
    press(page, "Tiếp nhận")
    says(page, f"Đã tiếp nhận, mã hồ sơ {CODE}.")
    tells(page, "Ngô Văn Bảy")
    tells(page, "1 bản chính")


@WITH_SCRIPT
def test_what_is_missing_goes_back_to_the_applicant_in_one_notice(walk_in: Walk) -> None:
    citizen = walk_in(CITIZEN)
    copy.sent_by(citizen)
    page = walk_in("tiep")
    open_first(page)
    follow(page, "Yêu cầu hoàn thiện")
    press(page, "Gửi phiếu yêu cầu")
    expect(page.locator(".error-summary")).to_have_count(1)
    page.get_by_label("Bản chính giấy tờ").check()
    page.get_by_label("Nội dung cần sửa").fill("Khai lại số trang.")
    press(page, "Gửi phiếu yêu cầu")
    tells(page, "Cần hoàn thiện hồ sơ")
    citizen.goto("/my/dossiers")
    follow(citizen, copy.NAME, exact=False)
    tells(citizen, "Khai lại số trang.")
    follow(citizen, "Hoàn thiện và gửi lại")
    citizen.goto(citizen.url.partition("/papers")[0].partition("/check")[0] + "/check")
    press(citizen, "Gửi hồ sơ")
    expect(citizen.locator(".sent-number")).to_have_count(1)


@WITHOUT
def test_a_refusal_names_its_reason(walk_in: Walk) -> None:
    citizen = walk_in(CITIZEN)
    copy.sent_by(citizen)
    page = walk_in("tiep")
    open_first(page)
    follow(page, "Từ chối")
    press(page, "Từ chối tiếp nhận")
    assert "lý do" in page.inner_text(".error-summary").lower()
    page.get_by_label("Lý do", exact=True).fill("Không thuộc thẩm quyền; xin nộp tại Phòng Tư pháp.")
    press(page, "Từ chối tiếp nhận")
    tells(page, "Không được tiếp nhận")
    citizen.goto("/my/dossiers/N-000.12.31.H40-260302-1")
    tells(citizen, "Không thuộc thẩm quyền")


@WITH_SCRIPT
def test_a_page_left_open_gets_a_sentence_not_an_error(walk_in: Walk) -> None:
    copy.sent_by(walk_in(CITIZEN))
    page = walk_in("tiep")
    open_first(page)
    other = walk_in("tiep")
    accept(other)
    press(page, "Tiếp nhận hồ sơ")
    expect(page.locator("#flash .notice-warning")).to_have_count(1)
    expect(page.locator("h1")).to_have_text(CODE)


@WITHOUT
def test_another_units_dossier_does_not_exist(walk_in: Walk) -> None:
    number = copy.sent_by(walk_in(CITIZEN))
    page = walk_in("khac")
    page.goto("/desk")
    look(page)
    tells(page, "Không có việc nào đang chờ")
    for path in (
        f"/desk/dossiers/{number}",
        "/desk/tasks/1",
        "/documents/1",
        "/letters/1",
        "/my/dossiers/" + number,
    ):
        assert page.request.get(path).status in (403, 404), path
    page.goto(f"/desk/dossiers?q={number}")
    look(page)
    tells(page, "Không có hồ sơ nào khớp")
