"""Rules, case type and letters of the work permit by keyboard alone; long texts are pasted, as anybody would."""

from typing import Any

from playwright.sync_api import expect

from tests.browser import work_permit as permit
from tests.browser import work_permit_letters as letters
from tests.browser import work_permit_life as life
from tests.browser import work_permit_rules as rules
from tests.browser.steps import PDF
from tests.browser.work_permit_faults import NO_ROW, NOT_ASKED, TOO_EARLY


def write_rules(hand: Any, draft: str) -> None:
    """With both faults; which of them the case type needs is said on its page."""
    _paste_rules(hand, draft, rules.WITH_FAULTS)
    hand.page.goto(f"{draft}/head")
    hand.follow("Trường hợp chung")
    hand.page.wait_for_url("**/case-types/*")
    hand.pick_words("#term", "Thời hạn cấp giấy phép lao động")
    for words in (rules.FEE, *rules.COMPONENTS, *rules.CONDITIONS):
        hand.tick_labelled(words)
    hand.press("Lưu trường hợp")
    expect(hand.page.locator("#flash")).to_contain_text("Đã lưu")


def mend_rules(hand: Any, draft: str) -> None:
    """Both are found at once: neither hides the other."""
    page = hand.page
    page.goto(draft)
    for words in (TOO_EARLY, NO_ROW):
        expect(page.locator(".findings li", has_text=words)).to_have_count(1)
    hand.follow("Quy tắc, dòng")
    page.wait_for_url("**/rules#line-*")
    _paste_rules(hand, draft, rules.RULES)
    page.goto(draft)
    for words in (TOO_EARLY, NO_ROW):
        expect(page.locator(".findings li", has_text=words)).to_have_count(0)


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
        expect(page.locator("#flash")).to_contain_text("Đã lưu")


def _paste_rules(hand: Any, draft: str, text: str) -> None:
    page = hand.page
    page.goto(f"{draft}/rules")
    page.locator(".cm-content").wait_for()
    hand.paste(".cm-content", text)
    page.keyboard.press("Control+s")
    page.locator('#save-state[data-state="saved"]').wait_for()


def record_example(hand: Any, draft: str) -> None:
    page = hand.page
    page.goto(f"{draft}/examples")
    hand.follow("Thử và ghi tình huống")
    page.locator("#example-name_vi").wait_for()
    hand.type("#example-name_vi", life.EXAMPLE[0])
    hand.type("#example-name_en", life.EXAMPLE[1])
    hand.answer("full_name", "Trần Thị Lan")
    hand.answer("chuc_vu_cua_nguoi_nop", "Giám đốc")
    for field, words in (*life.EMPLOYER, *life.WORKER, *life.JOB):
        hand.answer(field, words)
    for part, value in life.PLACE[:2]:
        page.locator(f"[name='noi_lam_viec.{part}'] option[value='{value}']").wait_for(state="attached")
        hand.pick(f'[name="noi_lam_viec.{part}"]', value)
    hand.answer("noi_lam_viec.line", life.PLACE[2][1])
    for field, words in life.PAPERS:
        hand.answer(field, words)
    hand.answer("dossier.decided_permit_amount", rules.AMOUNT)
    hand.press("Ghi thành tình huống mẫu")
    expect(page.locator("main tr", has_text=life.EXAMPLE[0])).to_contain_text("Đúng")


def mend_letter(hand: Any, draft: str) -> None:
    """The finding leads to the letter."""
    page = hand.page
    page.goto(draft)
    expect(page.locator(".findings li", has_text=NOT_ASKED)).to_have_count(1)
    hand.follow(f"Văn bản in ra: {letters.PERMIT_NAME[0]}")
    page.locator(".cm-content").wait_for()
    hand.paste(".cm-content", letters.PERMIT)
    hand.press("Lưu văn bản")
    expect(page.locator("#flash")).to_contain_text("Đã lưu")
    page.goto(draft)
    expect(page.locator(".findings li", has_text=NOT_ASKED)).to_have_count(0)


def submit(hand: Any, draft: str) -> None:
    page = hand.page
    page.goto(f"{draft}/submission")
    hand.type("#basis_number", "Quyết định 31/QĐ-UBND")
    hand.type("#basis_signed_on", "27/02/2026")
    hand.choose_file("#basis_file", name="qd.pdf", mimeType="application/pdf", buffer=PDF)
    hand.type("#note", "Thủ tục mới trên hệ thống.")
    hand.press("Trình")
    page.wait_for_load_state()


def decide(hand: Any, words: str) -> None:
    hand.page.goto("/designer/reviews")
    hand.follow(permit.NAME[0])
    hand.page.wait_for_url("**/designer/reviews/*")
    hand.press(words)
