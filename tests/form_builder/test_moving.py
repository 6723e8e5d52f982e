"""A field moves anywhere in the form and takes along all that is said of it."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.problems import Refusal
from form_builder.editing import Spot, place_field, question_at
from form_builder.schema import read_form
from tests.form_builder.samples import FORMS, NAMES, form_of

NAME = {"title": "Tên", "type": "string"}
GROUP = {"title": "Nhóm", "type": "object", "properties": {"name": {"title": "Khác", "type": "string"}}}
ROWS = {
    "title": "Dòng",
    "type": "array",
    "items": {"type": "object", "properties": {"id": {"type": "string"}, "copies": {"type": "integer"}}},
}


def paths(schema: Any) -> list[str]:
    return [field.path for field in read_form(schema).every_field()]


@pytest.mark.parametrize(
    ("path", "spot", "order"),
    [
        ("a", Spot("two", at=0), ["b", "g", "g.name", "a", "r", "r.copies"]),
        ("b", Spot("one", at=0), ["b", "a", "g", "g.name", "r", "r.copies"]),
        ("a", Spot(block="g"), ["b", "g", "g.name", "g.a", "r", "r.copies"]),
        ("a", Spot(block="r", at=0), ["b", "g", "g.name", "r", "r.a", "r.copies"]),
        ("g.name", Spot("one", at=0), ["name", "a", "b", "g", "r", "r.copies"]),
        ("g.name", Spot(block="r"), ["a", "b", "g", "r", "r.copies", "r.name"]),
        ("g", Spot(block="r"), ["a", "b", "r", "r.copies", "r.g", "r.g.name"]),
        ("r.copies", Spot("two"), ["a", "b", "g", "g.name", "r", "copies"]),
    ],
)
def test_a_field_stands_where_it_was_put(path: str, spot: Spot, order: list[str]) -> None:
    pages = [
        {"key": "one", "title": "1", "fields": ["a", "b", "g"]},
        {"key": "two", "title": "2", "fields": ["r"]},
    ]
    schema = {**form_of(a=NAME, b=NAME, g=GROUP, r=ROWS), "required": ["a", "g"], "x-motcua-pages": pages}
    before = deepcopy(schema)
    moved = place_field(schema, path, spot)
    assert not isinstance(moved, Refusal)
    assert paths(moved[0]) == order
    assert question_at(moved[0], moved[1]) == question_at(schema, path)
    assert schema == before


def test_a_key_that_is_taken_there_gets_a_number() -> None:
    moved = place_field(form_of(name=NAME, g=GROUP), "g.name", Spot("form", at=0))
    assert not isinstance(moved, Refusal)
    assert moved[1] == "name_2"
    assert paths(moved[0]) == ["name_2", "name", "g"]


@pytest.mark.parametrize(
    ("path", "spot", "code"),
    [
        ("g", Spot(block="g"), "form.move_into_itself"),
        ("b", Spot(block="g"), "form.move_loses_case"),
        ("c", Spot(block="g"), "form.move_loses_case"),
    ],
)
def test_a_move_that_would_lose_something_is_refused(path: str, spot: Spot, code: str) -> None:
    case = {"if": {"required": ["a"]}, "then": {"required": ["b"]}}
    schema = {**form_of(a=NAME, b=NAME, c=NAME, g=GROUP), "allOf": [case], "dependentRequired": {"a": ["c"]}}
    moved = place_field(schema, path, spot)
    assert isinstance(moved, Refusal)
    assert moved.code == code


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_every_field_keeps_what_was_decided(name: str, data: st.DataObject) -> None:
    form = read_form(FORMS[name])
    blocks = ["", *(each.path for each in form.every_field() if each.kind in ("group", "rows"))]
    path, block = data.draw(st.sampled_from(paths(FORMS[name]))), data.draw(st.sampled_from(blocks))
    page, at = data.draw(st.sampled_from(form.pages)).key, data.draw(st.integers(0, 9))
    moved = place_field(FORMS[name], path, Spot(page, block, at))
    if isinstance(moved, Refusal):
        return
    assert question_at(moved[0], moved[1]) == question_at(FORMS[name], path)
    assert len(paths(moved[0])) == len(paths(FORMS[name]))
