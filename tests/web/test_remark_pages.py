"""Headings, notes and computed amounts on the pages of a draft's form."""

import json
import re
from typing import Any

import pytest
from sqlalchemy.orm import Session

from designer.drafts import files_of
from designer.models import Draft
from procedure_library.package import FORM
from tests.web.drafting import AT, send

PAGE = f"{AT}/form/pages/documents"
NOTE = {
    "kind": "note",
    "text_vi": "Mang theo bản chính.\r\nCán bộ trả lại ngay.",
    "text_en": "Bring the original.",
}


def items(session: Session, draft: Draft) -> list[Any]:
    pages = json.loads(files_of(session, draft)[FORM])["x-motcua-pages"]
    return next(list(page["fields"]) for page in pages if page["key"] == "documents")


def test_a_note_is_written_changed_moved_and_taken_out(author: Any, session: Session, draft: Draft) -> None:
    before = items(session, draft)
    new = f"{PAGE}/new-remark?kind=note"
    assert send(author, f"{PAGE}/remarks", new, **NOTE).status_code == 303
    place = len(before)
    note = {"note": {"vi": "Mang theo bản chính.\nCán bộ trả lại ngay.", "en": "Bring the original."}}
    assert items(session, draft) == [*before, note]
    here = f"{PAGE}/remarks/{place}"
    assert "Bring the original." in author.get(here).text
    assert "Mang theo bản chính." in author.get(f"{AT}/form").text
    assert "Mang theo bản chính." in author.get(f"{AT}/form/preview/documents").text

    send(author, here, here, kind="heading", text_vi="Giấy \r\ntờ", text_en="Papers")
    heading = {"heading": {"vi": "Giấy tờ", "en": "Papers"}}
    send(author, f"{here}/place", here, to="up")
    assert items(session, draft) == [*before[:-1], heading, before[-1]]
    moved = f"{PAGE}/remarks/{place - 1}"
    send(author, f"{moved}/removal", moved)
    assert items(session, draft) == before


def test_an_amount_is_chosen_among_the_charges_of_the_draft(
    author: Any, session: Session, draft: Draft
) -> None:
    new = f"{PAGE}/new-remark?kind=computed"
    opened = author.get(new).text
    select = opened.partition("<select")[2].partition("</select>")[0]
    assert re.findall(r'value="(\w+)"', select) == ["certification"]
    assert send(author, f"{PAGE}/remarks", new, kind="computed", rule="certification").status_code == 303
    assert items(session, draft)[-1] == {"computed": "certification"}
    assert "Giá trị tính sẵn" in author.get(f"{AT}/form").text
    preview = author.get(f"{AT}/form/preview/documents").text
    assert "Phí chứng thực bản sao từ bản chính" in preview.partition('class="remark-computed"')[2]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "note", "text_vi": " "}, "Ghi nội dung bằng tiếng Việt"),
        ({"kind": "heading", "text_vi": "a" * 201}, "không quá 200 chữ"),
        ({"kind": "computed"}, "Chọn phí, lệ phí hoặc giá trị đặt tên"),
    ],
)
def test_what_is_missing_is_said_and_nothing_saved(
    author: Any, session: Session, draft: Draft, typed: dict[str, str], said: str
) -> None:
    before = items(session, draft)
    answer = send(author, f"{PAGE}/remarks", f"{PAGE}/new-remark?kind={typed['kind']}", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert items(session, draft) == before


def test_where_no_remark_stands_there_is_no_page(author: Any, draft: Draft) -> None:
    assert author.get(f"{PAGE}/remarks/0").status_code == 404
    assert author.get(f"{AT}/form/pages/nowhere/new-remark?kind=note").status_code == 404
    unknown = send(author, f"{PAGE}/remarks", f"{PAGE}/new-remark?kind=note", kind="picture", text_vi="a")
    assert unknown.status_code == 404
