"""The work permit in use: an example, three signatures, the amount of the province, an employer, and the desks."""

from typing import Any

from playwright.sync_api import expect

from tests.browser import work_permit as permit
from tests.browser.steps import PDF, follow, look, press, upload
from tests.browser.test_birth import answer
from tests.browser.test_officials import accept, open_first, take
from tests.browser.work_permit_rules import AMOUNT

EMPLOYER = (
    ("ben_su_dung_lao_dong.name", "Công ty TNHH Cơ khí Thanh Bình"),
    ("ben_su_dung_lao_dong.tax_number", "0100109106"),
    ("ben_su_dung_lao_dong.address", "Lô 5, khu công nghiệp Tân Lộc"),
    ("ben_su_dung_lao_dong.representative", "Trần Thị Lan"),
    ("loai_hinh_nguoi_su_dung_lao_dong", "Doanh nghiệp"),
    (
        "ly_do_can_tuyen_nguoi_nuoc_ngoai",
        "Vận hành dây chuyền nhập khẩu, chưa có người Việt Nam được đào tạo.",
    ),
)
WORKER = (
    ("ho_va_ten_trong_ho_chieu", "TANAKA HIROSHI"),
    ("ngay_sinh", "11/08/1984"),
    ("gioi_tinh", "Nam"),
    ("quoc_tich", "Nhật Bản"),
    ("so_ho_chieu", "TR1234567"),
    ("ho_chieu_co_gia_tri_den_ngay", "30/09/2030"),
)
JOB = (
    ("vi_tri_cong_viec", "Chuyên gia"),
    ("trinh_do_chuyen_mon", "Bằng đại học trở lên hoặc tương đương"),
    ("so_nam_kinh_nghiem_phu_hop", "6"),
    ("chuc_danh_cong_viec", "Chuyên gia tự động hóa"),
    ("hinh_thuc_lam_viec", "Thực hiện hợp đồng lao động"),
    ("muc_luong_moi_thang", "75.000.000"),
    ("lam_viec_tu_ngay", "20/04/2026"),
    ("lam_viec_den_ngay", "19/04/2028"),
)
PLACE = (("province", "01"), ("commune", "00004"), ("line", "Lô 5, khu công nghiệp Tân Lộc"))
PAPERS = (
    ("ngay_cap_giay_kham_suc_khoe", "15/12/2025"),
    ("ngay_cap_phieu_ly_lich_tu_phap", "20/11/2025"),
    ("co_giay_to_do_nuoc_ngoai_cap", "Có"),
    ("hop_phap_hoa_lanh_su_giay_to_nuoc_ngoai", "Đã hợp pháp hóa lãnh sự"),
    ("toi_cam_doan_noi_dung_khai_la_dung_su", ""),
)
PAPERS_ASKED = 7
EXAMPLE = ("Chuyên gia có bằng đại học, 6 năm kinh nghiệm", "Expert with a degree, 6 years of experience")
UNIT = "Sở Nội vụ tỉnh Thanh Bình"


def fill_in_the_job(page: Any) -> None:
    for field, words in JOB:
        answer(page, field, words)
    for part, words in PLACE:
        asked = page.locator(f"[name='noi_lam_viec.{part}']")
        if part == "line":
            asked.fill(words)
        else:
            asked.select_option(words)


def record_example(page: Any, draft: str) -> None:
    """An expert with a degree, and the amount that the province will decide."""
    page.goto(f"{draft}/examples")
    follow(page, "Thử và ghi tình huống", exact=False)
    page.get_by_label("Tên tình huống").fill(EXAMPLE[0])
    page.get_by_label("Tên tiếng Anh").first.fill(EXAMPLE[1])
    answer(page, "full_name", "Trần Thị Lan")
    answer(page, "chuc_vu_cua_nguoi_nop", "Giám đốc")
    for field, words in (*EMPLOYER, *WORKER):
        answer(page, field, words)
    fill_in_the_job(page)
    for field, words in PAPERS:
        answer(page, field, words)
    page.get_by_label("Mức lệ phí cấp giấy phép lao động").fill(AMOUNT)
    press(page, "Tính thử")
    expect(page.locator("main")).to_contain_text("600.000 đồng")
    expect(page.locator("main")).to_contain_text("Phải đủ số năm kinh nghiệm")
    press(page, "Ghi thành tình huống mẫu")
    expect(page.locator("#flash")).to_have_text("Đã ghi tình huống mẫu.")


def submit(page: Any, draft: str) -> None:
    """Asks for control; letters are tried with every example first."""
    page.goto(f"{draft}/submission")
    page.fill("#basis_number", "Quyết định 31/QĐ-UBND")
    page.fill("#basis_signed_on", "27/02/2026")
    page.set_input_files(
        "#basis_file", files=[{"name": "qd.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.fill("#note", "Thủ tục mới trên hệ thống.")
    press(page, "Trình")


def decide(page: Any, words: str) -> None:
    """The controller or the publisher sets their hand to it."""
    page.goto("/designer/reviews")
    follow(page, permit.NAME[0], exact=False)
    press(page, words)


def decide_the_amount(page: Any) -> None:
    """What the council of the province has resolved; shown before it is recorded."""
    page.goto("/designer/reference/amounts")
    follow(page, "Mức lệ phí cấp giấy phép lao động", exact=False)
    follow(page, "Ghi mức mới", exact=False)
    page.fill("#amount", AMOUNT)
    page.fill("#since", "01/03/2026")
    page.fill("#number", "Nghị quyết 12/2026/NQ-HĐND")
    page.fill("#signed_on", "20/02/2026")
    press(page, "Xem trước")
    press(page, "Ghi mức này")
    expect(page.locator("#flash")).to_contain_text("Đã ghi mức mới")


def find_and_file(page: Any) -> None:
    """The employer's representative searches without accents, fills in and sends."""
    page.goto("/")
    page.fill("#q", "giay phep lao dong")
    page.get_by_role("button", name="Tìm", exact=True).click()
    follow(page, permit.NAME[0], exact=False)
    follow(page, "Nộp hồ sơ trực tuyến")
    unit = page.locator("#unit option", has_text=UNIT)
    page.select_option("#unit", label=str(unit.inner_text()))
    press(page, "Bắt đầu khai")
    answer(page, "chuc_vu_cua_nguoi_nop", "Giám đốc")
    press(page, "Lưu và tiếp tục")
    for answers in (EMPLOYER, WORKER):
        for field, words in answers:
            answer(page, field, words)
        press(page, "Lưu và tiếp tục")
    fill_in_the_job(page)
    press(page, "Lưu và tiếp tục")
    for field, words in PAPERS:
        answer(page, field, words)
    press(page, "Lưu và tiếp tục")
    _attach(page)
    follow(page, "Tiếp tục")
    expect(page.locator("main")).to_contain_text("600.000 đồng")
    press(page, "Gửi hồ sơ")
    page.locator(".sent-number").wait_for()


def _attach(page: Any) -> None:
    """What an expert with foreign papers hands in, each in its place."""
    asked = page.locator("input[type=file]")
    expect(asked).to_have_count(PAPERS_ASKED)
    for number in range(PAPERS_ASKED):
        file = {"name": f"{number}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        asked.nth(number).set_input_files(files=[file])
        page.get_by_role("button", name="Đính kèm").nth(number).click()
        page.locator("#flash", has_text=f"{number}.pdf").wait_for()


def settle(enter: Any, employer: Any) -> str:
    """From reception to hand-over, with a supplement on the way; answers the code of the dossier."""
    reception, officer = enter("tiep_tinh"), enter("giai_tinh")
    accept(reception)
    code = str(reception.locator("h1").inner_text())
    take(officer)
    officer.locator("#outcome").get_by_label("Yêu cầu bổ sung").check()
    officer.get_by_text("Nếu yêu cầu bổ sung").click()
    officer.get_by_label("Phiếu lý lịch tư pháp của người lao động").check()
    officer.get_by_label("Lý do, nội dung yêu cầu").fill("Phiếu lý lịch tư pháp chưa có bản dịch.")
    press(officer, "Hoàn thành")
    _supply(employer, code)
    take(officer)
    answer(officer, "so_giay_phep", "0123/2026/GPLĐ")
    answer(officer, "kinh_nghiem_da_duoc_xac_minh", "Có")
    answer(officer, "y_kien_tham_dinh", "Đủ điều kiện, đã đối chiếu xác nhận kinh nghiệm.")
    officer.locator("#outcome").get_by_label("Đề nghị cấp").check()
    press(officer, "Hoàn thành")
    _hear_both(officer, enter("cong_an"))
    signer = enter("ky_tinh")
    take(signer)
    signer.locator("#outcome").get_by_label("Ký giấy phép").check()
    press(signer, "Hoàn thành")
    cashier = enter("thu_tinh")
    take(cashier)
    expect(cashier.locator("main")).to_contain_text("600.000 đồng")
    press(cashier, "Hoàn thành")
    open_first(reception)
    press(reception, "Xác nhận đã trả kết quả")
    look(reception)
    return code


def _supply(page: Any, code: str) -> None:
    page.goto(f"/my/dossiers/{code}")
    expect(page.locator("main")).to_contain_text("Phiếu lý lịch tư pháp chưa có bản dịch.")
    follow(page, "Bổ sung hồ sơ")
    upload(page, "Bản dịch.pdf")
    press(page, "Gửi bổ sung")


def _hear_both(officer: Any, police: Any) -> None:
    """The two things at once: neither waits for the other."""
    take(police)
    police.locator("#outcome").get_by_label("Đồng ý", exact=True).check()
    press(police, "Hoàn thành")
    take(officer)
    press(officer, "Hoàn thành")
