"""Changed without a developer: a step is drawn, a question and an amount are added, three people publish.

The next dossier lives under the new version, the one in process under the old; and what is wrong with a draft is
found while it is drawn, and keeps it from being submitted. Everything by the mouse on the real pages.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from common.db import Database
from tests.browser import certified_copy as copy
from tests.browser import rule_text
from tests.browser.drawing import (
    between,
    choose,
    drag,
    empty_place,
    entry,
    findings,
    wait_for_panel,
    wait_until_saved,
)
from tests.browser.house import CITIZEN
from tests.browser.keeping import DRAFT, add_question, employ_keepers, open_review, publish, submit
from tests.browser.steps import follow, look, press, says, tells, told, upload
from tests.browser.test_officials import accept, compare

Enter = Callable[[str], Any]
OLD, NEW = "000.12.31.H40-260302-0001", "000.12.31.H40-260302-0002"
FAULTS = {
    "Không có đường nào từ lúc bắt đầu dẫn tới bước «Lạc đường»": (
        "Nối bước này với một bước đứng trước, hoặc xóa bước."
    ),
    "không có đường cho «Chưa nộp» và không có đường mặc định": "hoặc đặt một đường mặc định.",
    "Không có «can_tra_nhanh» trong biểu mẫu": "Thêm trường vào biểu mẫu",
}
QUESTION = "Cần trả kết quả nhanh"
TASK = "Lãnh đạo soát lại"
CHARGE = """
phí urgent "Phí trả kết quả nhanh"
  tiếng_anh "Charge for a quick result"
  căn_cứ "Nghị quyết 12/2026/NQ-HĐND"
  miễn khi (can_tra_ket_qua_nhanh nếu_trống sai) là sai căn_cứ "Nghị quyết 12/2026/NQ-HĐND"
  còn_lại thu 5_000 VND
"""


@pytest.fixture
def enter(enter_wide: Enter, house: Database) -> Enter:
    """Where three people keep procedures."""
    with house.transaction() as session:
        employ_keepers(session)
    return enter_wide


def test_a_new_version_rules_the_next_dossier_and_not_the_one_in_process(enter: Enter) -> None:
    citizen, reception = enter(CITIZEN), enter("tiep")
    copy.sent_by(citizen)
    accept(reception)

    author = enter("quantri")
    _begin_draft(author)
    _draw_the_task(author)
    add_question(author, QUESTION, "Quick result needed")
    _add_the_charge(author)
    _collect_the_charge(author)
    note = "Hồ sơ mới có thêm bước lãnh đạo soát lại."
    submit(author, "Quyết định 21/QĐ-UBND", note, effective_from="02/03/2026")
    _agree(enter("kiemsoat"))
    publish(enter("congbo"))

    _send_under_the_new_version(citizen)
    accept(reception)
    expect(reception.locator("h1")).to_have_text(NEW)

    officer, head, cashier = enter("giai"), enter("duyet"), enter("thu")
    for code in (OLD, NEW):
        _take(officer, code)
        compare(officer)
        press(officer, "Hoàn thành")
    assert _work(head, OLD) == "Ký chứng thực"
    assert _work(head, NEW) == TASK

    _take(head, NEW)
    head.get_by_label("Đã soát").check()
    press(head, "Hoàn thành")
    for code in (OLD, NEW):
        assert _work(head, code) == "Ký chứng thực"
        _take(head, code)
        head.locator("#outcome").get_by_label("Ký chứng thực").check()
        press(head, "Hoàn thành")

    assert _paid(cashier, OLD) == ["36.000 đồng"]
    assert _paid(cashier, NEW) == ["36.000 đồng", "5.000 đồng", "41.000 đồng"]
    tells(cashier, "theo phiên bản 2 của thủ tục")
    tells(cashier, f"{TASK}: Đã soát")
    cashier.goto(f"/desk/dossiers/{OLD}")
    tells(cashier, "Đã xử lý xong")
    tells(cashier, "theo phiên bản 1 của thủ tục")
    assert "Phí trả kết quả nhanh" not in told(cashier)
    assert TASK not in told(cashier)


def test_three_faults_are_found_while_drawing_and_keep_the_draft_from_being_submitted(enter: Enter) -> None:
    page = enter("quantri")
    _begin_draft(page)
    rules = _plant_an_unknown_field(page)
    follow(page, "Các bước")
    _plant_a_step_that_nothing_leads_to(page)
    _plant_a_branch_without_default(page)

    page.goto(f"{DRAFT}/submission")
    look(page)
    tells(page, "Còn lỗi nên chưa trình được")
    expect(page.get_by_role("button", name="Trình", exact=True)).to_have_count(0)
    for fault, remedy in FAULTS.items():
        shown = page.locator(".findings li", has_text=fault)
        assert remedy in shown.inner_text()

    _mend_the_rules(page, rules)
    _mend_the_drawing(page)
    submit(page, "Quyết định 22/QĐ-UBND", "Ký xong thì rẽ theo kết luận đối chiếu.")


def _begin_draft(page: Any) -> None:
    page.goto("/designer/procedures")
    follow(page, "Chứng thực bản sao", exact=False)
    press(page, "Soạn phiên bản mới")
    tells(page, "soạn từ phiên bản 1")


def _draw(page: Any) -> None:
    """Opens the canvas, in a window wide enough."""
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto(f"{DRAFT}/steps")
    page.locator(".djs-palette .entry").first.wait_for()


def _draw_the_task(page: Any) -> None:
    """A second look before the signature: dropped on the way there, named, and described in the panel."""
    _draw(page)
    drag(page, entry(page, "Công việc"), *between(page, "verdict", "sign"))
    page.keyboard.type(TASK)
    page.keyboard.press("Enter")
    wait_for_panel(page, "lanh_dao_soat_lai")
    page.get_by_label("Tên tiếng Anh").fill("The head looks again")
    page.get_by_label("Ai làm", exact=True).select_option(label="Lãnh đạo cơ quan")
    page.get_by_role("button", name="Thêm kết luận").click()
    page.get_by_label("Chữ trên nút").fill("Đã soát")
    page.get_by_label("Tiếng Anh", exact=True).fill("Looked at")
    page.get_by_label("Tiếng Anh", exact=True).press("Tab")
    page.locator("#findings .all-well").wait_for()
    wait_until_saved(page)
    assert findings(page) == []


def _add_the_charge(page: Any) -> None:
    page.goto(f"{DRAFT}/rules")
    rule_text.write(page, rule_text.written(page) + CHARGE)
    rule_text.keep(page)
    page.goto(f"{DRAFT}/head")
    page.get_by_role("link", name="Chứng thực bản sao giấy từ bản chính").click()
    page.get_by_label("Phí trả kết quả nhanh").check()
    press(page, "Lưu trường hợp")
    says(page, "Đã lưu", exact=False)


def _collect_the_charge(page: Any) -> None:
    """At the cashier's step, in its panel."""
    _draw(page)
    choose(page, "collect")
    page.get_by_label("Phí trả kết quả nhanh").check()
    wait_until_saved(page)
    page.locator("#findings .all-well").wait_for()


def _agree(page: Any) -> None:
    open_review(page)
    text = told(page)
    for change in (TASK, f"Thêm câu hỏi: {QUESTION}", "Thêm quy tắc: Phí trả kết quả nhanh"):
        assert change in text
    press(page, "Đồng ý, chuyển người công bố")


def _send_under_the_new_version(page: Any) -> None:
    copy.begin(page)
    page.get_by_label("Bản thân").check()
    press(page, "Lưu và tiếp tục")
    copy.describe(page, pages="10", copies="3")
    page.get_by_role("group", name=QUESTION).get_by_label("Có", exact=True).check()
    press(page, "Lưu và tiếp tục")
    page.get_by_label("Tôi chịu trách nhiệm").check()
    press(page, "Lưu và tiếp tục")
    upload(page, "Bằng tốt nghiệp.pdf")
    follow(page, "Tiếp tục")
    tells(page, "41.000 đồng")
    press(page, "Gửi hồ sơ")


def _work(page: Any, code: str) -> str:
    """What the inbox says is to be done for a dossier."""
    page.goto("/desk")
    return str(page.get_by_role("row").filter(has_text=code).locator(".what strong").inner_text())


def _take(page: Any, code: str) -> None:
    page.goto("/desk")
    page.get_by_role("link", name=code).click()
    press(page, "Nhận việc")


def _paid(page: Any, code: str) -> list[str]:
    """The amounts that the cashier is told to collect for a dossier, and collects."""
    _take(page, code)
    amounts = page.locator("#task-form .amounts .amount .number").all_inner_texts()
    press(page, "Hoàn thành")
    tells(page, "biên lai số")
    return [str(each) for each in amounts]


def _plant_an_unknown_field(page: Any) -> str:
    """A charge that reads a question which the form does not ask; answers the rules as they were."""
    page.goto(f"{DRAFT}/rules")
    rules = rule_text.written(page)
    rule_text.write(page, rules + CHARGE.replace("can_tra_ket_qua_nhanh", "can_tra_nhanh"))
    rule_text.found(page, "Không có «can_tra_nhanh» trong biểu mẫu")
    rule_text.keep(page)
    return rules


def _plant_a_step_that_nothing_leads_to(page: Any) -> None:
    drag(page, entry(page, "Công việc"), *empty_place(page))
    page.keyboard.type("Lạc đường")
    page.keyboard.press("Enter")
    page.locator("#findings", has_text="dẫn tới bước «Lạc đường»").wait_for()


def _plant_a_branch_without_default(page: Any) -> None:
    """A branch behind the cashier that knows a way for one of two outcomes."""
    drag(page, entry(page, "Rẽ nhánh"), *between(page, "collect", "certified"))
    wait_for_panel(page, "branch_1")
    page.get_by_label("Đến «Đã chứng thực» khi").select_option(label="Đã thu phí")
    choose(page, "collect")
    page.get_by_role("button", name="Thêm kết luận").click()
    page.get_by_label("Chữ trên nút").nth(1).fill("Chưa nộp")
    page.get_by_label("Chữ trên nút").nth(1).press("Tab")
    page.locator("#findings", has_text="không có đường cho «Chưa nộp»").wait_for()
    wait_until_saved(page)


def _mend_the_rules(page: Any, rules: str) -> None:
    page.locator(".findings li", has_text="«can_tra_nhanh»").get_by_role("link").click()
    assert "/rules#line-" in page.url
    rule_text.write(page, rules)
    rule_text.keep(page)


def _mend_the_drawing(page: Any) -> None:
    """From each finding to its step: the lost one is deleted, the branch gets another way as its default."""
    _draw(page)
    _go_to(page, "dẫn tới bước «Lạc đường»", "lac_duong")
    page.keyboard.press("Delete")
    _go_to(page, "không có đường cho «Chưa nộp»", "branch_1")
    page.locator(".djs-context-pad .entry[title='Thêm tiếp theo: Kết thúc']").click()
    wait_for_panel(page, "end_1")
    page.get_by_label("Tên", exact=True).fill("Trả sau khi soát")
    page.get_by_label("Tên tiếng Anh").fill("Handed over after a check")
    page.get_by_label("Hồ sơ kết thúc thế nào").select_option(label="Giải quyết, trả kết quả")
    wait_for_panel(page, "tra_sau_khi_soat")
    page.mouse.click(*empty_place(page))
    choose(page, "branch_1")
    page.get_by_label("Còn lại thì đi đường").select_option(label="Đến «Trả sau khi soát»")
    page.locator('#findings:not(:has([data-severity="error"]))').wait_for()
    wait_until_saved(page)


def _go_to(page: Any, finding: str, key: str) -> None:
    """Follows a finding to its step, and takes the step in hand."""
    page.locator("#findings").get_by_role("button", name=finding).first.click()
    wait_for_panel(page, key)
    # First nothing: the tools beside a step lie over its neighbour.
    page.mouse.click(*empty_place(page))
    choose(page, key)
