"""An author decides which files a question takes; on the pages of a draft files are only supposed."""

import json
from typing import Any

from sqlalchemy.orm import Session

from designer.drafts import files_of
from designer.models import Draft
from procedure_library.package import FORM
from tests.web.drafting import AT, boxes, send

NEW = f"{AT}/form/new-field?page=documents&kind=document"
FIELD = f"{AT}/form/fields/ban_chup"
SCANS = {
    "title_vi": "Bản chụp",
    "title_en": "Scans",
    "kind": "document",
    "page": "documents",
    "files": ["pdf", "word"],
    "megabytes": "5",
    "component": "legalisation",
    "most": "3",
}


def asked(session: Session, draft: Draft) -> Any:
    return json.loads(files_of(session, draft)[FORM])["properties"]["ban_chup"]


def test_kinds_size_number_and_component_stand_in_the_form(
    author: Any, session: Session, draft: Draft
) -> None:
    assert "Tính cho thành phần hồ sơ" in author.get(NEW).text
    assert send(author, f"{AT}/form/fields", NEW, **SCANS).status_code == 303
    assert asked(session, draft) == {
        "type": "array",
        "items": {"type": "string", "format": "file-digest"},
        "uniqueItems": True,
        "title": "Bản chụp",
        "x-motcua-en": {"title": "Scans"},
        "maxItems": 3,
        "x-motcua-files": ["pdf", "word"],
        "x-motcua-megabytes": 5,
        "x-motcua-component": "legalisation",
    }


def test_what_was_decided_stands_in_the_boxes_and_comes_back_unchanged(
    author: Any, session: Session, draft: Draft
) -> None:
    send(author, f"{AT}/form/fields", NEW, **SCANS)
    before = asked(session, draft)
    page = author.get(FIELD).text
    typed = {**boxes(page), "files": ["pdf", "word"]}
    assert [typed[name] for name in ("megabytes", "component", "most")] == [["5"], ["legalisation"], ["3"]]
    assert send(author, FIELD, FIELD, **typed).status_code == 303
    assert asked(session, draft) == before
    assert send(author, FIELD, FIELD, **{**typed, "megabytes": "", "component": ""}).status_code == 303
    changed = asked(session, draft)
    assert {"x-motcua-megabytes", "x-motcua-component"} & changed.keys() == set()


def test_a_size_that_is_no_number_is_told(author: Any, session: Session, draft: Draft) -> None:
    refused = send(author, f"{AT}/form/fields", NEW, **{**SCANS, "megabytes": "lớn"})
    assert (refused.status_code, "Nhập số" in refused.text) == (422, True)


def test_on_the_pages_of_a_draft_a_file_is_supposed_by_a_tick(
    author: Any, session: Session, draft: Draft
) -> None:
    send(author, f"{AT}/form/fields", NEW, **SCANS)
    page = author.get(f"{AT}/form/preview/documents").text
    assert "Coi như đã đính kèm tệp" in page
    assert 'type="file"' not in page
