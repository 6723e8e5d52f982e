"""Schemas from anywhere pass through the builder unharmed: what nobody decided anew stays as it was written."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from common.text import Text
from designer.form_text import form_in, form_text
from form_builder.differences import differences
from form_builder.editing import (
    PageHead,
    Question,
    add_field,
    add_page,
    change_field,
    move_field,
    move_page,
    question_at,
    remove_field,
)
from form_builder.editing.question import LIMITS
from form_builder.form import Choice
from form_builder.schema import read_form
from form_builder.source import read_source

PAGE = PageHead(Text("Trang mới"))
KEYS = ("a", "b", "c", "d", "e")
# Members that the builder has no box for.
foreign = st.fixed_dictionaries(
    {},
    optional={
        "$comment": st.just("Điều 5"),
        "default": st.just("x"),
        "examples": st.just(["x"]),
        "deprecated": st.just(False),
        "contentEncoding": st.just("base64"),
        "x-other": st.just({"properties": {"b": 1, "a": 2}}),
    },
)
said = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Tên", "Số"]),
        "description": st.just("Ghi rõ"),
        "x-motcua-en": st.sampled_from([{"title": "Name"}, {"title": "Name", "placeholder": "Lan"}]),
    },
)
entry = st.sampled_from(
    [{"const": "x"}, {"const": "y", "title": "Y", "deprecated": True}, {"const": 5}, {"type": "null"}]
)
shapes = st.one_of(
    st.sampled_from(
        [
            {"type": "string", "pattern": "^a", "maxLength": 9},
            {"type": "integer", "minimum": 1, "exclusiveMaximum": 9},
            {"type": "number", "maximum": Decimal("2.5"), "multipleOf": Decimal("0.5")},
            {"type": "boolean"},
            {"type": "string", "format": "date"},
            {"enum": ["x", "y", 3]},
            {"type": ["string", "null"]},
            {"type": "integer", "x-motcua-kind": "money"},
            {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            {"type": "array", "items": {"type": "string", "enum": ["x", "y"]}, "uniqueItems": True},
            {"$ref": "#/$defs/word"},
            {"$ref": "#/$defs/kinds"},
            {"$ref": "#/$defs/person"},
            {"$ref": "#/$defs/alone"},
            {"$ref": "https://example.vn/schema.json"},
        ]
    ),
    st.lists(entry, min_size=1, max_size=3, unique_by=str).map(lambda some: {"oneOf": some}),
)
named = st.sampled_from(KEYS)
tests = named.map(lambda key: {"properties": {key: {"const": True}}, "required": [key]})
then = st.fixed_dictionaries(
    {},
    optional={
        "required": st.lists(named, max_size=2, unique=True),
        "properties": st.dictionaries(named, st.just(True) | st.just({"minLength": 2}), max_size=2),
    },
)
case = st.fixed_dictionaries(
    {"if": tests, "then": then}, optional={"else": then, "$comment": st.just("Điều 5")}
)
WORD = {"type": "string", "title": "Chữ", "maxLength": 40, "x-other": 1}
PERSON = {
    "type": "object",
    "properties": {"a": {"title": "Tên", "type": "string", "$comment": "x"}, "b": {"$ref": "#/$defs/word"}},
    "required": ["a"],
    "minProperties": 1,
}
DEFINITIONS = {
    "word": WORD,
    "person": PERSON,
    "alone": deepcopy(PERSON),
    "kinds": {"oneOf": [{"const": "x", "title": "X"}, {"const": "y"}]},
}


def holders(fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda properties, more, beside: {"type": "object", "properties": properties, **more, **beside},
        st.dictionaries(named, fields, min_size=1, max_size=4),
        st.fixed_dictionaries(
            {},
            optional={
                "required": st.lists(named, max_size=3, unique=True),
                "allOf": st.lists(case | st.just({"required": ["a"]}), min_size=1, max_size=3),
                "dependentRequired": st.just({"a": ["b"]}),
                "additionalProperties": st.booleans(),
                "anyOf": st.just([{"required": ["a"]}, {}]),
            },
        ),
        foreign,
    )


leaves = st.builds(lambda shape, words, more: {**words, **shape, **more}, shapes, said, foreign)
groups = st.builds(lambda holder, words: {**words, **holder}, holders(leaves), said)
rows = st.builds(
    lambda holder, words: {
        **words,
        "type": "array",
        "items": {**holder, "properties": {"id": {"type": "string"}, **holder["properties"]}},
        "contains": {},
    },
    holders(leaves),
    said,
)
schemas = st.builds(
    lambda root, words: {**words, **root, "$defs": DEFINITIONS}, holders(leaves | groups | rows), said
)
drawn = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def leaf_paths(schema: Any) -> list[str]:
    return [field.path for field in read_form(schema).every_field()]


def written_at(schema: Mapping[str, Any], path: str) -> set[str]:
    """Every pointer at which the field may be written: its own, or in the definition on its way."""
    places, found = {""}, set()
    for key in path.split("."):
        found = {f"{place}{inner}/properties/{key}" for place in places for inner in ("", "/items")}
        places = found | {f"/$defs/{name}" for name in DEFINITIONS}
    return found | {f"/$defs/{name}/properties/{key}" for name in DEFINITIONS}


def only_there(schema: Any, changed: Any, path: str, also: tuple[str, ...] = ()) -> None:
    """Only the field's pointer differs, or (`also`) where the object that holds it says whom it asks."""
    places = written_at(schema, path)
    for each in differences(schema, changed):
        holders = {place.rpartition("/properties/")[0] for place in places}
        near = {f"{holder}/{name}" for holder in holders for name in also}
        assert any(f"{each.where}/".startswith(f"{place}/") for place in places | near), each
    others = [each for each in leaf_paths(schema) if not f"{each}.".startswith(f"{path}.")]
    assert {each: question_at(changed, each) for each in others} == {
        each: question_at(schema, each) for each in others
    }


def is_shared(schema: Any, path: str) -> bool:
    """Whether a definition is on the way to the field that other places may use: there it is written out."""
    form, above = read_form(schema), path.split(".")[:-1]
    blocks = [form.field_at(".".join(above[: number + 1])) for number in range(len(above))]
    return any(block is not None and "minProperties" in block.schema for block in blocks)


@given(schema=schemas)
@drawn
def test_a_schema_is_the_same_after_it_was_saved_and_read(schema: Any) -> None:
    text = form_text(schema)
    assert read_source(text) == schema
    assert form_in(text) == schema
    assert form_text(form_in(text) or {}) == text


@given(schema=schemas, data=st.data())
@drawn
def test_deciding_nothing_anew_changes_nothing(schema: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(leaf_paths(schema)))
    question = question_at(schema, path)
    assert question is not None
    assert change_field(schema, path, question) == schema


def title(question: Question) -> Question:
    return replace(question, title=Text("Tên mới", question.title.en))


def helped(question: Question) -> Question:
    return replace(question, help=Text("Xem mặt sau", "See the back"))


def unhelped(question: Question) -> Question:
    return replace(question, help=Text(""))


def limit(question: Question) -> Question:
    return replace(question, most=Decimal(7))


def unlimited(question: Question) -> Question:
    return replace(question, most=None, least=None)


def chosen(question: Question) -> Question:
    return replace(question, choices=(*question.choices[1:], Choice("z", Text("Z", "Z"))))


def relabelled(question: Question) -> Question:
    return replace(
        question, choices=tuple(replace(each, label=Text("Mới", each.label.en)) for each in question.choices)
    )


EDITS = {
    "title": title,
    "help": helped,
    "no help": unhelped,
    "limit": limit,
    "no limit": unlimited,
    "choices": chosen,
    "labels": relabelled,
    "personal": lambda question: replace(question, personal="contact"),
    "prefill": lambda question: replace(question, prefill="profile.phone"),
}


@pytest.mark.parametrize("name", EDITS)
@given(schema=schemas, data=st.data())
@drawn
def test_one_edit_changes_only_the_place_of_its_field(name: str, schema: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(leaf_paths(schema)))
    question = question_at(schema, path)
    assert question is not None
    assume(name not in ("limit", "no limit") or question.kind in LIMITS)
    assume(name not in ("choices", "labels") or question.kind in ("choice", "choices"))
    before, decided = deepcopy(schema), EDITS[name](question)
    changed = change_field(schema, path, decided)
    assert schema == before
    assert question_at(changed, path) == decided
    if not is_shared(schema, path):
        only_there(schema, changed, path)


@given(schema=schemas, data=st.data(), required=st.booleans(), is_always=st.booleans())
@drawn
def test_when_it_is_asked_changes_only_what_names_the_field(
    schema: Any, data: st.DataObject, required: bool, is_always: bool
) -> None:
    path = data.draw(st.sampled_from(leaf_paths(schema)))
    question = question_at(schema, path)
    assert question is not None
    key = path.rpartition(".")[2]
    test = data.draw(tests)
    assume(key not in test["required"])
    decided = replace(question, required=required, asked_when=() if is_always else (test,))
    changed = change_field(schema, path, decided)
    read = question_at(changed, path)
    assert read is not None
    assert (read.required, read.asked_when) == (decided.required, decided.asked_when)
    if not is_shared(schema, path):
        only_there(schema, changed, path, also=("required", "allOf"))


@given(schema=schemas)
@drawn
def test_moving_and_adding_touch_nothing_but_the_order(schema: Any) -> None:
    keys = [field.key for field in read_form(schema).fields]
    moved = move_field(schema, keys[0], 1)
    assert {each.where.split("/")[1] for each in differences(schema, moved)} <= {
        "properties",
        "x-motcua-pages",
    }
    assert moved["properties"] == schema["properties"]
    paged, page = add_page(schema, PAGE)
    assert {
        name: part for name, part in move_page(paged, page, -1).items() if name != "x-motcua-pages"
    } == schema
    grown, path = add_field(schema, Question("text", Text("Câu mới")))
    assert {each.where for each in differences(schema, grown)} <= {f"/properties/{path}", "/x-motcua-pages"}
    assert remove_field(grown, path) == {
        **schema,
        "x-motcua-pages": grown["x-motcua-pages"][:0]
        or [{**page, "fields": keys} for page in grown["x-motcua-pages"]],
    }
