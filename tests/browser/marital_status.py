"""The certificate of marital status as its announcing decision describes it, made page by page in the designer."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.steps import follow, look, press

NAME = "Cấp Giấy xác nhận tình trạng hôn nhân"
KEY = "xac_nhan_tinh_trang_hon_nhan"
STATUS, PURPOSE = "Tình trạng hôn nhân", "Mục đích sử dụng giấy"
LAWS = (
    ("Luật Hộ tịch 60/2014/QH13", "20/11/2014", "Luật Hộ tịch", "Law on Civil Status"),
    (
        "Nghị định 123/2015/NĐ-CP",
        "15/11/2015",
        "Quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch",
        "Detailing the Law on Civil Status",
    ),
)
HEAD = {
    "code": "1.004873",
    "announced_by": "163/QĐ-BTP",
    "domain_vi": "Hộ tịch",
    "domain_en": "Civil status",
    "summary_vi": "Người yêu cầu khai tình trạng hôn nhân; xã tra sổ hộ tịch, cấp giấy sau 3 ngày làm việc.",
    "summary_en": "You state your marital status; the commune checks the registers and certifies it in 3 days.",
    "results-0-vi": "Giấy xác nhận tình trạng hôn nhân",
    "results-0-en": "Certificate of marital status",
    "results-0-code": "KQ.G15.000038",
}
RULES = """ngôn_ngữ vi

lệ_phí certificate "Lệ phí cấp Giấy xác nhận tình trạng hôn nhân"
  tiếng_anh "Fee for the certificate of marital status"
  căn_cứ "Thông tư 85/2019/TT-BTC, Điều 3", "Nghị quyết 12/2026/NQ-HĐND"
  miễn căn_cứ "Luật Hộ tịch 60/2014/QH13, Điều 11 khoản 1 điểm a" khi dien_mien_le_phi khác khong_thuoc_dien_mien
  còn_lại thu 15_000 VND
  nhân so_ban

thời_hạn settlement "Thời hạn cấp Giấy xác nhận tình trạng hôn nhân"
  tiếng_anh "Term for the certificate of marital status"
  căn_cứ "Nghị định 123/2015/NĐ-CP, Điều 22 khoản 3"
  3 ngày_làm_việc
  tính_lại_khi yêu_cầu_bổ_sung

thành_phần end_of_marriage "Giấy tờ chứng minh đã ly hôn hoặc vợ, chồng đã chết"
  tiếng_anh "Proof of divorce or of the spouse's death"
  căn_cứ "Nghị định 123/2015/NĐ-CP, Điều 22 khoản 2"
  1 bản_chụp
  khi tinh_trang_hon_nhan thuộc {da_ly_hon, vo_hoac_chong_da_chet}

điều_kiện marriageable "Dùng để kết hôn thì nam phải từ đủ 20 tuổi, nữ từ đủ 18 tuổi"
  tiếng_anh "To marry, a man must be 20 and a woman 18 years old"
  căn_cứ "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 8 khoản 1"
  yêu_cầu muc_dich_su_dung_giay khác ket_hon
    hoặc tuổi(ngay_sinh, dossier.received_on) >= 20
    hoặc (gioi_tinh là nu và tuổi(ngay_sinh, dossier.received_on) >= 18)

lựa_chọn payment "Có lệ phí phải nộp hay không"
  tiếng_anh "Whether a fee is due"
  due khi certificate > 0 VND
  còn_lại nothing
"""
LETTER = """#let d = json(bytes(sys.inputs.data))
#set document(title: "Giấy xác nhận tình trạng hôn nhân", author: d.agency.name)
#set page(paper: "a4", margin: 25mm)
#set text(font: "Libertinus Serif", size: 13pt, lang: "vi", fallback: false)

#align(center)[#strong(upper(d.agency.name))]
#align(right)[#emph[#d.place, #d.dated]]
#align(center, heading(level: 1)[GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN])
#align(center)[Số: #d.answers.so_giay_xac_nhan]

Xác nhận: #strong(d.answers.full_name) \\
Số định danh cá nhân: #d.answers.so_dinh_danh_ca_nhan

Tình trạng hôn nhân: #strong(d.answers.noi_dung_xac_nhan)

Giấy này có giá trị sử dụng trong thời hạn 6 tháng kể từ ngày cấp.

#align(right)[#strong[NGƯỜI KÝ] #v(20mm) #strong(d.official)]
"""


def begin(page: Any) -> str:
    """An empty draft; answers its address."""
    page.goto("/designer/drafts")
    look(page)
    follow(page, "Soạn thủ tục mới")
    page.get_by_label("Tên thủ tục").fill(NAME)
    page.get_by_label("Tên tiếng Anh").fill("Certificate of marital status")
    page.get_by_label("Khóa").fill(KEY)
    press(page, "Bắt đầu soạn")
    return str(page.url).partition("?")[0].removesuffix("/steps")


def say_what_it_is(page: Any, draft: str) -> None:
    """The head of the procedure."""
    page.goto(f"{draft}/head")
    for box, words in HEAD.items():
        page.fill(f"#{box}", words)
    page.get_by_label("Cấp xã").check()
    page.get_by_label("Công dân Việt Nam").check()
    page.get_by_label("Người Việt Nam định cư ở nước ngoài").check()
    for place, (number, signed_on, title, english) in enumerate(LAWS):
        page.fill(f"#legal_basis-{place}-number", number)
        page.fill(f"#legal_basis-{place}-signed_on", signed_on)
        page.fill(f"#legal_basis-{place}-vi", title)
        page.fill(f"#legal_basis-{place}-en", english)
    press(page, "Lưu thông tin chung")


def ask_everything(page: Any, draft: str) -> None:
    """The form: who, the status, and the officer's page."""
    ask(
        page,
        draft,
        "Người yêu cầu",
        "Số định danh cá nhân",
        "Personal identification number",
        "identity_number",
        prefill="profile.identity_number",
        personal="identity",
    )
    ask(
        page,
        draft,
        "Người yêu cầu",
        "Ngày sinh",
        "Date of birth",
        "date",
        prefill="profile.born_on",
        personal="identity",
    )
    ask(
        page,
        draft,
        "Người yêu cầu",
        "Giới tính",
        "Sex",
        "choice",
        ("Nam", "Male"),
        ("Nữ", "Female"),
        personal="identity",
    )
    ask(
        page,
        draft,
        "Người yêu cầu",
        "Diện miễn lệ phí",
        "Exemption",
        "choice",
        ("Không thuộc diện miễn", "None"),
        ("Người có công với cách mạng", "Merit"),
        ("Hộ nghèo", "Poor household"),
        ("Người khuyết tật", "Disabled"),
    )
    add_page(page, draft, "Nội dung xác nhận", "What is certified")
    ask(
        page,
        draft,
        "Nội dung xác nhận",
        STATUS,
        "Marital status",
        "choice",
        ("Chưa kết hôn", "Single"),
        ("Đã ly hôn", "Divorced"),
        ("Vợ hoặc chồng đã chết", "Widowed"),
        personal="sensitive",
    )
    ask(
        page,
        draft,
        "Nội dung xác nhận",
        "Bản án, quyết định ly hôn hoặc giấy chứng tử",
        "Judgment or death certificate",
        "text",
        when=(f"«{STATUS}» là «Đã ly hôn»", f"«{STATUS}» là «Vợ hoặc chồng đã chết»"),
    )
    ask(
        page,
        draft,
        "Nội dung xác nhận",
        PURPOSE,
        "Purpose",
        "choice",
        ("Kết hôn", "Marriage"),
        ("Mục đích khác", "Other"),
    )
    ask(
        page,
        draft,
        "Nội dung xác nhận",
        "Người dự định kết hôn",
        "Intended spouse",
        "text",
        when=(f"«{PURPOSE}» là «Kết hôn»",),
        personal="identity",
    )
    ask(
        page,
        draft,
        "Nội dung xác nhận",
        "Quá trình cư trú",
        "Places of residence",
        "rows",
        row=("Nơi cư trú", "Residence"),
        least="1",
    )
    for title, english, kind in (
        ("Từ ngày", "From", "date"),
        ("Đến ngày", "To", "date"),
        ("Địa chỉ", "Address", "text"),
    ):
        ask(
            page,
            draft,
            "Quá trình cư trú",
            title,
            english,
            kind,
            personal="contact" if kind == "text" else "",
        )
    ask(page, draft, "Nội dung xác nhận", "Số bản", "Copies", "integer", least="1", most="20")
    ask(
        page,
        draft,
        "Nội dung xác nhận",
        "Tôi cam đoan nội dung khai là đúng sự thật",
        "I declare that this is true",
        "declaration",
    )
    add_page(page, draft, "Kết quả tra sổ hộ tịch", "Registers")
    ask(page, draft, "Kết quả tra sổ hộ tịch", "Số giấy xác nhận", "Number of the certificate", "text")
    ask(page, draft, "Kết quả tra sổ hộ tịch", "Nội dung xác nhận", "What the paper says", "long_text")


def add_page(page: Any, draft: str, title: str, english: str) -> None:
    page.goto(f"{draft}/form")
    follow(page, "Thêm trang")
    page.get_by_label("Tên trang").fill(title)
    page.get_by_label("Tên tiếng Anh").fill(english)
    press(page, "Lưu trang")


def ask(
    page: Any,
    draft: str,
    within: str,
    title: str,
    english: str,
    kind: str,
    *answers: tuple[str, str],
    when: tuple[str, ...] = (),
    row: tuple[str, str] = ("", ""),
    **boxes: str,
) -> None:
    """Adds a question to a page or a block."""
    page.goto(f"{draft}/form")
    page.get_by_role("link", name=re.compile(f"Thêm câu hỏi (vào trang|trong) «{within}»")).click()
    page.select_option("#kind", kind)
    press(page, "Đổi loại")
    page.fill("#title_vi", title)
    page.fill("#title_en", english)
    page.get_by_label("Bắt buộc trả lời").check()
    write_rows(page, answers)
    for name, text in zip(("row_vi", "row_en"), row, strict=True):
        if text:
            page.fill(f"#{name}", text)
    for name, text in boxes.items():
        if name in ("prefill", "personal"):
            page.select_option(f"#{name}", text)
        else:
            page.fill(f"#{name}", text)
    for place, words in enumerate(when):
        if place:
            press(page, "Thêm điều kiện")
        page.select_option(f"#cases-{place}-case", label=words)
    press(page, "Lưu câu hỏi")
    expect(page.locator("#flash")).to_have_text("Đã thêm câu hỏi.")


def write_rows(page: Any, answers: tuple[tuple[str, str], ...]) -> None:
    """The answers offered."""
    for place, (vietnamese, english) in enumerate(answers):
        if not page.locator(f"#choices-{place}-vi").count():
            press(page, "Thêm dòng trống")
        page.fill(f"#choices-{place}-vi", vietnamese)
        page.fill(f"#choices-{place}-en", english)


def write_rules(page: Any, draft: str) -> None:
    page.goto(f"{draft}/rules")
    page.fill("#content", RULES)
    press(page, "Trình bày lại")
    press(page, "Lưu quy tắc")


def choose_rules(page: Any, draft: str) -> None:
    """Which of the rules the one case type has."""
    page.goto(f"{draft}/head")
    follow(page, "Trường hợp chung")
    page.get_by_label("Thời hạn").select_option(label="Thời hạn cấp Giấy xác nhận tình trạng hôn nhân")
    for words in ("Lệ phí cấp Giấy", "Giấy tờ chứng minh đã ly hôn", "Dùng để kết hôn"):
        page.get_by_label(words).check()
    press(page, "Lưu trường hợp")


def write_letter(page: Any, draft: str) -> None:
    page.goto(f"{draft}/letters")
    follow(page, "Thêm văn bản")
    page.get_by_label("Tên văn bản").fill("Giấy xác nhận tình trạng hôn nhân")
    page.get_by_label("Tên tiếng Anh").fill("Certificate of marital status")
    page.get_by_label("In khi hồ sơ kết thúc bằng").select_option(label="Giải quyết, trả kết quả")
    page.get_by_label("Mã nguồn").fill(LETTER)
    press(page, "Lưu văn bản")
