"""Questions that ask from a long list, and cases that read them."""

import json
from typing import Any

from sqlalchemy.orm import Session

from designer.drafts import file_of, files_of, save
from designer.models import Draft
from procedure_library.package import FORM
from tests.conftest import MONDAY_MORNING
from tests.web.drafting import AT, LAN, boxes, send

NEW = f"{AT}/form/new-field?page=documents&kind=nationality"
NATIONALITY = {"title_vi": "Quốc tịch", "title_en": "Nationality", "kind": "nationality", "page": "documents"}
VISA = {"title_vi": "Số thị thực", "title_en": "Visa", "kind": "text", "page": "documents"}


def form(session: Session, draft: Draft) -> Any:
    return json.loads(files_of(session, draft)[FORM])


def test_a_nationality_is_asked_without_listing_the_countries(
    author: Any, session: Session, draft: Draft
) -> None:
    assert send(author, f"{AT}/form/fields", NEW, **NATIONALITY).status_code == 303
    asked = form(session, draft)["properties"]["quoc_tich"]
    assert asked["format"] == "nationality"
    assert "oneOf" not in asked
    assert "Campuchia" in author.get(f"{AT}/form/preview/documents").text


def test_a_case_reads_a_usual_answer_and_a_rare_one_is_kept(
    author: Any, session: Session, draft: Draft
) -> None:
    send(author, f"{AT}/form/fields", NEW, **NATIONALITY)
    page = author.get(f"{AT}/form/new-field?page=documents&kind=text").text
    assert "không phải là «Việt Nam»" in page
    assert "«Pháp»" not in page
    usual = json.dumps(["quoc_tich", "is", "LA"], ensure_ascii=False)
    send(author, f"{AT}/form/fields", NEW, **VISA, **{"cases-0-case": usual})
    before = form(session, draft)
    case = {"properties": {"quoc_tich": {"const": "LA"}}, "required": ["quoc_tich"]}
    assert case in [each["if"] for each in before["allOf"]]

    rare = json.loads(json.dumps(before).replace('"const": "LA"', '"const": "FR"'))
    assert _saved(author, session, draft, rare)
    field = f"{AT}/form/fields/so_thi_thuc"
    opened = author.get(field).text
    assert "Điều kiện số 1 như đang có" in opened
    assert (
        send(author, field, field, **{**boxes(opened), "title_vi": "Số thị thực nhập cảnh"}).status_code
        == 303
    )
    assert form(session, draft)["allOf"] == rare["allOf"]


def _saved(author: Any, session: Session, draft: Draft, schema: Any) -> bool:
    revision = file_of(session, draft, FORM).revision
    save(
        session,
        draft,
        FORM,
        json.dumps(schema, ensure_ascii=False),
        revision=revision,
        by=LAN,
        at=MONDAY_MORNING,
    )
    return form(session, draft) == schema


def test_a_block_brings_its_questions_and_is_then_a_group_like_any_other(
    author: Any, session: Session, draft: Draft
) -> None:
    new = f"{AT}/form/new-field?page=documents&kind=organisation"
    assert "Khối tổ chức" in author.get(new).text
    typed = {"title_vi": "Bên bảo lãnh", "title_en": "Guarantor", "kind": "organisation", "page": "documents"}
    preview = send(author, f"{AT}/form/question", new, **typed).text
    assert "Người đại diện theo pháp luật" in preview
    assert send(author, f"{AT}/form/fields", new, **typed).status_code == 303
    block = form(session, draft)["properties"]["ben_bao_lanh"]
    assert (block["type"], block["title"], block["required"][0]) == ("object", "Bên bảo lãnh", "name")
    opened = author.get(f"{AT}/form/fields/ben_bao_lanh").text
    assert '<option value="group" selected>' in opened
    assert 'value="organisation"' not in opened
