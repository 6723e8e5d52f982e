"""Writing rules as an administrator does: with the keyboard and the mouse, in the words of the page."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.rule_desk import at_end, at_line, errors, finding, offered, pick, text
from tests.web.accessibility import barriers


def test_a_rule_is_written_with_what_the_editor_offers(write: Callable[..., Any]) -> None:
    page = write()
    at_end(page)
    # Without marks the sample of a rule is found, and filled in place by place.
    page.keyboard.type("dieu")
    assert offered(page)[0] == "điều_kiện"
    pick(page, "điều_kiện")
    page.keyboard.type("du_trang")
    page.keyboard.press("Tab")
    page.keyboard.type("Mỗi giấy tờ có nội dung")
    assert 'điều_kiện du_trang "Mỗi giấy tờ có nội dung"' in text(page)
    # A line of its own: the words that may begin one in such a rule, and the names by what they are called.
    at_end(page)
    page.keyboard.type('\n\nphí nhanh "Phí nhanh"\ncăn_cứ "Nghị quyết 2"\nmi')
    assert "miễn" in offered(page)
    pick(page, "miễn")
    page.keyboard.type(" khi tr")
    assert "documents.pages" in offered(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("dossier.cha")
    pick(page, "dossier.channel")
    page.keyboard.type(" là ")
    assert offered(page, "counter") == ["counter", "online", "post"]
    pick(page, "online")
    page.keyboard.type("\nthu 1_000 VND")
    page.keyboard.press("Escape")
    assert text(page).endswith("  miễn khi dossier.channel là online\n  thu 1_000 VND")
    # A choice among the rules has values as well.
    page.keyboard.type("\nmiễn khi verdict là ")
    assert offered(page, "certify") == ["certify", "refuse"]
    pick(page, "refuse")
    # What is said of a whole rule has a line and no column.
    about = finding(page, "Quy tắc «Phí nhanh»").get_by_role("link").inner_text()
    assert re.fullmatch(r"dòng \d+", about)


def test_a_finding_appears_as_one_types_and_its_suggestion_is_one_click_away(
    write: Callable[..., Any],
) -> None:
    page = write()
    at_line(page, 12)
    page.keyboard.press("Backspace")
    item = finding(page, "Không có «documents.copie»")
    assert "Có phải «documents.copies» không?" in item.inner_text()
    assert page.locator(".cm-lintRange-error").inner_text() == "documents.copie"
    assert barriers(page) == []
    expect(errors(page)).to_have_count(1)
    item.get_by_role("button", name="Thay bằng «documents.copies»").click()
    expect(errors(page)).to_have_count(0)
    assert "nhân documents.copies\n" in text(page)
    page.keyboard.press("Control+z")
    finding(page, "Không có «documents.copie»").get_by_role("link").click()
    assert page.locator("#at-cursor").inner_text().startswith("dòng 12, cột 8")


def test_the_suggestion_is_offered_in_the_text_too(write: Callable[..., Any]) -> None:
    page = write()
    at_line(page, 12)
    page.keyboard.press("Backspace")
    page.locator(".cm-lintRange-error").hover()
    page.locator(".cm-diagnosticAction").click()
    expect(errors(page)).to_have_count(0)
    assert "nhân documents.copies\n" in text(page)


def test_a_name_tells_what_it_is_to_the_mouse_and_to_the_keyboard(write: Callable[..., Any]) -> None:
    page = write()
    page.locator(".cm-line", has_text="theo_từng documents.pages").locator(
        "span", has_text="documents"
    ).hover()
    told = page.locator(".cm-tooltip-hover .about")
    told.wait_for()
    assert "Số trang của bản chính" in told.inner_text()
    page.mouse.move(2, 2)
    at_line(page, 33)
    for _ in range(len(' nếu_trống "none") là other)')):
        page.keyboard.press("ArrowLeft")
    assert "Loại giấy tờ nước ngoài" in page.locator("#at-cursor").inner_text()
    page.keyboard.press("F2")
    about = page.locator(".cm-tooltip.about").inner_text()
    assert "Loại giấy tờ nước ngoài" in about
    assert "Kind of foreign document" in about
    assert "Chỉ chắc chắn có khi «Do cơ quan, tổ chức nào cấp»" in about
    page.keyboard.press("Escape")
    expect(page.locator(".cm-tooltip.about")).to_have_count(0)


def test_layout_and_translation_are_taken_back_with_one_key(write: Callable[..., Any]) -> None:
    page = write()
    before = text(page)
    page.get_by_role("button", name="Trình bày lại").click()
    page.wait_for_function("before => document.getElementById('content').value !== before", arg=before)
    laid_out = text(page)
    page.get_by_role("button", name="Sang từ khóa tiếng Anh").click()
    page.get_by_role("button", name="Sang từ khóa tiếng Việt").wait_for()
    assert text(page).startswith("language en\n")
    assert "# Giấy tờ đã tích hợp trên VNeID" in text(page)
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+z")
    assert text(page) == laid_out
    page.keyboard.press("Control+z")
    assert text(page) == before


def test_vietnamese_is_typed_with_an_input_method(write: Callable[..., Any]) -> None:
    """As ibus and macOS do it: the word is shown while it is composed, and replaced when it is done."""
    page = write()
    at_end(page)
    page.keyboard.type("# ")
    method = page.context.new_cdp_session(page)
    for composed in ("n", "ng", "ngh", "nghi", "nghie", "nghiê", "nghiêm"):
        place = len(composed)
        method.send(
            "Input.imeSetComposition", {"text": composed, "selectionStart": place, "selectionEnd": place}
        )
    method.send("Input.insertText", {"text": "nghiêm"})
    page.keyboard.type(" ")
    method.send("Input.imeSetComposition", {"text": "túc", "selectionStart": 3, "selectionEnd": 3})
    method.send("Input.insertText", {"text": "túc"})
    assert text(page).endswith("# nghiêm túc")
    # Keywords, too: what is offered meanwhile does not get in the way.
    page.keyboard.type("\n")
    method.send("Input.imeSetComposition", {"text": "lệ_phí", "selectionStart": 6, "selectionEnd": 6})
    method.send("Input.insertText", {"text": "lệ_phí"})
    page.keyboard.type(" ")
    assert text(page).endswith("\nlệ_phí ")


def test_letters_that_come_in_pieces_are_put_together(write: Callable[..., Any]) -> None:
    """As some Windows keyboards send them: the letter, then its marks."""
    page = write()
    at_end(page)
    page.keyboard.type("# ")
    for piece in ("e", "\u0302", "\u0301", " ", "o", "\u031b", "\u0300"):
        page.keyboard.insert_text(piece)
    assert text(page).endswith("# \u1ebf \u1edd")


def test_what_is_saved_stays_and_what_is_not_is_asked_about(write: Callable[..., Any]) -> None:
    page = write()
    at_end(page)
    page.keyboard.type("# Ghi chú thêm")
    assert page.locator("#save-state").inner_text() == "Có thay đổi chưa lưu"
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("location.href = '/designer/drafts'")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+s")
    page.locator('#save-state[data-state="saved"]').wait_for()
    page.reload()
    page.locator(".cm-content").wait_for()
    assert text(page).rstrip().endswith("# Ghi chú thêm")


def test_without_network_nothing_typed_is_lost(write: Callable[..., Any]) -> None:
    page = write()
    at_end(page)
    page.context.set_offline(True)
    page.keyboard.type("# Mất mạng")
    page.keyboard.press("Control+s")
    page.locator('#save-state[data-state="offline"]').wait_for()
    page.context.set_offline(False)
    page.keyboard.press("Control+s")
    page.locator('#save-state[data-state="saved"]').wait_for()


def test_two_authors_never_overwrite_each_other_unseen(write: Callable[..., Any]) -> None:
    first, second = write("quantri"), write("quantri2")
    for page, words in ((first, "# Của Quản"), (second, "# Của Trị")):
        at_end(page)
        page.keyboard.type(words)
        page.keyboard.press("Control+s")
        page.locator('#save-state:is([data-state="saved"], [data-state="clash"])').wait_for()
    told = second.locator("#clash").inner_text()
    assert "Vũ Thị Quản đã lưu phần này" in told
    assert "+# Của Quản" in told
    assert "# Của Trị" in text(second)
    second.locator(".cm-content").focus()
    second.keyboard.press("Control+s")
    second.locator('#save-state[data-state="saved"]').wait_for()
    assert second.locator("#clash").inner_text().strip() == ""
    first.reload()
    assert "# Của Trị" in text(first)


def test_a_rule_is_tried_beside_the_text_as_it_is_written(write: Callable[..., Any]) -> None:
    page = write()
    page.get_by_label("Số trang của bản chính").fill("10")
    page.get_by_label("Số bản sao").fill("3")
    page.get_by_label("Số bản sao").press("Tab")
    page.locator("#trial .came-value", has_text="36.000 đồng").first.wait_for()
    at_line(page, 10)
    for _ in range(len("1_000 VND")):
        page.keyboard.press("Backspace")
    page.keyboard.type("1_500 VND")
    page.locator("#trial .came-value", has_text="48.000 đồng").first.wait_for()
    page.locator("summary", has_text="Tình huống mẫu").click()
    page.locator(
        "#rule-examples .came-wrong", has_text="phải là 36000 VND, tính ra 48000 VND"
    ).first.wait_for()


def test_what_is_typed_over_leaves_no_style_behind(write: Callable[..., Any]) -> None:
    """Chromium would keep the looks of replaced letters in style attributes, and the content policy reports each."""
    page = write()
    at_line(page, 12)
    page.keyboard.press("Backspace")
    page.locator(".cm-lintRange-error").wait_for()
    looks = page.evaluate(
        "[...new Set([...document.querySelectorAll('.cm-line span')].map(s => s.className))]"
    )
    assert len(looks) > 5
    for each in looks:
        span = page.locator(f".cm-line span[class='{each}']").first
        for hand in (page.keyboard.type, page.keyboard.insert_text):
            span.dblclick()
            hand("k")
            assert page.locator(".cm-line [style]").count() == 0, each
            page.keyboard.press("Escape")
            page.keyboard.press("Control+z")
    whole = text(page)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(whole)
    expect(page.locator(".cm-line [style]")).to_have_count(0)
    assert text(page) == whole


def test_what_was_found_never_stands_behind_the_end_of_a_shorter_text(write: Callable[..., Any]) -> None:
    page = write()
    held: list[Any] = []
    page.route("**/rules/trial", lambda route: held.append(route))
    page.reload()
    at_end(page)
    page.keyboard.insert_text(
        '\n\nphí nhanh "Phí nhanh"\n  căn_cứ "Nghị quyết 2"\n  thu 1_000 VND\n  nhân documents.sai'
    )
    finding(page, "Không có «documents.sai»")
    # The first answer of a panel comes when the text has become shorter and is not judged anew yet.
    page.keyboard.press("Control+a")
    with page.expect_response("**/rules/trial"):
        page.keyboard.insert_text("ngôn_ngữ vi\n")
        for route in held:
            route.continue_()
    page.locator("#finding-list li", has_text="documents.sai").wait_for(state="detached")
