"""The certificate of marital status in use: an example, three signatures, a citizen, and the desks."""

from typing import Any

from playwright.sync_api import expect

from tests.browser import marital_status as paper
from tests.browser.steps import PDF, answer, follow, look, press, says, tells, upload
from tests.browser.test_officials import accept, open_first, take

WHO = (("gioi_tinh", "Nữ"), ("dien_mien_le_phi", "Không thuộc diện miễn"))
PERSON = (
    ("full_name", "Trần Thị Lan"),
    ("so_dinh_danh_ca_nhan", "036190012345"),
    ("ngay_sinh", "19/05/1990"),
)
WHAT = (
    ("tinh_trang_hon_nhan", "Đã ly hôn"),
    ("ban_an_quyet_dinh_ly_hon_hoac_giay_chung", "Quyết định 12/2024/QĐST-HNGĐ"),
    ("muc_dich_su_dung_giay", "Kết hôn"),
    ("nguoi_du_dinh_ket_hon", "Nguyễn Văn Minh, sinh năm 1988"),
    ("qua_trinh_cu_tru.0.tu_ngay", "19/05/2008"),
    ("qua_trinh_cu_tru.0.den_ngay", "02/03/2026"),
    ("qua_trinh_cu_tru.0.dia_chi", "Số 12, đường Lê Lợi, xã An Hòa"),
    ("so_ban", "2"),
    ("toi_cam_doan_noi_dung_khai_la_dung_su", ""),
)


def record_example(page: Any, draft: str) -> None:
    """What the law says of one dossier, kept to be run at each check."""
    page.goto(f"{draft}/examples")
    follow(page, "Thử và ghi tình huống", exact=False)
    page.get_by_label("Tên tình huống").fill("Đã ly hôn, hai bản")
    page.get_by_label("Tên tiếng Anh").first.fill("Divorced, two copies")
    for field, words in (*PERSON, *WHO, *WHAT):
        answer(page, field, words)
    press(page, "Tính thử")
    tells(page, "30.000 đồng")
    press(page, "Ghi thành tình huống mẫu")
    says(page, "Đã ghi tình huống mẫu.")
    page.goto(draft)
    expect(page.locator("section[aria-labelledby=findings] .finding")).to_have_count(0)


def submit(page: Any, draft: str) -> None:
    page.goto(f"{draft}/submission")
    page.fill("#basis_number", "Quyết định 21/QĐ-UBND")
    page.fill("#basis_signed_on", "27/02/2026")
    page.set_input_files(
        "#basis_file", files=[{"name": "qd.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.fill("#note", "Thủ tục mới trên hệ thống.")
    press(page, "Trình")
    says(page, "Đã trình. Người kiểm soát thủ tục sẽ xem bản này.")


def decide(page: Any, words: str) -> None:
    """The controller or the publisher sets their hand to it."""
    page.goto("/designer/reviews")
    follow(page, paper.NAME, exact=False)
    press(page, words)


def find_and_file(page: Any) -> None:
    """A citizen searches without accents, fills in and sends."""
    page.goto("/")
    page.fill("#q", "xac nhan tinh trang hon nhan")
    page.get_by_role("button", name="Tìm", exact=True).click()
    follow(page, paper.NAME, exact=False)
    follow(page, "Nộp hồ sơ trực tuyến")
    unit = page.locator("#unit option", has_text="Ủy ban nhân dân xã An Hòa")
    page.select_option("#unit", label=str(unit.inner_text()))
    press(page, "Bắt đầu khai")
    assert page.locator("[name=full_name]").input_value() == "Trần Thị Lan"
    for answers in (WHO, WHAT):
        for field, words in answers:
            answer(page, field, words)
        press(page, "Lưu và tiếp tục")
    upload(page, "Quyết định ly hôn.pdf")
    follow(page, "Tiếp tục")
    tells(page, "30.000 đồng")
    press(page, "Gửi hồ sơ")
    page.locator(".sent-number").wait_for()


def settle(reception: Any, officer: Any, approver: Any, cashier: Any) -> str:
    """From reception to hand-over; answers the code of the dossier."""
    accept(reception)
    code = str(reception.locator("h1").inner_text())
    take(officer)
    answer(officer, "so_giay_xac_nhan", "15/2026/UBND-XNTTHN")
    answer(officer, "noi_dung_xac_nhan", "Đã ly hôn, hiện tại chưa đăng ký kết hôn với ai.")
    officer.get_by_label("Trình ký").check()
    press(officer, "Hoàn thành")
    take(approver)
    approver.locator("#outcome").get_by_label("Ký giấy").check()
    press(approver, "Hoàn thành")
    take(cashier)
    tells(cashier, "30.000 đồng")
    press(cashier, "Hoàn thành")
    open_first(reception)
    press(reception, "Xác nhận đã trả kết quả")
    look(reception)
    return code
