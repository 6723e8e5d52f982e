"""Writing rules as an administrator does: with the keyboard and the mouse, in the words of the page."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from designer.drafts import begin_draft, files_of, save
from designer.models import Draft
from procedure_library.package import RULES
from procedure_library.queries import version_in_force
from tests.browser.conftest import sign_in
from tests.browser.house import PASSWORD
from tests.conftest import MONDAY_MORNING
from tests.support.browser import opened
from tests.web import people
from tests.web.accessibility import barriers, overflow

PAGE = "/designer/drafts/1/rules"
TABLE = """
bảng theo_kenh "Mức theo cách nộp hồ sơ" (dossier.channel) duy_nhất
  căn_cứ "Nghị quyết 1"
  dòng counter thì 30_000 VND
  dòng {online, post} thì 25_000 VND
"""


@pytest.fixture
def drafting(house: Database) -> None:
    """Two administrators, and a draft of the certified copies with a table among its rules."""
    with house.transaction() as session:
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        people.official(session, province, "administrator", login="quantri").full_name = "Vũ Thị Quản"
        people.official(session, province, "administrator", login="quantri2").full_name = "Đặng Văn Trị"
        version = version_in_force(session, "chung_thuc_ban_sao", MONDAY_MORNING.date())
        assert version is not None
        draft = begin_draft(session, version, by=machine("Quản"), at=MONDAY_MORNING)
        assert isinstance(draft, Draft)
        text = files_of(session, draft)[RULES] + TABLE
        save(session, draft, RULES, text, revision=1, by=machine("Quản"), at=MONDAY_MORNING)


@pytest.fixture
def write(browser: Any, door: str, drafting: None) -> Iterator[Callable[..., Any]]:
    """Opens the rules of the draft for an administrator, once the server has judged them."""
    with ExitStack() as doors:

        def enter(login: str = "quantri", width: int = 1280, script: bool = True) -> Any:
            window = {"width": width, "height": 900}
            page = doors.enter_context(
                opened(browser, base_url=door, viewport=window, java_script_enabled=script)
            )
            sign_in(page, login, PASSWORD)
            page.goto(PAGE)
            if script:
                page.locator("#finding-list[aria-live]").wait_for(state="attached")
            return page

        yield enter


def text(page: Any) -> str:
    return str(page.input_value("#content"))


def at_end(page: Any) -> None:
    """Puts the cursor behind the last line."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")


def at_line(page: Any, number: int) -> None:
    """Puts the cursor at the end of a line, by way of the editor's own "go to line"."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Alt+g")
    page.locator(".cm-panels input[name=line]").fill(str(number))
    page.keyboard.press("Enter")
    page.keyboard.press("End")


def offered(page: Any) -> list[str]:
    page.locator(".cm-tooltip-autocomplete li").first.wait_for()
    return [
        str(each) for each in page.locator(".cm-tooltip-autocomplete .cm-completionLabel").all_inner_texts()
    ]


def pick(page: Any, label: str) -> None:
    page.locator(".cm-tooltip-autocomplete li", has_text=label).first.click()


def finding(page: Any, words: str) -> Any:
    item = page.locator("#finding-list li", has_text=words)
    item.wait_for()
    return item


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
    assert offered(page) == ["counter", "online", "post"]
    pick(page, "online")
    page.keyboard.type("\nthu 1_000 VND")
    page.keyboard.press("Escape")
    assert text(page).endswith("  miễn khi dossier.channel là online\n  thu 1_000 VND")


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
    item.get_by_role("button", name="Thay bằng «documents.copies»").click()
    page.locator("#finding-list .all-well").wait_for()
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
    page.locator("#finding-list .all-well").wait_for()
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
    assert page.locator(".cm-tooltip.about").count() == 0


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


def test_a_counter_example_opens_as_the_filled_in_form_and_is_kept(write: Callable[..., Any]) -> None:
    page = write()
    at_line(page, 40)
    page.keyboard.press("Shift+Home")
    page.keyboard.type("  refuse khi comparison.conclusion là erased")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    page.locator('#save-state[data-state="saved"]').wait_for()
    page.locator("#proofs > summary").click()
    page.get_by_role("button", name="Chứng minh các quy tắc").click()
    proof = page.locator('#rule-proofs .proof[data-verdict="refuted"]')
    proof.wait_for()
    assert "có trường hợp không dòng nào áp dụng" in proof.inner_text()
    assert page.locator("#rule-proofs .badge", has_text="Đã chứng minh").count() > 0
    assert barriers(page) == []
    with page.expect_popup() as coming:
        proof.get_by_role("button", name="Mở thành tờ khai điền sẵn").click()
    form = coming.value
    form.wait_for_load_state()
    assert "Quy tắc không nói gì về trường hợp này" in form.locator(".outcome").inner_text()
    assert barriers(form) == []
    # The author looks, changes an answer, sees the value change, and keeps the case.
    form.get_by_label("Kết luận").select_option(
        label="Bản chính bị tẩy xóa, sửa chữa, thêm, bớt nội dung không hợp lệ"
    )
    form.get_by_role("button", name="Tính thử").click()
    form.locator(".outcome", has_text="Được chứng thực hay không: refuse").wait_for()
    form.get_by_label("Tên tình huống").fill("Bản chính bị tẩy xóa")
    form.get_by_role("button", name="Ghi thành tình huống mẫu").click()
    form.locator("#flash", has_text="Đã ghi tình huống mẫu.").wait_for()
    assert form.locator("tr", has_text="Bản chính bị tẩy xóa").count() == 1


def test_a_table_goes_to_a_spreadsheet_and_comes_back(write: Callable[..., Any], tmp_path: Path) -> None:
    page = write()
    page.get_by_role("link", name="xem, tải xuống, tải lên bảng tính").click()
    assert barriers(page) == []
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải xuống .xlsx").click()
    content = coming.value.path().read_bytes()
    bring(page, changed(content, A3="Trực tuyếnn, Bưu chính", B2="30,5"))
    told = page.locator("section[aria-labelledby=preview]").inner_text()
    assert re.search(r"B2\s+Dấu phẩy|B2", told)
    assert "chưa có gì thay đổi" in told
    assert barriers(page) == []
    bring(page, changed(content, A3="Trực tuyến", A4="Bưu chính", B4=20000))
    told = page.locator("section[aria-labelledby=preview]").inner_text()
    assert "dòng post thì 20_000 VND" in told
    page.get_by_role("button", name="Nhận bảng mới").click()
    page.locator("#flash", has_text="Đã đưa bảng mới vào quy tắc.").wait_for()
    page.goto(PAGE)
    assert text(page).rstrip().endswith("dòng online thì 25_000 VND\n  dòng post thì 20_000 VND")


def changed(content: bytes, **cells: Any) -> bytes:
    book = load_workbook(BytesIO(content))
    for address, value in cells.items():
        book.active[address] = value
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def bring(page: Any, content: bytes) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("#sheet", files=[{"name": "bang.xlsx", "mimeType": kind, "buffer": content}])
    page.get_by_role("button", name="Xem thay đổi").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_meets_a_barrier_at_the_editor(write: Callable[..., Any], width: int) -> None:
    page = write(width=width)
    page.locator("#trial select").wait_for()
    assert barriers(page) == []
    assert overflow(page) <= 0
    at_end(page)
    page.keyboard.type("ph")
    assert offered(page)
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+f")
    page.locator(".cm-search").wait_for()
    assert barriers(page) == []
    assert overflow(page) <= 0


def test_without_scripts_it_is_the_text_area_it_was(write: Callable[..., Any]) -> None:
    page = write(script=False)
    page.fill("#content", text(page).replace("documents.copies", "documents.copie"))
    page.get_by_role("button", name="Kiểm tra").click()
    assert "Có phải «documents.copies» không?" in page.inner_text("#rule-findings")
    page.get_by_role("button", name="Sang từ khóa tiếng Anh").click()
    assert text(page).startswith("language en")
    page.fill("#content", text(page).replace("documents.copie\n", "documents.copies\n"))
    page.get_by_role("button", name="Chứng minh").click()
    assert "Đã chứng minh" in page.inner_text("#rule-proofs")
    page.get_by_role("button", name="Lưu quy tắc").click()
    assert "Đã lưu. Không có lỗi." in page.inner_text("#flash")
