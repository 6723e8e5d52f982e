"""The certificate of marital status as its announcing decision describes it, made page by page in the designer."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser import rule_text
from tests.browser.marital_texts import HEAD, LAWS, LETTER, RULES
from tests.browser.steps import follow, look, press

NAME = "Cấp Giấy xác nhận tình trạng hôn nhân"
KEY = "xac_nhan_tinh_trang_hon_nhan"
STATUS, PURPOSE = "Tình trạng hôn nhân", "Mục đích sử dụng giấy"


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
    rule_text.write(page, RULES)
    rule_text.lay_out(page)
    rule_text.keep(page)


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
    rule_text.write(page, LETTER)
    press(page, "Lưu văn bản")
