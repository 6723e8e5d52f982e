"""The permit for a foreigner to work in Việt Nam (cấp giấy phép lao động): what it is, and what its form asks.

Nghị định 219/2025/NĐ-CP. Its articles and form 03 were not at hand: numbers of articles are left out, and what is
written here from memory is marked [M] where it stands.
"""

import re
from typing import Any

from procedure_library.bpmn import Steps, read_steps
from procedure_library.definition import Step
from tests.browser import work_permit_letters as letters
from tests.browser import work_permit_rules as rules
from tests.browser.asking import Asked, add_page, ask, on
from tests.browser.steps import says

Graph = tuple[dict[str, Step], set[tuple[str | bool | None, ...]]]
KEY = "cap_giay_phep_lao_dong"
NAME = ("Cấp giấy phép lao động cho người lao động nước ngoài", "Work permit for a foreign worker")
# The national code and the code of the result are [M].
HEAD = {
    "code": "1.014188",
    "announced_by": "1034/QĐ-BNV",
    "domain_vi": "Việc làm",
    "domain_en": "Employment",
    "summary_vi": "Người sử dụng lao động nộp hồ sơ trước ngày dự kiến làm việc từ 10 đến 60 ngày; giấy phép có sau 10 "
    "ngày làm việc.",
    "summary_en": "The employer files 10 to 60 days before the work begins and gets the permit in 10 working days.",
    "results-0-vi": "Giấy phép lao động",
    "results-0-en": "Work permit",
    "results-0-code": "KQ.G13.000091",
}
# What is ticked and unticked, in the order of the page.
TICKS = (
    "[name=levels][value=province]",
    "[name=levels][value=commune]",
    "[name=channels][value=post]",
    "[name=applicants][value=citizen]",
    "[name=applicants][value=organisation]",
    "[name=applicants][value=enterprise]",
)
LAWS = (
    ("Bộ luật Lao động 45/2019/QH14", "20/11/2019", "Bộ luật Lao động", "Labour Code"),
    (
        rules.DECREE,
        "07/08/2025",
        "Quy định về người lao động nước ngoài làm việc tại Việt Nam",
        "On foreign workers in Việt Nam",
    ),
)
FILER, EMPLOYER, WORKER, JOB, PAPERS, EXAMINED = (
    ("Người yêu cầu", "Applicant"),
    ("Người sử dụng lao động", "Employer"),
    ("Người lao động nước ngoài", "Foreign worker"),
    ("Vị trí việc làm", "Position"),
    ("Giấy tờ và cam đoan", "Papers and declaration"),
    ("Kết quả thẩm định", "Examination"),
)
PAGES = (EMPLOYER, WORKER, JOB, PAPERS, EXAMINED)
POSITION, FOREIGN_PAPERS = "Vị trí công việc", "Có giấy tờ do nước ngoài cấp"
EXPERT, TECHNICAL = "Chuyên gia", "Lao động kỹ thuật"
POSITIONS = (
    ("Nhà quản lý", "Manager"),
    ("Giám đốc điều hành", "Executive director"),
    (EXPERT, "Expert"),
    (TECHNICAL, "Technical worker"),
)
TRAINING = (
    ("Bằng đại học trở lên hoặc tương đương", "University degree or equivalent"),
    ("Được đào tạo nghề từ 01 năm trở lên", "Trained for a year or longer"),
    ("Chưa qua đào tạo", "No training"),
)
ASKED: tuple[Asked, ...] = (
    on(FILER, "Chức vụ của người nộp", "Office of the filer", most="100"),
    on(EMPLOYER, "Bên sử dụng lao động", "The employer", "organisation"),
    on(
        EMPLOYER,
        "Loại hình người sử dụng lao động",
        "Kind of employer",
        "choice",
        choices=(
            ("Doanh nghiệp", "Enterprise"),
            ("Cơ quan, tổ chức", "Organisation"),
            ("Nhà thầu", "Contractor"),
        ),
    ),
    on(
        EMPLOYER,
        "Lý do cần tuyển người nước ngoài",
        "Why a foreigner is needed",
        "long_text",
        help=(
            "Vì sao chưa tuyển được người Việt Nam cho vị trí này",
            "Why no Vietnamese could be found for the position",
        ),
        most="1000",
    ),
    on(WORKER, "Họ và tên trong hộ chiếu", "Name as in the passport", most="100", personal="identity"),
    on(WORKER, "Ngày sinh", "Date of birth", "date", personal="identity"),
    on(
        WORKER,
        "Giới tính",
        "Sex",
        "choice",
        choices=(("Nam", "Male"), ("Nữ", "Female")),
        personal="identity",
    ),
    on(WORKER, "Quốc tịch", "Nationality", "nationality", personal="identity"),
    on(WORKER, "Số hộ chiếu", "Passport number", most="20", personal="identity"),
    on(WORKER, "Hộ chiếu có giá trị đến ngày", "Passport valid until", "date", personal="identity"),
    on(JOB, POSITION, "Position", "choice", choices=POSITIONS),
    on(JOB, "Trình độ chuyên môn", "Training", "choice", choices=TRAINING),
    on(JOB, "Số năm kinh nghiệm phù hợp", "Years of fitting experience", "integer", least="0", most="60"),
    on(JOB, "Chức danh công việc", "Title of the post", most="150"),
    on(
        JOB,
        "Hình thức làm việc",
        "Form of work",
        "choice",
        choices=(
            ("Thực hiện hợp đồng lao động", "Labour contract"),
            ("Di chuyển trong nội bộ doanh nghiệp", "Transfer within the enterprise"),
            ("Thực hiện hợp đồng, thỏa thuận", "Contract or agreement"),
            ("Chào bán dịch vụ", "Offering services"),
        ),
    ),
    on(JOB, "Nơi làm việc", "Place of work", "address"),
    on(JOB, "Mức lương mỗi tháng", "Monthly salary", "money", least="1"),
    on(JOB, "Làm việc từ ngày", "Works from", "date"),
    on(JOB, "Làm việc đến ngày", "Works until", "date"),
    on(PAPERS, "Ngày cấp giấy khám sức khỏe", "Health certificate issued on", "date", personal="sensitive"),
    on(PAPERS, "Ngày cấp phiếu lý lịch tư pháp", "Judicial record issued on", "date", personal="sensitive"),
    on(PAPERS, FOREIGN_PAPERS, "Some papers are foreign", "boolean"),
    on(
        PAPERS,
        "Hợp pháp hóa lãnh sự giấy tờ nước ngoài",
        "Legalisation of the foreign papers",
        "choice",
        choices=(
            ("Đã hợp pháp hóa lãnh sự", "Legalised"),
            ("Được miễn theo điều ước quốc tế", "Exempt by treaty"),
        ),
        when=f"«{FOREIGN_PAPERS}» là «Có»",
    ),
    on(PAPERS, "Tôi cam đoan nội dung khai là đúng sự thật", "I declare that this is true", "declaration"),
    on(EXAMINED, "Số giấy phép", "Number of the permit", most="60"),
    on(EXAMINED, "Kinh nghiệm đã được xác minh", "Experience verified", "boolean"),
    on(EXAMINED, "Ý kiến thẩm định", "What the examination says", "long_text", most="1000"),
)


def describe(hand: Any) -> str:
    """All but the steps: two faults in the rules, one in a letter; answers the address of the draft."""
    draft = begin(hand)
    say_what_it_is(hand, draft)
    ask_everything(hand, draft)
    write_rules(hand, draft)
    write_letters(hand, draft)
    return draft


def begin(hand: Any) -> str:
    """An empty draft; answers its address."""
    page = hand.page
    page.goto("/designer/drafts")
    hand.follow("Soạn thủ tục mới")
    page.wait_for_url("**/new")
    hand.type("#name_vi", NAME[0])
    hand.type("#name_en", NAME[1])
    hand.type("#key", KEY)
    hand.press("Bắt đầu soạn")
    page.wait_for_url(re.compile(r"/drafts/[0-9]+$"))
    return str(page.url)


def say_what_it_is(hand: Any, draft: str) -> None:
    """The head of the procedure: the province settles it, enterprises and organisations ask for it."""
    page = hand.page
    page.goto(f"{draft}/head")
    for box in ("domain_vi", "domain_en", "summary_vi", "summary_en", "code", "announced_by"):
        hand.type(f"#{box}", HEAD[box])
    for tick in TICKS:
        hand.tick(tick)
    for box in ("results-0-vi", "results-0-en", "results-0-code"):
        hand.type(f"#{box}", HEAD[box])
    for place, law in enumerate(LAWS):
        for box, words in zip(("number", "signed_on", "vi", "en"), law, strict=True):
            hand.type(f"#legal_basis-{place}-{box}", words)
    hand.press("Lưu thông tin chung")
    says(page, "Đã lưu", exact=False)


def ask_everything(hand: Any, draft: str) -> None:
    """The form, page by page; the first page is there, with the name of who fills it in."""
    hand.page.goto(f"{draft}/form")
    for title, english in PAGES:
        add_page(hand, title, english)
    for asked in ASKED:
        ask(hand, asked)


def write_rules(hand: Any, draft: str) -> None:
    """With both faults: the whole text at once, as an official brings it along."""
    paste_rules(hand, draft, rules.WITH_FAULTS)
    hand.page.goto(f"{draft}/head")
    hand.follow("Trường hợp chung")
    hand.page.wait_for_url("**/case-types/*")
    hand.pick_words("#term", "Thời hạn cấp giấy phép lao động")
    for words in (rules.FEE, *rules.COMPONENTS, *rules.CONDITIONS):
        hand.tick_labelled(words)
    hand.press("Lưu trường hợp")
    says(hand.page, "Đã lưu", exact=False)


def paste_rules(hand: Any, draft: str, text: str) -> None:
    hand.page.goto(f"{draft}/rules")
    hand.page.locator(".cm-content").wait_for()
    hand.paste(".cm-content", text)
    hand.page.keyboard.press("Control+s")
    hand.page.locator('#save-state[data-state="saved"]').wait_for()


def write_letters(hand: Any, draft: str) -> None:
    page = hand.page
    for (name, english), ending, source in (
        (letters.PERMIT_NAME, "Giải quyết, trả kết quả", letters.PERMIT_WITH_FAULT),
        (letters.REFUSAL_NAME, "Từ chối giải quyết", letters.REFUSAL),
    ):
        page.goto(f"{draft}/letters")
        hand.follow("Thêm văn bản")
        page.locator(".cm-content").wait_for()
        hand.type("#name_vi", name)
        hand.type("#name_en", english)
        hand.pick_words("#ending", ending)
        hand.paste(".cm-content", source)
        hand.press("Lưu văn bản")
        says(page, "Đã lưu", exact=False)


def graph(steps: bytes) -> Graph:
    """What a drawing means, wherever its shapes stand and in whatever order they and their ways were drawn."""
    read = read_steps(steps)
    assert isinstance(read, Steps), read
    ways = {(way.source, way.target, way.when, way.default, way.on) for way in read.transitions}
    return {step.key: step for step in read.steps}, ways
