"""The JSON Schema of a draft's form: shown, taken away, and taken in only after it was looked at."""

import json
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy.orm import Session

from common.identity.actor import machine
from designer.drafts import files_of, save
from designer.models import Draft
from procedure_library.canonical import parsed
from procedure_library.package import FORM
from tests.conftest import MONDAY_MORNING
from tests.web.drafting import AT, send

PAGE = f"{AT}/form/source"
FOREIGN = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "title": "Đơn",
    "properties": {
        "owner": {"$ref": "#/$defs/person", "title": "Chủ hộ"},
        "fee": {"title": "Mức", "type": ["integer", "null"], "maximum": 12.50},
        "kind": {"title": "Loại", "anyOf": [{"const": "a"}, {"type": "string", "format": "uri"}]},
    },
    "anyOf": [{"required": ["owner"]}, {"required": ["fee"]}],
    "$defs": {
        "person": {
            "type": "object",
            "properties": {"name": {"title": "Tên", "type": "string"}},
            "minProperties": 1,
        }
    },
}


def saved(session: Session, draft: Draft) -> Any:
    return parsed(files_of(session, draft)[FORM])


def test_a_schema_is_looked_at_and_then_taken_whole(author: Any, session: Session, draft: Draft) -> None:
    before, text = saved(session, draft), json.dumps(FOREIGN)
    looked = send(author, f"{PAGE}/look", PAGE, content=text)
    assert looked.status_code == 200
    assert "/properties/owner" in looked.text
    for place in ("/anyOf", "/properties/fee/type", "/properties/kind/anyOf", "/$defs/person/minProperties"):
        assert f"<code>{place}</code>" in looked.text, place
    assert saved(session, draft) == before
    assert send(author, PAGE, PAGE, content=text).status_code == 303
    assert saved(session, draft) == parsed(text)
    assert author.get(f"{AT}/form").status_code == 200


def test_a_file_is_read_like_what_was_typed_and_comes_back_as_it_was_saved(
    author: Any, session: Session, draft: Draft
) -> None:
    sent = (BytesIO(b"\xef\xbb\xbf" + json.dumps(FOREIGN).encode()), "don.json")
    looked = send(author, f"{PAGE}/look", PAGE, content="", file=sent)
    assert "/properties/owner" in looked.text
    kept = author.get(f"{AT}/form.schema.json")
    assert kept.text == files_of(session, draft)[FORM]
    assert kept.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"type": "object",\n  "title" "Đơn"}', "dòng 2, cột 11"),
        ("", "dòng 1, cột 1"),
        ('{"type": "object", "title": "a", "title": "b"}', "«title» có hai lần"),
        ('{"type": "object", "default": NaN}', "không phải là số của JSON"),
        ("[" * 100_000, "lồng nhau quá sâu"),
        ('{"type": "string"}', "đối tượng"),
        ('{"type": "object", "properties": []}', "<code>/properties</code>"),
        ('{"type": "object", "x-motcua-pages": [{"key": "a"}]}', "<code>/x-motcua-pages/0</code>"),
        ('{"type": "object", "description": "' + "a" * 150_000 + '"}', "dài quá 150"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place_and_stays_on_the_page(
    author: Any, session: Session, draft: Draft, text: str, told: str
) -> None:
    before = saved(session, draft)
    for address in (f"{PAGE}/look", PAGE):
        answer = send(author, address, PAGE, content=text)
        assert answer.status_code == 422
        assert told in answer.text
        assert text[:100].replace('"', "&#34;") in answer.text
    assert saved(session, draft) == before


def test_a_file_that_is_no_text_is_told(author: Any, draft: Draft) -> None:
    answer = send(author, f"{PAGE}/look", PAGE, content="{}", file=(BytesIO(b"\xff\xfe{"), "don.json"))
    assert answer.status_code == 422
    assert "UTF-8" in answer.text


def test_who_saved_in_between_is_told_and_not_overwritten(
    author: Any, session: Session, draft: Draft
) -> None:
    ours, theirs = json.dumps(FOREIGN), '{"type": "object", "title": "Của Lan"}'
    send(author, f"{PAGE}/look", PAGE, content=ours)
    save(session, draft, FORM, theirs, revision=1, by=machine("Lan"), at=MONDAY_MORNING)
    answer = send(author, PAGE, PAGE, content=ours, revision="1")
    assert answer.status_code == 409
    assert "Lan" in answer.text
    assert saved(session, draft) == parsed(theirs)
    assert send(author, PAGE, PAGE, content=ours, revision="2").status_code == 303
    assert saved(session, draft) == parsed(ours)
