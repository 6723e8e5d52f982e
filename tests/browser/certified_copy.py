"""The certified copy of a university degree, as the citizen asks for it: ten pages, three copies, 36.000 đồng."""

from typing import Any

from tests.browser.steps import follow, look, press, upload

NAME = "Chứng thực bản sao từ bản chính"
UNIT = "Ủy ban nhân dân xã An Hòa"


def begin(page: Any, unit: str = UNIT) -> None:
    page.goto("/procedures/chung_thuc_ban_sao")
    look(page)
    follow(page, "Nộp hồ sơ trực tuyến")
    page.select_option("#unit", label=_option(page, unit))
    press(page, "Bắt đầu khai")


def fill_in(page: Any, pages: str = "10", copies: str = "3") -> None:
    page.get_by_label("Bản thân").check()
    press(page, "Lưu và tiếp tục")
    describe(page, pages, copies)
    press(page, "Lưu và tiếp tục")
    page.get_by_label("Tôi chịu trách nhiệm").check()
    press(page, "Lưu và tiếp tục")


def describe(page: Any, pages: str, copies: str) -> None:
    """The first document."""
    page.get_by_label("Tên giấy tờ, văn bản").fill("Bằng tốt nghiệp đại học")
    page.get_by_label("Cơ quan, tổ chức có thẩm quyền của Việt Nam").check()
    page.get_by_label("Tên cơ quan, tổ chức cấp").fill("Đại học Bách khoa Hà Nội")
    page.get_by_label("Xuất trình bản chính").check()
    page.get_by_label("Số trang của bản chính").fill(pages)
    page.get_by_label("Số bản sao").fill(copies)


def sent_by(page: Any) -> str:
    """Sends a whole application; answers the filing number."""
    begin(page)
    fill_in(page)
    upload(page, "Bằng tốt nghiệp.pdf")
    follow(page, "Tiếp tục")
    press(page, "Gửi hồ sơ")
    return str(page.inner_text(".sent-number strong"))


def _option(page: Any, words: str) -> str:
    return str(page.locator("#unit option", has_text=words).inner_text())
