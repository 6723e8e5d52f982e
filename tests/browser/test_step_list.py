"""The graph of a small procedure made in the list of steps: without script, and by keyboard alone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from common.text import Text
from designer.drafts import begin_new, file_of, save
from designer.models import Draft
from designer.step_panel import step_element, way_element
from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.definition import Ask, Duration, Outcome, Step, Transition
from procedure_library.layout import drawn
from procedure_library.linking import Call, Passing
from procedure_library.package import STEPS
from tests.browser.conftest import sign_in
from tests.browser.drawing import shape
from tests.browser.house import PASSWORD
from tests.browser.keys import Keys
from tests.browser.mouse import Mouse
from tests.browser.step_list import THEN, StepList
from tests.browser.steps import look
from tests.conftest import MONDAY_MORNING
from tests.support.browser import opened
from tests.web import people

LAN = machine("Lan")


@pytest.fixture
def blank(house: Database) -> int:
    """An administrator, and the number of a draft in which nothing is drawn but begin → settle → done."""
    with house.transaction() as session:
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        people.official(session, province, "administrator", login="quantri").full_name = "Vũ Thị Quản"
        draft = begin_new(session, "xac_nhan", Text("Xác nhận"), by=LAN, at=MONDAY_MORNING)
        assert isinstance(draft, Draft)
        return draft.id


@pytest.fixture
def enter(browser: Any, door: str, blank: int) -> Iterator[Callable[..., Any]]:
    with ExitStack() as doors:

        def walk_in(*, script: bool) -> Any:
            window = {"width": 1280, "height": 900}
            made = opened(browser, base_url=door, viewport=window, java_script_enabled=script)
            page = doors.enter_context(made)
            page.goto("/")
            sign_in(page, "quantri", PASSWORD)
            return page

        yield walk_in


def kept(house: Database, number: int) -> Steps:
    with house.transaction() as session:
        draft = session.get_one(Draft, number)
        saved = file_of(session, draft, STEPS)
        steps = read_steps((saved.content or "").encode() if saved else b"")
        assert isinstance(steps, Steps), steps
        return steps


def build(steps: StepList) -> None:
    """Settle → conclusion → settled, refused, or a supplement that goes back; late, it stops."""
    steps.open_step("Giải quyết hồ sơ")
    steps.say("budget_amount", "5")
    steps.add_row("Thêm kết luận", "outcome", label="Từ chối")
    steps.choose("outcome.1.decision", "Từ chối giải quyết")
    steps.tick("outcome.1.needs_reason")
    steps.add_row("Thêm kết luận", "outcome", label="Yêu cầu bổ sung")
    steps.save()
    steps.add_after("Giải quyết hồ sơ", "Rẽ nhánh", "Kết luận")
    steps.add_after("Kết luận", "Kết thúc", "Từ chối giải quyết")
    steps.add_after("Kết luận", "Chờ bổ sung", "Chờ bổ sung")
    steps.add_way("Chờ bổ sung", "Giải quyết hồ sơ")
    steps.open_step("Từ chối giải quyết")
    steps.choose("ending", "Từ chối giải quyết")
    steps.save()
    steps.open_step("Chờ bổ sung")
    steps.say("budget_amount", "30")
    steps.save()
    steps.add_after("Chờ bổ sung", "Kết thúc", "Hết hạn bổ sung", "Ở cuối một đường mới: khi quá hạn")
    steps.open_step("Hết hạn bổ sung")
    steps.choose("ending", "Dừng giải quyết")
    steps.save()
    for target, words in (
        ("Đã giải quyết", "Đồng ý"),
        ("Từ chối giải quyết", "Từ chối"),
        ("Chờ bổ sung", "Yêu cầu bổ sung"),
    ):
        steps.open_way("Chưa nói khi nào đi", target)
        steps.choose("when", words)
        steps.save()
    steps.put_on(THEN, "Kết luận", "Công việc", "Ký nháy")
    steps.take_out_step("Ký nháy")


def check(steps: StepList, drawn_in: Steps) -> None:
    """What the list then says, and what the draft has."""
    expect(steps.steps()).to_have_text(
        [
            "Tiếp nhận",
            "Giải quyết hồ sơ",
            "Kết luận",
            "Đã giải quyết",
            "Từ chối giải quyết",
            "Chờ bổ sung",
            "Hết hạn bổ sung",
        ]
    )
    expect(steps.ways("Chờ bổ sung")).to_have_text(["Rồi Giải quyết hồ sơ", "Khi quá hạn Hết hạn bổ sung"])
    expect(steps.findings()).to_have_text([])
    ways = {(w.source, w.target, w.when, w.on) for w in drawn_in.transitions}
    assert ways == {
        ("begin", "settle", None, None),
        ("settle", "ket_luan", None, None),
        ("ket_luan", "done", "granted", None),
        ("ket_luan", "tu_choi_giai_quyet", "tu_choi", None),
        ("ket_luan", "cho_bo_sung", "yeu_cau_bo_sung", None),
        ("cho_bo_sung", "settle", None, None),
        ("cho_bo_sung", "het_han_bo_sung", None, "overdue"),
    }
    settle = next(each for each in drawn_in.steps if each.key == "settle")
    assert settle.budget == Duration(5, "working_day")
    assert settle.outcomes[1:] == (
        Outcome("tu_choi", Text("Từ chối"), "refused", needs_reason=True),
        Outcome("yeu_cau_bo_sung", Text("Yêu cầu bổ sung")),
    )


def test_a_graph_is_made_without_script(enter: Any, house: Database, blank: int) -> None:
    page = enter(script=False)
    page.goto(f"/designer/drafts/{blank}/steps")
    hand = Mouse(page)
    hand.follow("Danh sách")
    steps = StepList(hand, blank)
    build(steps)
    check(steps, kept(house, blank))


def test_the_same_graph_is_made_by_keyboard_alone_and_stands_on_the_canvas(
    enter: Any, house: Database, blank: int
) -> None:
    page = enter(script=True)
    page.goto(f"/designer/drafts/{blank}/steps")
    hand = Keys(page)
    hand.follow("Danh sách")
    page.wait_for_url("**/steps/list")
    steps = StepList(hand, blank)
    build(steps)
    check(steps, kept(house, blank))
    look(page)
    hand.follow("Hình vẽ")
    for step in kept(house, blank).steps:
        expect(shape(page, step.key)).to_be_visible()
    expect(page.locator('[data-element-id="cho_bo_sung.overdue"]').first).to_be_visible()


def test_what_was_just_made_has_the_focus(enter: Any, blank: int) -> None:
    page = enter(script=True)
    steps = StepList(Keys(page), blank).open()
    steps.add_after("Giải quyết hồ sơ", "Công việc", "Ký duyệt")
    expect(page.locator("#step-ky_duyet")).to_be_focused()
    steps.open_step("Ký duyệt")
    steps.hand.press("Thêm kết luận")
    expect(page.locator('[name="outcome.0.label"]')).to_be_focused()
    look(page)


DAYS = Duration(3, "working_day")
EVERY_KIND = (
    Step("begin", "start", Text("Tiếp nhận", "Received")),
    Step(
        "work", "task", Text("Thẩm tra"), role="approver", area="receiving", shows=("requester",), budget=DAYS,
        outcomes=(Outcome("yes", Text("Có", "Yes"), "granted"), Outcome("no", Text("Không"), needs_reason=True)),
    ),
    Step("fork", "branch", Text("")),
    Step("both", "split", Text("Tách")),
    Step("some", "inclusive", Text("Chia")),
    Step("met", "join", Text("Chờ đủ")),
    Step("more", "supplement", Text("Chờ bổ sung"), budget=DAYS),
    Step("ask", "consultation", Text("Hỏi"), silence="consent", budget=DAYS,
         asks=(Ask("ca", Text("Công an", "Police"), "leader", "police", DAYS), Ask("tp", Text("Tư pháp"), "approver"))),
    Step("pay", "payment", Text("Nộp tiền"), collects=("fee",), budget=DAYS),
    Step("tax", "message", Text("Chờ thuế"), message="tax_paid", budget=DAYS),
    Step("rest", "moment", Text("Niêm yết"), budget=DAYS),
    Step("robot", "automatic", Text("Tra cứu"), connector="population", attempts=5, shows=("requester",),
         outcomes=(Outcome("found", Text("Thấy")),)),
    Step("other", "call", Text("Liên thông"), budget=DAYS,
         call=Call("residence", "ordinary", "police", (Passing("a.b", "c"),), (Passing("d", "e"),), (), "agency")),
    Step("done", "end", Text("Xong"), ending="granted"),
)  # fmt: skip
WAYS = (
    *(Transition(f"w{i}", a.key, b.key) for i, (a, b) in enumerate(pairwise(EVERY_KIND))),
    Transition("fork_to_done", "fork", "done", "yes", default=True),
    Transition("late", "more", "done", on="overdue"),
)  # fmt: skip


def test_the_canvas_says_of_every_kind_of_step_what_the_list_says(
    enter: Any, house: Database, blank: int
) -> None:
    """One meaning of each field: what the canvas sends of a step is what the list makes its page of."""
    steps = Steps(EVERY_KIND, WAYS, drawn(EVERY_KIND, WAYS))
    with house.transaction() as session:
        text = write_steps(steps, "xac_nhan").decode()
        draft = session.get_one(Draft, blank)
        save(session, draft, STEPS, text, revision=1, by=LAN, at=MONDAY_MORNING)
    page = enter(script=True)
    page.goto(f"/designer/drafts/{blank}/steps")
    page.locator(".djs-palette .entry").first.wait_for()
    words = {"requester": "", **{each.key: each.name.vi for each in EVERY_KIND}}
    for part in (*EVERY_KIND, *WAYS):
        with page.expect_request("**/steps/panel") as asked:
            page.locator("#chosen").select_option(part.key)
        page.locator(f'#step-panel form[data-element="{part.key}"]').wait_for()
        sent = asked.value.post_data_json
        ours = _said(steps, part, lambda step: words[step.key] or f"Rẽ nhánh (chưa đặt tên, {step.key})")
        assert {name: ours.get(name) for name in sent} == sent, part.key


def _said(steps: Steps, part: Step | Transition, called: Callable[[Step], str]) -> Any:
    """The element of the list, without what only a page needs."""
    said = step_element if isinstance(part, Step) else way_element
    element = said(steps, part, called)  # type: ignore[operator]
    rows = {"outcomes", "asks"} & element.keys()
    return {**element, **{name: [_row(row) for row in element[name]] for name in rows}}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "was"}
