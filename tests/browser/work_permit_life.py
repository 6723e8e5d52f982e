"""The work permit in use: an example, three signatures, the amount of the province, an employer, and the desks.

By whichever hand; each person has one of their own.
"""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import work_permit as permit
from tests.browser.house import CITIZEN
from tests.browser.steps import PDF, look, says, tells
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
PLACE = (("province", "01"), ("commune", "00004"))
STREET = "Lô 5, khu công nghiệp Tân Lộc"
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


def publish(author: Any, draft: str, enter: Callable[[str], Any]) -> None:
    """What three people do, and what the province decides."""
    record_example(author, draft)
    submit(author, draft)
    decide(enter("kiemsoat"), "Đồng ý, chuyển người công bố", "Đã đồng ý")
    decide(enter("congbo"), "Công bố", "Đã công bố")
    decide_the_amount(author)


def issue(enter: Callable[[str], Any], worker: Callable[[], None]) -> None:
    """From what the employer sends to the permit in their hands."""
    employer = enter(CITIZEN)
    find_and_file(employer)
    code = settle(enter, employer)
    worker()
    employer.page.goto(f"/my/dossiers/{code}")
    tells(employer.page, "Kết quả đã được trả")
    with employer.page.expect_download() as coming:
        employer.follow("Giấy phép lao động")
    assert coming.value.path().read_bytes().startswith(b"%PDF")


def fill_in_the_job(hand: Any) -> None:
    for field, words in JOB:
        hand.answer(field, words)
    for part, value in PLACE:
        # Communes come when their province is chosen.
        asked = f"[name='noi_lam_viec.{part}']"
        hand.page.locator(f"{asked} option[value='{value}']").wait_for(state="attached")
        hand.pick(asked.replace("'", '"'), value)
    hand.answer("noi_lam_viec.line", STREET)


def record_example(hand: Any, draft: str) -> None:
    """An expert with a degree, and the amount that the province will decide."""
    page = hand.page
    page.goto(f"{draft}/examples")
    hand.follow("Thử và ghi tình huống")
    page.locator("#example-name_vi").wait_for()
    hand.type("#example-name_vi", EXAMPLE[0])
    hand.type("#example-name_en", EXAMPLE[1])
    hand.answer("full_name", "Trần Thị Lan")
    hand.answer("chuc_vu_cua_nguoi_nop", "Giám đốc")
    for field, words in (*EMPLOYER, *WORKER):
        hand.answer(field, words)
    fill_in_the_job(hand)
    for field, words in PAPERS:
        hand.answer(field, words)
    hand.answer("dossier.decided_permit_amount", AMOUNT)
    hand.press("Tính thử")
    tells(page, "600.000 đồng")
    tells(page, "Phải đủ số năm kinh nghiệm")
    hand.press("Ghi thành tình huống mẫu")
    expect(page.locator("main tr", has_text=EXAMPLE[0])).to_contain_text("Đúng")
    look(page)


def submit(hand: Any, draft: str) -> None:
    """Asks for control; letters are tried with every example first."""
    hand.page.goto(f"{draft}/submission")
    look(hand.page)
    hand.type("#basis_number", "Quyết định 31/QĐ-UBND")
    hand.type("#basis_signed_on", "27/02/2026")
    hand.choose_file("#basis_file", name="qd.pdf", mimeType="application/pdf", buffer=PDF)
    hand.type("#note", "Thủ tục mới trên hệ thống.")
    hand.press("Trình")
    says(hand.page, "Đã trình", exact=False)


def decide(hand: Any, words: str, done: str) -> None:
    """The controller or the publisher sets their hand to it."""
    hand.page.goto("/designer/reviews")
    hand.follow(permit.NAME[0])
    hand.page.wait_for_url("**/designer/reviews/*")
    look(hand.page)
    hand.press(words)
    says(hand.page, done, exact=False)


def decide_the_amount(hand: Any) -> None:
    """What the council of the province has resolved; shown before it is recorded."""
    hand.page.goto("/designer/reference/amounts")
    hand.follow("Mức lệ phí cấp giấy phép lao động")
    hand.follow("Ghi mức mới")
    hand.retype("#amount", AMOUNT)
    hand.retype("#since", "01/03/2026")
    hand.retype("#number", "Nghị quyết 12/2026/NQ-HĐND")
    hand.retype("#signed_on", "20/02/2026")
    hand.press("Xem trước")
    hand.press("Ghi mức này")
    says(hand.page, "Đã ghi mức mới", exact=False)


def find_and_file(hand: Any) -> None:
    """The employer's representative searches without accents, fills in and sends."""
    page = hand.page
    page.goto("/")
    hand.type("#q", "giay phep lao dong")
    hand.press("Tìm")
    hand.follow(permit.NAME[0])
    hand.follow("Nộp hồ sơ trực tuyến")
    unit = page.locator("#unit option", has_text=UNIT)
    hand.pick_words("#unit", str(unit.text_content()).strip())
    hand.press("Bắt đầu khai")
    hand.answer("chuc_vu_cua_nguoi_nop", "Giám đốc")
    _turn(hand, permit.EMPLOYER[0])
    for answers, following in ((EMPLOYER, permit.WORKER), (WORKER, permit.JOB)):
        for field, words in answers:
            hand.answer(field, words)
        _turn(hand, following[0])
    fill_in_the_job(hand)
    _turn(hand, permit.PAPERS[0])
    for field, words in PAPERS:
        hand.answer(field, words)
    _turn(hand, "Giấy tờ đính kèm")
    _attach(hand)
    hand.follow("Tiếp tục")
    tells(page, "600.000 đồng")
    hand.press("Gửi hồ sơ")
    page.locator(".sent-number").wait_for()


def _turn(hand: Any, heading: str) -> None:
    """To the page of that heading."""
    hand.press("Lưu và tiếp tục")
    expect(hand.page.locator("h1")).to_contain_text(heading)


def _attach(hand: Any) -> None:
    """What an expert with foreign papers hands in, each in its place."""
    asked = hand.page.locator("input[type=file]")
    expect(asked).to_have_count(PAPERS_ASKED)
    for number in range(PAPERS_ASKED):
        _hand_in(hand, f"#{asked.nth(number).get_attribute('id')}", f"{number}.pdf")


def _hand_in(hand: Any, field: str, name: str) -> None:
    """The button stands behind its field."""
    hand.choose_file(field, name=name, mimeType="application/pdf", buffer=PDF)
    hand.page.keyboard.press("Tab")
    hand.page.keyboard.press("Enter")
    says(hand.page, name, exact=False)


def settle(enter: Callable[[str], Any], employer: Any) -> str:
    """From reception to hand-over, with a supplement on the way; answers the code of the dossier."""
    reception, officer = enter("tiep_tinh"), enter("giai_tinh")
    _open_first(reception)
    reception.press("Tiếp nhận hồ sơ")
    says(reception.page, "Đã tiếp nhận hồ sơ.")
    code = str(reception.page.locator("h1").inner_text())
    _ask_for_more(officer)
    _supply(employer, code)
    _examine(officer)
    police = enter("cong_an")
    _take(police)
    _complete(police, "Đồng ý")
    _take(officer)
    _complete(officer)
    signer, cashier = enter("ky_tinh"), enter("thu_tinh")
    _take(signer)
    _complete(signer, "Ký giấy phép")
    _take(cashier)
    tells(cashier.page, "600.000 đồng")
    _complete(cashier)
    _open_first(reception)
    reception.press("Xác nhận đã trả kết quả")
    tells(reception.page, "Đã trả kết quả")
    return code


def _open_first(hand: Any) -> None:
    """The most urgent work of the inbox."""
    hand.page.goto("/desk")
    hand.follow(str(hand.page.locator("a.code").first.inner_text()))
    look(hand.page)


def _take(hand: Any) -> None:
    _open_first(hand)
    hand.press("Nhận việc")
    hand.page.locator("#task-form").wait_for()
    look(hand.page)


def _complete(hand: Any, outcome: str = "") -> None:
    """With this outcome, or the only one there is."""
    if outcome:
        hand.choose("#outcome", outcome)
    hand.press("Hoàn thành")
    says(hand.page, "Đã hoàn thành", exact=False)


def _ask_for_more(officer: Any) -> None:
    _take(officer)
    officer.choose("#outcome", "Yêu cầu bổ sung")
    officer.unfold("Nếu yêu cầu bổ sung")
    officer.tick_labelled("Phiếu lý lịch tư pháp của người lao động")
    officer.type("#reason", "Phiếu lý lịch tư pháp chưa có bản dịch.")
    _complete(officer)


def _supply(employer: Any, code: str) -> None:
    employer.page.goto(f"/my/dossiers/{code}")
    tells(employer.page, "Phiếu lý lịch tư pháp chưa có bản dịch.")
    employer.follow("Bổ sung hồ sơ")
    employer.page.locator("#file").wait_for()
    _hand_in(employer, "#file", "Bản dịch.pdf")
    employer.press("Gửi bổ sung")
    tells(employer.page, "Đang xử lý")


def _examine(officer: Any) -> None:
    _take(officer)
    officer.answer("so_giay_phep", "0123/2026/GPLĐ")
    officer.answer("kinh_nghiem_da_duoc_xac_minh", "Có")
    officer.answer("y_kien_tham_dinh", "Đủ điều kiện, đã đối chiếu xác nhận kinh nghiệm.")
    _complete(officer, "Đề nghị cấp")
