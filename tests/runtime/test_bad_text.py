"""Bad input that is text, at the doors of citizens and of the counter: told clearly, bounded, and still on the page."""

import time
import unicodedata
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from runtime.demo.accounts import PASSWORD
from runtime.models.applications import Application
from tests.runtime.small import MONDAY
from tests.runtime.town import FORM, Town, publish_small
from tests.web.people import send, sign_in, token

# Far more than any of these takes: what is bounded takes milliseconds, what is not takes hours.
SECONDS = 20
QUESTIONS = {
    **FORM["properties"],
    "word": {"type": "string", "title": "Mã", "pattern": "^(a+)+$"},
    "note": {"type": "string", "title": "Ghi chú", "x-motcua-kind": "long_text", "maxLength": 100},
    "area": {"type": "number", "title": "Diện tích", "multipleOf": 0.01},
    "count": {"type": "integer", "title": "Số tầng", "maximum": 9},
    "how": {"type": "string", "title": "Cách nhận", "enum": ["tại quầy", "bưu chính"]},
    "things": {
        "type": "array",
        "title": "Đồ vật",
        "items": {"type": "object", "properties": {"name": {"type": "string", "title": "Tên"}}},
    },
}
ASKING: dict[str, Any] = {
    **FORM,
    "x-motcua-pages": [{"key": "person", "title": {"vi": "Hồ sơ"}, "fields": list(QUESTIONS)}],
    "properties": QUESTIONS,
}
RIGHT = {
    "person.full_name": "Nguyễn Thị Lan",
    "person.identity_number": "038190000777",
    "person.copies": "3",
}
LONG = "a" * 100_000


@pytest.fixture(params=["portal", "counter"])
def door(request: pytest.FixtureRequest, town: Town, client: FlaskClient) -> str:
    """The address of an application with these questions, at home or at the counter."""
    publish_small(town.session, MONDAY, effective_from=MONDAY.date(), form=ASKING)
    citizen = request.param == "portal"
    begun = town.begun(town.citizen() if citizen else town.official("reception"))
    sign_in(client, "congdan" if citizen else "tiepnhan", PASSWORD)
    return f"/applications/{begun.id}/pages/person" if citizen else f"/desk/counter/{begun.id}"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param({"word": f"{LONG}!"}, "«Mã» không đúng mẫu", id="a pattern that backtracks"),
        pytest.param({"note": "dài " * 50_000}, "«Ghi chú» quá dài", id="200,000 letters"),
        pytest.param({"note": "e" + "\u0301" * 150_000}, "«Ghi chú» quá dài", id="a heap of accents"),
        pytest.param({"area": "1" * 400_000}, "«Diện tích» không phải là số", id="400,000 digits"),
        pytest.param({"area": f"0,{'1234567890' * 3}"}, "«Diện tích»", id="more decimals than JSON keeps"),
        pytest.param({"area": "1e999999999"}, "«Diện tích» không phải là số", id="an exponent"),
        pytest.param({"area": "NaN"}, "«Diện tích» không phải là số", id="not a number"),
        pytest.param({"count": "mười"}, "«Số tầng» không phải là số", id="words for a number"),
        pytest.param({"count": "9" * 39}, "«Số tầng» quá lớn", id="a number of 39 digits"),
        pytest.param({"count": "٣"}, "«Số tầng» không phải là số", id="digits of another script"),
        pytest.param({"person.copies": "-1"}, "quá nhỏ", id="less than nothing"),
        pytest.param({"note": f"{'<script>' * 20}"}, "«Ghi chú» quá dài", id="markup"),
    ],
)
def test_what_is_wrong_is_told_and_stays_on_the_page(
    client: FlaskClient, door: str, typed: Mapping[str, str], told: str
) -> None:
    began = time.process_time()
    answer = send(client, door, door, **{**RIGHT, **typed})
    assert time.process_time() - began < SECONDS
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert told in page
    for text in typed.values():
        assert unicodedata.normalize("NFC", text[:200]) in page or text[:200] in page
    assert "Nguyễn Thị Lan" in page
    assert "<script>" not in answer.text.replace("<script src", "")


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("note", "Lan\x00 Anh", "Lan Anh"),
        ("note", unicodedata.normalize("NFD", "Nguyễn Thị Thuỳ"), "Nguyễn Thị Thuỳ"),
        ("note", "an\u202egpj.exe\u2066", "angpj.exe"),
        ("note", "\ufeffĐường  số 1\r\n\r\nTổ 2\t", "Đường số 1\n\nTổ 2"),
        ("note", "שלום العربية", "שלום العربية"),
        ("note", "'; drop table dossiers; --", "'; drop table dossiers; --"),
        ("note", "{{ 7 * 7 }} %(x)s {0}", "{{ 7 * 7 }} %(x)s {0}"),
        ("word", " aaa\u200e ", "aaa\u200e"),
        ("things.0.name", "x\x0b\x1f", "x"),
    ],
)
def test_what_can_be_kept_is_kept_clean(
    town: Town, client: FlaskClient, door: str, name: str, text: str, kept: str
) -> None:
    send(client, door, door, **{**RIGHT, name: text})
    (saved,) = [each for each in town.all(Application) if f"/{each.id}" in door]
    town.session.refresh(saved)
    answer: Any = saved.answers
    for part in name.split("."):
        answer = answer[int(part)] if part.isdecimal() else answer.get(part)
    assert answer == kept


@pytest.mark.parametrize(
    "typed",
    [
        {"person.role": "administrator", "admin": "true", "id": "1"},
        {".".join(["person"] * 5_000): "x"},
        {"person": "x", "things": "y", "things.0": "z", "things.x.name": "w"},
        {"things.-1.name": "x", "things.99999999999999999999.name": "y", "things.1e5.name": "z"},
        {
            "add-row": "person",
            "remove-row": "things.7",
            "left-input": "../../etc",
            "marked-wrong": "x" * 1_000,
        },
        {"how": "qua đường bưu chính", "how ": "x"},
        {f"khác{number}": "x" for number in range(900)},
    ],
    ids=[
        "further keys",
        "deep keys",
        "answers to blocks",
        "odd rows",
        "odd buttons",
        "no choice",
        "many keys",
    ],
)
def test_what_the_form_does_not_ask_is_not_kept(
    town: Town, client: FlaskClient, door: str, typed: Mapping[str, str]
) -> None:
    answer = send(client, door, door, **{**RIGHT, **typed})
    assert answer.status_code in (200, 303, 422)
    (saved,) = [each for each in town.all(Application) if f"/{each.id}" in door]
    town.session.refresh(saved)
    assert set(saved.answers) <= set(QUESTIONS)
    assert set(saved.answers["person"]) <= set(QUESTIONS["person"]["properties"])
    assert "Nguyễn Thị Lan" in unescape(answer.text) + str(saved.answers)


def test_ten_thousand_rows_are_told_and_no_more_than_two_hundred_are_read(
    town: Town, client: FlaskClient, door: str
) -> None:
    rows = {f"things.{number}.name": f"đồ {number}" for number in range(10_000)}
    began = time.process_time()
    answer = send(client, door, door, **{**RIGHT, **rows})
    assert time.process_time() - began < SECONDS
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "«Đồ vật» có quá nhiều" in page
    assert "nhiều nhất 200" in page
    assert "đồ 199" in page
    assert "Nguyễn Thị Lan" in page


def test_a_body_that_is_too_long_is_told_as_such_and_what_was_saved_stays(
    town: Town, client: FlaskClient, door: str
) -> None:
    send(client, door, door, **{**RIGHT, "note": "giữ"})
    began = time.process_time()
    answer = send(client, door, door, **{**RIGHT, "note": "a" * 3_000_000})
    assert time.process_time() - began < SECONDS
    assert answer.status_code == 413
    assert "nút quay lại của trình duyệt" in unescape(answer.text)
    (saved,) = [each for each in town.all(Application) if f"/{each.id}" in door]
    town.session.refresh(saved)
    assert saved.answers["note"] == "giữ"


@pytest.mark.parametrize(("rows", "status"), [(200, 200), (1_000, 422), (2_000, 413)])
def test_a_long_form_with_files_is_read_like_one_without(
    town: Town, client: FlaskClient, rows: int, status: int
) -> None:
    """The counter sends every input as a part of its own: two hundred rows of six questions are no attack."""
    publish_small(town.session, MONDAY, effective_from=MONDAY.date(), form=ASKING)
    begun = town.begun(town.official("reception"))
    sign_in(client, "tiepnhan", PASSWORD)
    door = f"/desk/counter/{begun.id}"
    typed = {f"things.{number}.{part}": "đồ" for number in range(rows) for part in "abcdef"}
    data = {**RIGHT, **typed, "csrf_token": token(client, door)}
    answer = client.post(door, data=data, content_type="multipart/form-data")
    assert answer.status_code == status
