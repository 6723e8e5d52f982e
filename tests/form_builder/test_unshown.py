"""What no page shows is named at its place in the text, and nothing else is."""

import json
from typing import Any

import pytest

from form_builder.differences import differences
from form_builder.source import read_source
from form_builder.unshown import unshown
from tests.form_builder.samples import FORMS, NAMES, form_of

NAME = {"title": "Tên", "type": "string"}
PERSON = {"type": "object", "title": "Người", "properties": {"name": NAME}}


def places(schema: Any) -> list[str]:
    return [finding.where for finding in unshown(schema)]


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_show_all_of_a_form_that_was_built_here(name: str) -> None:
    assert places(FORMS[name]) == []


@pytest.mark.parametrize(
    ("schema", "where"),
    [
        ({**form_of(name=NAME), "anyOf": [{"required": ["name"]}]}, "/anyOf"),
        ({**form_of(name=NAME), "patternProperties": {"^x": NAME}}, "/patternProperties"),
        ({**form_of(name=NAME), "additionalProperties": NAME}, "/additionalProperties"),
        ({**form_of(name=NAME), "allOf": [{"required": ["name"]}]}, "/allOf/0"),
        (
            {**form_of(name=NAME), "allOf": [{"if": {}, "then": {"properties": {"name": {"minLength": 9}}}}]},
            "/allOf/0/then/properties/name",
        ),
        ({**form_of(name=NAME), "if": {}, "then": {}, "else": {"required": ["name"]}}, "/else"),
        (form_of(name=True), "/properties/name"),
        (form_of(name={**NAME, "type": ["string", "null"]}), "/properties/name/type"),
        (form_of(name={**NAME, "contentEncoding": "base64"}), "/properties/name/contentEncoding"),
        (form_of(name={**NAME, "format": "uri-template"}), "/properties/name/format"),
        (form_of(name={"title": "Loại", "enum": ["a", 1]}), "/properties/name/enum/1"),
        (
            form_of(name={"title": "Loại", "oneOf": [{"const": "a"}, {"type": "null"}]}),
            "/properties/name/oneOf/1",
        ),
        (
            form_of(name={"title": "Số", "type": "array", "items": {"type": "integer"}}),
            "/properties/name/items",
        ),
        (form_of(name={"$ref": "https://example.vn/name.json"}), "/properties/name/$ref"),
        (form_of(**{"a/b~c": {**NAME, "not": {}}}), "/properties/a~1b~0c/not"),
        (form_of(name={**PERSON, "maxProperties": 1}), "/properties/name/maxProperties"),
        (
            {
                **form_of(a={"$ref": "#/$defs/p"}, b={"$ref": "#/$defs/p"}),
                "$defs": {"p": {**PERSON, "not": {}}},
            },
            "/$defs/p/not",
        ),
        (
            form_of(rows={"title": "Dòng", "type": "array", "items": {**PERSON, "oneOf": [{}]}}),
            "/properties/rows/items/oneOf",
        ),
    ],
)
def test_what_is_not_shown_is_named_once(schema: Any, where: str) -> None:
    assert places(schema) == [where]


def test_a_schema_that_holds_itself_is_named_where_the_form_stops() -> None:
    inner = {**PERSON, "properties": {"name": NAME, "again": {"$ref": "#/$defs/p"}}}
    assert places({**form_of(a={"$ref": "#/$defs/p"}), "$defs": {"p": inner}}) == [
        "/$defs/p/properties/again/$ref"
    ]


def test_references_that_multiply_are_counted_before_they_are_followed() -> None:
    many = {f"a{number}": {"$ref": "#/$defs/p"} for number in range(50)}
    schema = {**form_of(**many), "$defs": {"p": {"type": "object", "properties": many}}}
    read = read_source(json.dumps(schema))
    assert isinstance(read, tuple)
    assert [finding.code for finding in read] == ["form.source_too_many"]


def test_two_schemas_differ_where_they_differ() -> None:
    before = form_of(a=NAME, b={**NAME, "maxLength": 5}, c=NAME)
    after = form_of(b={**NAME, "maxLength": 6}, a=NAME, d={"title": True})
    told = {(each.kind, each.where) for each in differences(before, after)}
    assert told == {
        ("changed", "/properties/b/maxLength"),
        ("removed", "/properties/c"),
        ("added", "/properties/d"),
        ("changed", "/properties"),
    }
    assert [each.where for each in differences({"const": 1}, {"const": True})] == ["/const"]
