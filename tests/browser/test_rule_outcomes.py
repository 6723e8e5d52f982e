"""What comes of rules that are written: cases that open as forms, tables as sheets, the page without scripts."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.rule_desk import PAGE, at_end, at_line, offered, text
from tests.web.accessibility import barriers, overflow

pytestmark = pytest.mark.usefixtures("patient")


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
    expect(form.locator("tr", has_text="Bản chính bị tẩy xóa")).to_have_count(1)


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
