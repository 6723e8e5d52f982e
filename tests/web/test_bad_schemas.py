"""Bad input that is text, at the designer's import of a JSON Schema: told at its place, bounded, still on the page."""

import json
import time
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session

from designer.drafts import files_of
from designer.models import Draft
from procedure_library.package import FORM
from tests.web.drafting import AT, send

PAGE = f"{AT}/form/source"
SECONDS = 20


def form(**questions: Any) -> str:
    body = {"type": "object", "title": "Đơn", "properties": questions}
    return json.dumps(body, ensure_ascii=False)


def nested(depth: int) -> str:
    """Groups in groups."""
    opened = '{"type": "object", "title": "Nhóm", "properties": {"a": '
    return opened * depth + '{"type": "string", "title": "Đáy"}' + "}}" * depth


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param('{"type": "object", "maximum": 1e999999999}', "quá nhiều chữ số", id="an exponent"),
        pytest.param('{"type": "object", "maximum": -0.1e-999999999}', "quá nhiều chữ số", id="a tiny one"),
        pytest.param('{"type": "object", "maximum": ' + "9" * 5_000 + "}", "quá nhiều chữ số", id="digits"),
        pytest.param('{"type": "object", "title": "a\x00b"}', "dòng 1", id="NUL"),
        pytest.param('{"type": "object", "title": "a\\u0000b"}', "U+0000", id="NUL in an escape"),
        pytest.param('{"type": "object", "title": "a\\ud800b"}', "U+D800", id="half a letter"),
        pytest.param('{"type": "object", "title": "\u202egpj"}', "U+202E", id="words turned round"),
        pytest.param('{"type": "object", "properties": {"a\\u0000": {}}}', "U+0000", id="a hidden key"),
        pytest.param(nested(800), "lồng nhau quá sâu", id="deep groups"),
        pytest.param(
            '{"type": "object", "default": ' + "[" * 300 + "]" * 300 + "}",
            "lồng nhau quá sâu",
            id="deep values",
        ),
        pytest.param("[" * 140_000, "lồng nhau quá sâu", id="brackets"),
        pytest.param(form(**{f"q{n}": {"type": "string"} for n in range(2_000)}), "1000 câu", id="questions"),
        pytest.param('{"type": "object", "properties": {"a": 5}}', "/properties/a", id="no schema"),
        pytest.param('{"type": "object", "x-motcua-pages": 5}', "/x-motcua-pages", id="pages that are none"),
        pytest.param('{"type": "object", "required": "a"}', "/required", id="a text for a list"),
        pytest.param('"' + "a" * 149_000 + '"', "đối tượng", id="a long text"),
    ],
)
def test_what_cannot_be_taken_is_told_and_stays_on_the_page(
    author: Any, session: Session, draft: Draft, text: str, told: str
) -> None:
    before = files_of(session, draft)[FORM]
    for address in (f"{PAGE}/look", PAGE):
        began = time.process_time()
        answer = send(author, address, PAGE, content=text)
        assert time.process_time() - began < SECONDS
        assert answer.status_code == 422
        assert told in unescape(answer.text)
        assert text[:60].replace("\x00", "") in unescape(answer.text).replace("\x00", "")
    assert files_of(session, draft)[FORM] == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            form(a={"type": "string", "title": "A", "pattern": r"(a)\1"}),
            "«(a)\\1» viết sai",
            id="references",
        ),
        pytest.param(
            form(a={"type": "string", "title": "A", "pattern": "(?=x)y"}),
            "«(?=x)y» viết sai",
            id="looking on",
        ),
        pytest.param(form(a={"type": "string", "title": "A", "pattern": "("}), "viết sai", id="unfinished"),
        pytest.param(
            form(a={"type": "string", "title": "A", "pattern": "(x{900}){900}"}), "viết sai", id="a huge one"
        ),
        pytest.param(form(Ă={"type": "string", "title": "A"}), "Khóa «Ă»", id="a key with accents"),
    ],
)
def test_what_is_wrong_with_a_form_that_can_be_read_is_told_before_it_is_saved(
    author: Any, draft: Draft, text: str, told: str
) -> None:
    looked = send(author, f"{PAGE}/look", PAGE, content=text)
    assert looked.status_code == 200
    assert told in unescape(looked.text)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("</textarea><script>alert(1)</script>", "</textarea><script>alert(1)</script>"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_words_of_a_form_are_words(
    author: Any, session: Session, draft: Draft, title: str, kept: str
) -> None:
    text = form(a={"type": "string", "title": title})
    looked = send(author, f"{PAGE}/look", PAGE, content=text)
    assert looked.status_code == 200
    assert send(author, PAGE, PAGE, content=text).status_code == 303
    assert json.loads(files_of(session, draft)[FORM])["properties"]["a"]["title"] == kept
    for page in (PAGE, f"{AT}/form", f"{AT}/form/preview/form"):
        shown = author.get(page)
        assert "<script>alert(1)" not in shown.text, page


def test_a_pattern_that_would_backtrack_is_taken_and_runs_at_once(author: Any, draft: Draft) -> None:
    text = form(a={"type": "string", "title": "A", "pattern": "^(a+)+$"})
    assert send(author, PAGE, PAGE, content=text).status_code == 303


def test_a_body_that_is_too_long_is_told_as_such(author: Any, draft: Draft) -> None:
    answer = send(author, f"{PAGE}/look", PAGE, content="a" * 3_000_000)
    assert answer.status_code == 413
    assert "nút quay lại của trình duyệt" in unescape(answer.text)
