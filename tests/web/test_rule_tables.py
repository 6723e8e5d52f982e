"""A table of the rules on its page: taken out as a file, brought back, looked at, taken."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from common.identity.actor import machine
from designer.drafts import files_of, save
from designer.models import Draft
from procedure_library.package import RULES
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.drafting import AT

TABLE = """
# Mức theo cách nộp.
bảng by_channel "Mức theo cách nộp" (dossier.channel) duy_nhất
  căn_cứ "Nghị quyết 1"
  dòng counter thì 30_000 VND
  dòng {online, post} thì 25_000 VND
"""
PAGE = f"{AT}/rules/tables/by_channel"


@pytest.fixture
def table(author: Any, session: Session, draft: Draft) -> Any:
    text = files_of(session, draft)[RULES] + TABLE
    save(session, draft, RULES, text, revision=1, by=machine("Lan"), at=MONDAY_MORNING)
    return author


def bring(table: Any, content: bytes, name: str = "by_channel.xlsx") -> Any:
    sent = {"csrf_token": people.token(table, PAGE), "revision": "2", "sheet": (BytesIO(content), name)}
    return table.post(f"{PAGE}/sheets", data=sent, content_type="multipart/form-data")


def changed(table: Any, **cells: Any) -> bytes:
    """The downloaded sheet with some cells written anew."""
    book = load_workbook(BytesIO(table.get(f"{PAGE}/by_channel.xlsx").data))
    for address, value in cells.items():
        book.active[address] = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def take(table: Any, preview: str, revision: str = "2") -> Any:
    text = preview.partition('name="table" hidden>\n')[2].partition("</textarea>")[0]
    sent = {
        "csrf_token": people.token(table, PAGE),
        "revision": revision,
        "table": text.replace("&#34;", '"'),
    }
    return table.post(PAGE, data=sent)


def test_the_table_is_shown_under_the_titles_of_its_facts(table: Any) -> None:
    page = table.get(PAGE).text
    assert "Cách nộp hồ sơ (dossier.channel)" in page
    assert "<td>30.000</td>" in page
    assert '{online, post}<span class="cell-meaning">Trực tuyến, Bưu chính</span>' in page
    # No row has days or a law of its own: only the file has columns for them.
    assert page.count('<th scope="col">') == 2
    assert PAGE.replace("/1/", f"/{table.draft.id}/") in table.get(f"{AT}/rules").text


@pytest.mark.parametrize(("ending", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_table_is_downloaded(table: Any, ending: str, start: bytes) -> None:
    answer = table.get(f"{PAGE}/by_channel.{ending}")
    assert answer.data.startswith(start)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=by_channel.{ending}"
    assert table.get(f"{PAGE}/other.{ending}").status_code == 404


def test_what_would_change_is_seen_before_it_is_taken(table: Any, session: Session, draft: Draft) -> None:
    before = files_of(session, draft)[RULES]
    preview = bring(
        table, changed(table, A2="Trực tiếp", B2=35000, A4="Bưu chính", B4=20000, A3="Trực tuyến")
    )
    assert preview.status_code == 200
    assert "dòng counter thì 35_000 VND" in preview.text
    assert "Nhận bảng mới" in preview.text
    assert files_of(session, draft)[RULES] == before
    assert take(table, preview.text).status_code == 303
    after = files_of(session, draft)[RULES]
    assert after.startswith(before[: before.index("bảng by_channel")])
    assert after.endswith("dòng online thì 25_000 VND\n  dòng post thì 20_000 VND\n")


def test_wrong_cells_are_told_by_address_and_nothing_is_taken(table: Any) -> None:
    answer = bring(table, changed(table, A2="Trực tuyếnn", B3="2,5"))
    assert answer.status_code == 422
    assert "A2</span>" in answer.text
    assert "«Trực tuyếnn» có chỗ không phải là câu trả lời nào của tờ khai" in answer.text
    assert "cách nhau bằng dấu phẩy: Trực tiếp, Trực tuyến, Bưu chính." in answer.text
    assert "B3</span>" in answer.text
    assert "Nhận bảng mới" not in answer.text
    answer = bring(table, changed(table, A2="Trực tuyến"))
    assert answer.status_code == 422
    assert "A3</span>" in answer.text


def test_a_file_that_says_the_same_changes_nothing(table: Any) -> None:
    answer = bring(table, changed(table))
    assert "Tệp giống hệt bảng đang có" in answer.text
    assert "Nhận bảng mới" not in answer.text


def test_no_file_and_no_sheet_are_told(table: Any) -> None:
    sent = {"csrf_token": people.token(table, PAGE), "revision": "2"}
    assert table.post(f"{PAGE}/sheets", data=sent).status_code == 422
    assert bring(table, b"nothing", "x.pdf").status_code == 422


def test_what_somebody_saved_in_between_is_not_overwritten(
    table: Any, session: Session, draft: Draft
) -> None:
    preview = bring(table, changed(table, B2=35000)).text
    text = files_of(session, draft)[RULES] + "# thêm\n"
    save(session, draft, RULES, text, revision=2, by=machine("Hoa"), at=MONDAY_MORNING)
    clash = take(table, preview)
    assert clash.status_code == 409
    assert "Hoa đã lưu phần này" in clash.text
    assert files_of(session, draft)[RULES] == text
    assert take(table, clash.text, revision="3").status_code == 303
    after = files_of(session, draft)[RULES]
    assert "35_000 VND" in after
    assert "# thêm" in after


def test_another_table_cannot_be_slipped_in(table: Any) -> None:
    for text in (
        "",
        "ngôn_ngữ vi\nbảng by_channel (dossier.area)\n  dòng bất_kỳ thì 1",
        "ngôn_ngữ vi\nphí x",
    ):
        sent = {"csrf_token": people.token(table, PAGE), "revision": "2", "table": text}
        assert table.post(PAGE, data=sent).status_code == 400
