"""The application to register a household business (đăng ký thành lập hộ kinh doanh, 1.001612) as an administrator
builds it from an empty page: Nghị định 168/2025/NĐ-CP, Thông tư 68/2025/TT-BTC."""

from typing import Any

from tests.browser.asking import add_page, ask, inside, on
from tests.browser.hands import moved

OWNER, BUSINESS, TAX, MEMBERS, PLEDGE = (
    ("Chủ hộ kinh doanh", "Owner"),
    ("Hộ kinh doanh", "Household business"),
    ("Đăng ký thuế", "Tax registration"),
    ("Thành viên và ủy quyền", "Members and authorisation"),
    ("Cam kết", "Undertaking"),
)
# The pages as they are first written down; the owner is put before all others later.
PAGES = (BUSINESS, OWNER, TAX, MEMBERS, PLEDGE)
FOUNDED_BY, BY_MEMBERS = "Hộ kinh doanh do ai thành lập", "Các thành viên hộ gia đình"
ELSEWHERE, AUTHORISES = "Nhận thông báo thuế ở địa chỉ khác", "Ủy quyền cho người khác làm thủ tục"
NAME = "Tên hộ kinh doanh"

LINES, TAXED, KIN, DELEGATE = (
    "Ngành, nghề kinh doanh",
    "Thông tin đăng ký thuế",
    "Thành viên hộ gia đình",
    "Người được ủy quyền",
)
ASKED = (
    on(OWNER, "Thông tin về chủ hộ", "About the owner", "applicant"),
    on(
        OWNER,
        FOUNDED_BY,
        "Who founds the household business",
        "choice",
        choices=(("Một cá nhân", "One person"), (BY_MEMBERS, "The members of a household")),
    ),
    on(
        BUSINESS,
        NAME,
        "Name of the household business",
        help=(
            "Bắt đầu bằng «Hộ kinh doanh»; không dùng «công ty», «doanh nghiệp»",
            "It begins with “Hộ kinh doanh”; “công ty” and “doanh nghiệp” are not allowed",
        ),
        most="150",
    ),
    on(BUSINESS, "Địa chỉ trụ sở", "Address", "address", personal="contact"),
    on(BUSINESS, "Điện thoại của hộ kinh doanh", "Phone", "phone", required=False),
    on(BUSINESS, "Thư điện tử của hộ kinh doanh", "E-mail", "email", required=False),
    on(BUSINESS, LINES, "Lines of business", "rows", row=("Ngành, nghề", "Line"), least="1"),
    on(BUSINESS, "Mã ngành cấp bốn", "Code of the class", least="4", most="4"),
    on(BUSINESS, "Tên ngành, nghề", "Name of the line", most="200"),
    on(BUSINESS, "Là ngành, nghề chính", "Main line", "boolean"),
    on(TAX, "Vốn kinh doanh", "Capital", "money", least="1"),
    on(TAX, TAXED, "For the tax office", "group"),
    on(TAX, "Ngày bắt đầu hoạt động", "First day of business", "date"),
    on(TAX, "Tổng số lao động", "Workers", "integer", least="1", most="1000"),
    on(
        TAX,
        "Hình thức kế toán",
        "Accounting",
        "choice",
        choices=(
            ("Chế độ kế toán cho hộ kinh doanh", "Accounting of household businesses"),
            ("Chế độ kế toán doanh nghiệp", "Accounting of companies"),
        ),
    ),
    on(TAX, ELSEWHERE, "Tax notices go elsewhere", "boolean"),
    on(
        TAX,
        "Địa chỉ nhận thông báo thuế",
        "Address for tax notices",
        "address",
        personal="contact",
        when=f"«{ELSEWHERE}» là «Có»",
    ),
    on(
        MEMBERS,
        KIN,
        "Members of the household",
        "rows",
        row=("Thành viên", "Member"),
        least="1",
        when=f"«{FOUNDED_BY}» là «{BY_MEMBERS}»",
    ),
    inside(KIN, "Họ, chữ đệm và tên thành viên", "Full name", most="100", personal="identity"),
    inside(KIN, "Số định danh của thành viên", "Identity number", "identity_number", personal="identity"),
    inside(KIN, "Phần vốn góp", "Share of the capital", "money", least="1"),
    on(MEMBERS, AUTHORISES, "Somebody else is authorised", "boolean"),
    on(MEMBERS, DELEGATE, "Who is authorised", "person", when=f"«{AUTHORISES}» là «Có»"),
    on(MEMBERS, "Văn bản ủy quyền", "Authorisation", "document", when=f"«{AUTHORISES}» là «Có»"),
    on(
        PLEDGE,
        "Tôi cam kết các nội dung kê khai là trung thực, chính xác",
        "I vouch for what is stated here",
        "declaration",
    ),
)
# Taken hold of one after the other: what, the key of the block, what is told then.
INTO = (
    ("Mã ngành cấp bốn", "nganh_nghe_kinh_doanh", f"nay ở «{LINES}», chỗ 1 trên 1"),
    ("Tên ngành, nghề", "nganh_nghe_kinh_doanh", f"nay ở «{LINES}», chỗ 2 trên 2"),
    ("Là ngành, nghề chính", "nganh_nghe_kinh_doanh", f"nay ở «{LINES}», chỗ 3 trên 3"),
    ("Ngày bắt đầu hoạt động", "thong_tin_dang_ky_thue", f"nay ở «{TAXED}», chỗ 1 trên 1"),
    ("Tổng số lao động", "thong_tin_dang_ky_thue", f"nay ở «{TAXED}», chỗ 2 trên 2"),
    ("Hình thức kế toán", "thong_tin_dang_ky_thue", f"nay ở «{TAXED}», chỗ 3 trên 3"),
    # What is read moves first, what is asked by it follows: the condition goes along.
    (ELSEWHERE, "thong_tin_dang_ky_thue", f"nay ở «{TAXED}», chỗ 4 trên 4"),
    ("Địa chỉ nhận thông báo thuế", "thong_tin_dang_ky_thue", f"nay ở «{TAXED}», chỗ 5 trên 5"),
)


def build(hand: Any, form: str) -> None:
    """The whole form, from an empty page."""
    hand.page.goto(form)
    for title, english in PAGES:
        add_page(hand, title, english)
    for asked in ASKED:
        ask(hand, asked)
    hand.page.goto(form)
    hand.page_first(OWNER[0])
    moved(hand.page, "nay là trang 1 trên 5")
    hand.to_page("Vốn kinh doanh", "ho_kinh_doanh")
    moved(hand.page, "nay ở «Hộ kinh doanh»")
    for words, block, told in INTO:
        hand.into(words, block)
        moved(hand.page, told)


def insist(hand: Any) -> None:
    """How the name begins and what it may not contain: written in the form's JSON Schema, behind its title."""
    page = hand.page
    hand.follow("JSON Schema")
    page.wait_for_url("**/form/source")
    page.locator(".cm-content").wait_for()
    hand.enter_text()
    page.keyboard.press("Control+f")
    page.keyboard.type(f'"title": "{NAME}",')
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type('"pattern": "^Hộ kinh doanh .",')
    page.keyboard.press("Enter")
    page.keyboard.type('"not": {"pattern": "[Cc]ông ty|[Dd]oanh nghiệp"},')
    hand.press("Xem thay đổi")
    page.locator("#changes-title").wait_for()
    hand.press("Lưu tờ khai theo văn bản này")
    page.wait_for_url("**/form*")
