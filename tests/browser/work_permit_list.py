"""The same steps in the list and by keyboard alone, with the same three faults on the way to the same graph."""

from typing import Any

from playwright.sync_api import expect

from tests.browser import work_permit as permit
from tests.browser import work_permit_faults as faults
from tests.browser import work_permit_rules as rules

EXAMINE, EXAMINED, BOTH, NEED = (
    "Thẩm định hồ sơ",
    "Sau khi thẩm định",
    "Hai việc cùng lúc",
    "Thẩm tra nhu cầu",
)
OPINION, ALL, SIGN, SIGNED = "Lấy ý kiến Công an", "Đủ ý kiến", "Ký giấy phép", "Quyết định"
DUE, COLLECT, WAIT = "Có lệ phí hay không", "Thu lệ phí", "Chờ bổ sung hồ sơ"
REJECT, REFUSED, DONE = "Ký văn bản từ chối", "Từ chối", "Đã giải quyết"
EMPLOYER, WORKER, JOB, PAPERS, EXAMINATION = (
    "nguoi_su_dung_lao_dong",
    "nguoi_lao_dong_nuoc_ngoai",
    "vi_tri_viec_lam",
    "giay_to_va_cam_doan",
    "ket_qua_tham_dinh",
)
# One after the other before the end, on the way that leads there: when that is taken so far, kind, name, English.
THEN, UNSAID = "Rồi", "Chưa nói khi nào đi"
ON_THE_WAY = (
    (THEN, "branch", EXAMINED, "After the examination"),
    (UNSAID, "split", BOTH, "Two things at once"),
    (THEN, "task", NEED, "Look into the need"),
    (THEN, "branch", ALL, "All opinions are here"),
    (UNSAID, "task", SIGN, "Sign the permit"),
    (THEN, "branch", SIGNED, "Decision"),
    (UNSAID, "branch", DUE, "Whether a fee is due"),
)
NEW_WAY = "Ở cuối một đường mới ra khỏi bước này"
# At the end of ways of their own.
BESIDE = (
    (EXAMINED, "supplement", WAIT, "Waiting for the supplement"),
    (BOTH, "consultation", OPINION, "Opinion of the police"),
    (SIGNED, "end", REFUSED, "Refused"),
    (DUE, "task", COLLECT, "Collect the fee"),
)


class StepList:
    """The list of steps under a hand that has no mouse."""

    def __init__(self, hand: Any, draft: str) -> None:
        self.hand, self.page, self.address = hand, hand.page, f"{draft}/steps/list"

    def open(self) -> None:
        self.page.goto(self.address)

    def insert(self, when: str, target: str, *step: str) -> None:
        """A step on the way that leads to the target."""
        self.hand.follow(f"Chèn bước vào đường «{when}», tới «{target}»")
        self._name(*step)

    def add(self, after: str, *step: str) -> None:
        """A step at the end of a new way."""
        self.hand.follow(f"Thêm bước sau «{after}»")
        self._name(*step, place=NEW_WAY)

    def _name(self, kind: str, name: str, english: str, place: str = "") -> None:
        self.page.wait_for_url("**/next-step")
        self.hand.pick("#kind", kind)
        self.hand.type("#name_vi", name)
        self.hand.type("#name_en", english)
        if place:
            self.hand.pick_words("#place", place)
        self.hand.press("Thêm bước")
        self.page.wait_for_url("**/steps/list#step-*")

    def lead(self, source: str, target: str) -> None:
        self.hand.follow(f"Thêm đường từ «{source}»")
        self.page.wait_for_url("**/next-way")
        self.hand.pick_words("#target", target)
        self.hand.press("Thêm đường")
        self.page.wait_for_url("**/steps/list#step-*")

    def describe(self, name: str) -> None:
        self.hand.follow(f"Khai bước «{name}»")
        self.page.locator("#panel form").wait_for()

    def say(self, field: str, words: str) -> None:
        self.hand.retype(f'[name="{field}"]', words)

    def choose(self, field: str, words: str) -> None:
        self.hand.pick_words(f'[name="{field}"]', words)

    def tick(self, group: str, *keys: str) -> None:
        self.hand.open_list(group)
        for key in keys:
            self.hand.tick(f"[name={group}][value={key}]")

    def conclude(self, *outcomes: tuple[str, str, str, bool], first: int = 0) -> None:
        """Ways to complete the task: words, English, decision, whether a reason is asked."""
        for place, (words, english, decision, needs_reason) in enumerate(outcomes, first):
            self.hand.press("Thêm kết luận")
            self.page.locator(f"[name='outcome.{place}.label']").wait_for()
            self.say(f"outcome.{place}.label", words)
            self.say(f"outcome.{place}.label_en", english)
            if decision:
                self.choose(f"outcome.{place}.decision", decision)
            if needs_reason:
                self.hand.tick(f'[name="outcome.{place}.needs_reason"]')

    def part(self, branch: str, ways: dict[str, str]) -> None:
        """Says which value leads where."""
        self.describe(branch)
        for target, value in ways.items():
            self.hand.pick_labelled(f"Đến «{target}» khi", value)
        self.keep()

    def finds(self, words: str) -> None:
        expect(self.page.locator(".findings", has_text=words)).not_to_have_count(0)

    def misses(self, words: str) -> None:
        expect(self.page.locator(".findings", has_text=words)).to_have_count(0)

    def keep(self) -> None:
        self.hand.press("Lưu, về danh sách")
        self.page.wait_for_url("**/steps/list#step-*")


def draw(hand: Any, draft: str) -> None:
    """From reception to hand-over, as wrong as on the canvas."""
    steps = StepList(hand, draft)
    steps.open()
    steps.describe("Giải quyết hồ sơ")
    steps.say("name", EXAMINE)
    steps.say("name_en", "Examine the dossier")
    steps.say("budget_amount", "2")
    hand.press("Bỏ kết luận Đồng ý")
    hand.page.locator("[name='outcome.0.label']").wait_for(state="detached")
    steps.conclude(
        ("Đề nghị cấp", "Propose the permit", "", False),
        ("Yêu cầu bổ sung", "Ask for more", "", True),
        ("Đề nghị từ chối", "Propose a refusal", "", True),
    )
    steps.tick("shows", EMPLOYER, WORKER, JOB, PAPERS)
    steps.tick("fills", EXAMINATION)
    steps.keep()
    for when, *step in ON_THE_WAY:
        steps.insert(when, DONE, *step)
    for after, *step in BESIDE:
        steps.add(after, *step)
    for source, target in ((WAIT, EXAMINE), (OPINION, ALL), (COLLECT, DONE)):
        steps.lead(source, target)
    _describe(steps)


def _describe(steps: StepList) -> None:
    """What each step is, in the order of its page."""
    steps.describe(NEED)
    steps.choose("role", "Công chức thụ lý")
    steps.say("budget_amount", "3")
    steps.conclude(("Đã thẩm tra", "Looked into", "", False))
    steps.tick("shows", EMPLOYER, JOB)
    steps.keep()
    _ask_the_police(steps)
    steps.describe(ALL)
    steps.choose("default", f"Đến «{SIGN}»")
    steps.keep()
    steps.describe(SIGN)
    steps.choose("assign", "Người ký giấy phép")
    steps.say("budget_amount", "7")
    steps.conclude(
        ("Ký giấy phép", "Sign", "Đồng ý giải quyết", False),
        ("Không cấp", "Refuse", "Từ chối giải quyết", True),
    )
    steps.tick("shows", EMPLOYER, WORKER, JOB, EXAMINATION)
    steps.keep()
    steps.describe(COLLECT)
    steps.choose("role", "Bộ phận thu phí, lệ phí")
    steps.choose("area", "Tại nơi tiếp nhận")
    steps.conclude(("Đã thu", "Collected", "", False))
    steps.tick("collects", "permit_fee")
    steps.keep()
    steps.describe(REFUSED)
    steps.choose("ending", "Từ chối giải quyết")
    steps.keep()
    steps.part(EXAMINED, {BOTH: "Đề nghị cấp", WAIT: "Yêu cầu bổ sung"})
    steps.part(SIGNED, {DUE: "Ký giấy phép", REFUSED: "Không cấp"})
    steps.describe(DUE)
    steps.choose("choice", "Có lệ phí phải nộp khi trả giấy phép hay không")
    steps.keep()
    steps.part(DUE, {DONE: "Không phải nộp", COLLECT: "Có lệ phí phải nộp"})


def _ask_the_police(steps: StepList) -> None:
    steps.describe(OPINION)
    steps.say("budget_amount", "3")
    steps.hand.tick("[name=silence]")
    steps.hand.press("Thêm đơn vị")
    steps.page.locator("[name='ask.0.name']").wait_for()
    steps.say("ask.0.name", "Công an tỉnh")
    steps.say("ask.0.name_en", "Provincial police")
    steps.say("ask.0.function", "police")
    steps.choose("ask.0.role", "Lãnh đạo cơ quan")
    steps.tick("shows", EMPLOYER, WORKER, JOB)
    steps.keep()


def mend(hand: Any, draft: str) -> None:
    """The three faults, each read in the list beside its step."""
    steps = StepList(hand, draft)
    steps.open()
    steps.finds(faults.NO_WAY)
    steps.add(EXAMINED, "task", REJECT, "Sign the refusal")
    steps.describe(REJECT)
    steps.choose("role", "Lãnh đạo cơ quan")
    steps.say("budget_amount", "1")
    steps.conclude(("Ký từ chối", "Refuse", "Từ chối giải quyết", True))
    steps.tick("shows", EMPLOYER, WORKER, EXAMINATION)
    steps.keep()
    steps.lead(REJECT, REFUSED)
    steps.part(EXAMINED, {REJECT: "Đề nghị từ chối"})
    steps.misses(faults.NO_WAY)
    steps.finds(faults.NOT_JOINED)
    hand.press(faults.INTO_A_JOIN)
    expect(steps.page.locator("#flash")).to_contain_text("Đã sửa")
    steps.misses(faults.NOT_JOINED)
    steps.finds(faults.TOO_LONG)
    steps.describe(SIGN)
    steps.say("budget_amount", "2")
    steps.keep()
    steps.misses(faults.TOO_LONG)
    expect(steps.page.locator("main .findings")).to_have_count(0)


def mend_rules(hand: Any, draft: str) -> None:
    """Both are found at once: neither hides the other."""
    page = hand.page
    page.goto(draft)
    for words in (faults.TOO_EARLY, faults.NO_ROW):
        expect(page.locator(".findings li", has_text=words)).to_have_count(1)
    hand.follow("Quy tắc, dòng")
    page.wait_for_url("**/rules#line-*")
    permit.paste_rules(hand, draft, rules.RULES)
    page.goto(draft)
    for words in (faults.TOO_EARLY, faults.NO_ROW):
        expect(page.locator(".findings li", has_text=words)).to_have_count(0)
