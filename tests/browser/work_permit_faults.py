"""Five slips of the pen in the work permit: each found with its sentence at its place, mended, and gone."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser import rule_text
from tests.browser import work_permit_letters as letters
from tests.browser import work_permit_rules as rules
from tests.browser import work_permit_steps as steps
from tests.browser.drawing import (
    centre,
    choose,
    connect,
    drop,
    empty_place,
    lead,
    outcomes,
    wait_for_panel,
    wait_until_saved,
    write,
)
from tests.browser.steps import press, says

NO_WAY = "Rẽ nhánh «Sau khi thẩm định» không có đường cho «Đề nghị từ chối» và không có đường mặc định"
NOT_JOINED = (
    "Các nhánh song song gặp nhau tại «Đủ ý kiến» mà chưa được hợp lại: từ đây công việc có thể mở hai lần"
)
INTO_A_JOIN = "Đổi chỗ gặp nhau «Đủ ý kiến» thành bước hợp song song"
LEFT = "Có thể kết thúc tại «Đã giải quyết» khi vẫn còn việc dở"
TOO_LONG = "Thời gian dành cho các bước luôn dài hơn thời hạn"
TOO_EARLY = "Quy tắc đọc «kinh_nghiem_da_duoc_xac_minh» khi nộp hoặc tiếp nhận hồ sơ"
NOT_ASKED = f"in câu «{letters.SLIP}» mà tờ khai không hỏi"
# As the prover says it, and at a glance where it has had no time.
NO_ROW = re.compile("có trường hợp không dòng nào áp dụng|«years_needed» không có dòng cho trường hợp")


def mend_the_drawing(page: Any) -> None:
    """Three faults of the canvas, one after the other."""
    _lead_to_a_refusal(page)
    _join_the_ways(page)
    _shorten_the_signature(page)
    expect(page.locator("#findings .all-well")).to_be_visible()
    wait_until_saved(page)


def _lead_to_a_refusal(page: Any) -> None:
    """An outcome that leads nowhere: from its finding to the branch, and a way to whoever signs the refusal."""
    go_to(page, NO_WAY, steps.EXAMINED)
    x, _ = centre(page, steps.BOTH)
    _, y = centre(page, steps.REFUSED)
    drop(page, "Công việc", x, y + 130, "Ký văn bản từ chối", steps.REJECT)
    connect(page, steps.EXAMINED, steps.REJECT)
    connect(page, steps.REJECT, steps.REFUSED)
    choose(page, steps.REJECT)
    write(page, "Tên tiếng Anh", "Sign the refusal")
    steps.role(page, "Lãnh đạo cơ quan")
    steps.days(page, "Làm trong", "1")
    outcomes(page, ("Ký từ chối", "Refuse", "Từ chối giải quyết", True))
    others = ("Người sử dụng lao động", "Người lao động nước ngoài", "Kết quả thẩm định")
    steps.tick(page, "Trang được xem", *others)
    lead(page, steps.EXAMINED, "After the examination", {"Ký văn bản từ chối": "Đề nghị từ chối"})
    gone(page, NO_WAY)


def _join_the_ways(page: Any) -> None:
    """Parallel ways that meet in a branch: a step behind it would be open twice, or an end leave work behind."""
    for words in (NOT_JOINED, LEFT):
        expect(page.locator("#findings li", has_text=words)).not_to_have_count(0)
    fault = page.locator("#findings li", has_text=NOT_JOINED)
    expect(fault).to_have_count(1)
    _look_at_the_walk(page, fault)
    fault.get_by_role("button", name=INTO_A_JOIN).click()
    expect(page.locator("#flash")).to_contain_text("Đã sửa")
    page.locator(".djs-palette .entry").first.wait_for()
    for words in (NOT_JOINED, LEFT):
        expect(page.locator("#findings li", has_text=words)).to_have_count(0)


def _look_at_the_walk(page: Any, fault: Any) -> None:
    """The counter-example: a token goes through the drawing to where the work is open twice."""
    fault.get_by_role("button", name="Xem trên hình").click()
    player = page.locator("[data-player]")
    expect(player.locator(".player-said")).to_have_text(re.compile("Bước [0-9]+ trên [0-9]+"))
    player.get_by_role("button", name="Thôi").click()
    expect(player).to_be_hidden()


def _shorten_the_signature(page: Any) -> None:
    """Two, three and seven working days do not fit into ten."""
    finding = page.locator("#findings li", has_text=TOO_LONG)
    expect(finding).to_contain_text("Ký giấy phép")
    choose(page, steps.SIGN)
    steps.days(page, "Làm trong", "2")
    gone(page, TOO_LONG)


def mend_the_rules(page: Any, draft: str) -> None:
    """From the overview to the line that reads too early; then the prover shows whom the table leaves out."""
    page.goto(draft)
    fault = page.locator(".findings li", has_text=TOO_EARLY)
    expect(fault).to_contain_text("lúc trường này chưa được điền")
    fault.get_by_role("link").first.click()
    page.wait_for_url("**/rules#line-*")
    rule_text.found(page, TOO_EARLY)
    rule_text.write(page, rules.WITH_FAULTS.replace(rules.TOO_EARLY, rules.IN_TIME))
    rule_text.found(page, NO_ROW)
    rule_text.keep(page)
    _look_at_who_is_left_out(page)
    rule_text.write(page, rules.RULES)
    rule_text.lay_out(page)
    rule_text.keep(page)
    expect(page.locator("#rule-findings li", has_text=NO_ROW)).to_have_count(0)


def _look_at_who_is_left_out(page: Any) -> None:
    """The counter-example opens as the form, filled in."""
    page.locator("#proofs summary").first.click()
    press(page, "Chứng minh các quy tắc")
    case = page.locator("#rule-proofs .proof", has_text=NO_ROW)
    expect(case).to_contain_text("Lao động kỹ thuật")
    with page.context.expect_page() as opening:
        case.get_by_role("button", name="Mở thành tờ khai điền sẵn").click()
    shown = opening.value
    expect(shown.locator("[name=vi_tri_cong_viec]:checked")).to_have_value("lao_dong_ky_thuat")
    shown.close()


def mend_the_letter(hand: Any, draft: str) -> None:
    """A letter that prints what the form does not ask; the finding leads to it."""
    page = hand.page
    page.goto(draft)
    expect(page.locator(".findings li", has_text=NOT_ASKED)).to_have_count(1)
    hand.follow(f"Văn bản in ra: {letters.PERMIT_NAME[0]}")
    page.locator(".cm-content").wait_for()
    hand.paste(".cm-content", letters.PERMIT)
    hand.press("Lưu văn bản")
    says(page, "Đã lưu", exact=False)
    page.goto(draft)
    expect(page.locator(".findings li", has_text=NOT_ASKED)).to_have_count(0)


def go_to(page: Any, words: str, key: str) -> None:
    """Follows a finding to its step, and takes the step in hand."""
    page.locator("#findings").get_by_role("button", name=words).first.click()
    wait_for_panel(page, key)
    # First nothing: the tools beside a step lie over its neighbour.
    page.mouse.click(*empty_place(page))
    choose(page, key)


def gone(page: Any, words: str) -> None:
    """The server has judged what was drawn meanwhile."""
    wait_until_saved(page)
    expect(page.locator("#findings li", has_text=words)).to_have_count(0)
