"""The swift validator says what the judge says: on real forms, and on schemas and answers drawn at random."""

import json
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_builder import validators
from form_builder.judge import problems
from form_builder.kinds import KINDS
from form_builder.patterns import matches, pattern_of
from form_builder.schema import Source, read_form
from form_builder.swift import swift_validator
from tests.form_builder.samples import ANSWERS, FORMS, PLACES, answers_for, read

# Far more pairs than one run draws were tried while it was written; how fast it is is for `make bench`.
drawn = settings(max_examples=300, deadline=None)
TEXTS = st.sampled_from(
    [
        "",
        "a",
        "Nguyễn Văn Bé",
        "0912345678",
        "001085123456",
        "0100233488",
        "VN",
        "55",
        "01",
        "00004",
        "11914",
        "2026-03",
        "2026-02-30",
        "2026-03-02",
        "15:30",
    ]
)
VALUES = st.one_of(
    TEXTS,
    st.text(max_size=4),
    st.integers(-10, 10),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-99, max_value=99),
    st.booleans(),
    st.none(),
)
LEAVES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "number", "boolean", "null"]),
        "minLength": st.integers(0, 3),
        "maxLength": st.integers(0, 3),
        "minimum": st.integers(-5, 5),
        "exclusiveMaximum": st.sampled_from([0, Decimal("1.5"), 5]),
        "multipleOf": st.sampled_from([2, Decimal("0.1"), Decimal("0.25")]),
        "pattern": st.sampled_from(["^a", r"^\d{3}", r"^\w+$", "^[A-Za-zÀ-ỹ ]+$", "é$"]),
        "format": st.sampled_from(
            [
                "date",
                "month",
                "local-time",
                "email",
                "phone",
                "identity-number",
                "tax-number",
                "nationality",
                "ethnic-group",
                "province",
                "commune",
                "uuid",
                "unheard-of",
            ]
        ),
        "const": VALUES,
        "enum": st.lists(VALUES, min_size=1, max_size=3),
        "oneOf": st.lists(st.builds(lambda value: {"const": value}, VALUES), min_size=1, max_size=3),
    },
)
LISTS = st.fixed_dictionaries(
    {"type": st.just("array")},
    optional={
        "items": LEAVES,
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 2),
        "uniqueItems": st.booleans(),
        "contains": LEAVES,
    },
)
KEYS = st.sampled_from("abcd")


def _object(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    keys = st.lists(KEYS, unique=True, max_size=2)
    case = st.builds(
        lambda read, test, ask: {
            "if": {"properties": {read: test}, "required": [read]},
            "then": {"required": ask},
        },
        KEYS,
        LEAVES,
        keys,
    )
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(KEYS, inner, max_size=4)},
        optional={
            "required": keys,
            "additionalProperties": st.booleans(),
            "allOf": st.lists(case, min_size=1, max_size=2),
            "dependentRequired": st.dictionaries(KEYS, keys, max_size=2),
            "not": st.builds(lambda key: {"required": [key]}, KEYS),
        },
    )


ADDRESS = {**KINDS["address"].shape, "x-motcua-kind": "address"}
SCHEMAS = _object(st.one_of(LEAVES, LISTS, _object(LEAVES), st.just(ADDRESS)))
CODES = st.sampled_from(["01", "31", "96", "99", "00004", "00070", "11914", "99999", "", 1, None])
ADDRESSES = st.fixed_dictionaries(
    {}, optional={"province": CODES, "commune": CODES, "line": TEXTS, "ward": TEXTS}
)
PARTS = st.one_of(VALUES, st.lists(VALUES, max_size=3), st.dictionaries(KEYS, VALUES, max_size=3), ADDRESSES)


def both(source: Source, answers: Mapping[str, Any]) -> tuple[Any, Any]:
    form = read_form(source, PLACES)
    swift = swift_validator(form.text, form.places)
    assert swift is not None
    found = swift.faults(answers)
    assert found is not None
    judged = validators.faults(form.text, answers, form.places)
    return problems(form, found), problems(form, judged)


@drawn
@given(SCHEMAS, st.dictionaries(KEYS, PARTS, max_size=4))
def test_both_find_the_same(schema: dict[str, Any], answers: dict[str, Any]) -> None:
    swift, judge = both(schema, answers)
    assert swift == judge


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_both_find_the_same_when_one_answer_of_a_real_form_is_spoilt(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    answers = data.draw(st.one_of(st.just(ANSWERS[name]), answers_for(read(name))))
    spoilt = _spoilt(deepcopy(answers), data)
    swift, judge = both(form, spoilt)
    assert swift == judge


def _spoilt(answers: Any, data: st.DataObject) -> Any:
    places = list(_places(answers))
    holder, key = data.draw(st.sampled_from(places))
    if data.draw(st.booleans()):
        holder[key] = data.draw(PARTS)
    else:
        del holder[key]
    return answers


def _places(node: Any) -> Any:
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(value, dict | list):
            yield from _places(value)


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"a": {"pattern": "(?=x)y"}}},
        {"properties": {"a": {"anyOf": [{"type": "string"}]}}},
        {"properties": {"a": {"propertyNames": {"maxLength": 2}}}},
        {"properties": {"a": {"$ref": "https://example.invalid/other"}}},
    ],
    ids=["look-around", "any of", "names", "elsewhere"],
)
def test_of_other_schemas_the_judge_decides(schema: dict[str, Any]) -> None:
    assert swift_validator(json.dumps(schema)) is None


def test_what_is_not_json_is_left_to_the_judge() -> None:
    swift = swift_validator(json.dumps({"type": "object", "properties": {"a": {"maxLength": 3}}}))
    assert swift is not None
    assert swift.faults({1: "x"}) is None


def test_a_pattern_takes_time_by_the_length_of_the_text_alone() -> None:
    """(a+)+$ over a long text without an end would take a backtracking engine longer than the world is old."""
    assert not matches("^(a+)+$", "a" * 5_000 + "b")


@pytest.mark.parametrize("pattern", ["(?=x)y", r"(a)\1", "(", "(a{1000}){1000}"])
def test_what_cannot_be_run_so_is_no_pattern(pattern: str) -> None:
    assert pattern_of(pattern) is None
    assert not matches(pattern, "aa")
