"""Forms drawn at random within the kinds that are supported: pages, groups, rows, cases, limits."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from form_builder.kinds import KINDS, kind_of
from tests.form_builder.samples import STRATEGIES

Schema = dict[str, Any]
BLOCKS = ("group", "rows")
# What needs no list or file from outside the form, and so is all there in what a browser posts.
CONTROLS = {"input", "textarea", "choice", "listed", "choices", "yes_or_no", "declaration", "date"}
SINGLE = tuple(kind for kind in STRATEGIES if KINDS[kind].control in CONTROLS)
TITLES = st.sampled_from(["Họ và tên", "Số bản", "Địa chỉ <cũ>", "Lý do & ghi chú", "Ngày", "«Khác»"])
OFFERED = [{"const": f"c{number}", "title": f"Lựa chọn {number}"} for number in range(9)]


@st.composite
def forms(draw: st.DrawFn) -> Schema:
    """A form of one to three pages."""
    holder = draw(_holder("q", 2))
    keys = list(holder["properties"])
    first = draw(st.integers(1, len(keys)))
    second = draw(st.integers(first, len(keys)))
    cut = (keys[:first], keys[first:second], keys[second:])
    parts = [part for part in cut if part]
    pages = [
        {"key": f"page{number}", "title": {"vi": f"Trang {number}"}, "fields": [*draw(REMARKS), *part]}
        for number, part in enumerate(parts)
    ]
    return {**holder, "title": "Tờ khai", "x-motcua-pages": pages}


REMARKS = st.sampled_from([[], [{"heading": {"vi": "Phần <một>"}}, {"note": {"vi": "Xin đọc kỹ."}}]])


@st.composite
def _holder(draw: st.DrawFn, letter: str, depth: int) -> Schema:
    """An object with some questions; the first is always asked and must be answered, so no row is blank."""
    kinds = draw(st.lists(st.sampled_from(SINGLE + (BLOCKS if depth else ())), max_size=5))
    first = draw(st.sampled_from(SINGLE))
    nodes = [draw(_single(first)), *[draw(_node(kind, f"{letter}{letter}", depth)) for kind in kinds]]
    properties = {f"{letter}{number}": node for number, node in enumerate(nodes)}
    cases, named = draw(_cases(properties))
    free = [key for key in list(properties)[1:] if key not in named]
    required = [f"{letter}0", *(draw(st.sets(st.sampled_from(free))) if free else ())]
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(required),
        "additionalProperties": False,
        **({"allOf": cases} if cases else {}),
    }


def _node(kind: str, letter: str, depth: int) -> st.SearchStrategy[Schema]:
    if kind == "group":
        return _holder(letter, depth - 1).flatmap(_titled)
    return _rows(letter, depth - 1) if kind == "rows" else _single(kind)


def _titled(schema: Schema) -> st.SearchStrategy[Schema]:
    return TITLES.map(lambda title: {"title": title, **schema})


@st.composite
def _rows(draw: st.DrawFn, letter: str, depth: int) -> Schema:
    items = draw(_holder(letter, depth))
    items["properties"] = {"id": {"type": "string"}, **items["properties"]}
    least = draw(st.integers(0, 2))
    limits = {"minItems": least} if least else {}
    most = {"maxItems": max(1, least) + draw(st.integers(2, 4))} if draw(st.booleans()) else {}
    return {"title": draw(TITLES), "type": "array", "items": items, **limits, **most}


@st.composite
def _single(draw: st.DrawFn, kind: str) -> Schema:
    limits = draw(LIMITS[kind]) if kind in LIMITS else {}
    schema = {"title": draw(TITLES), **KINDS[kind].shape, **limits}
    return schema if kind_of(schema) == kind else {**schema, "x-motcua-kind": kind}


def _between(low: int, high: int) -> st.SearchStrategy[Schema]:
    """Limits of a number, one of them or both."""
    both = st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted)
    named = both.map(lambda pair: {"minimum": pair[0], "maximum": pair[1]})
    return st.tuples(named, st.sampled_from([{"minimum"}, {"maximum"}, {"minimum", "maximum"}])).map(
        lambda drawn: {name: value for name, value in drawn[0].items() if name in drawn[1]}
    )


_LENGTHS = st.tuples(st.integers(1, 3), st.integers(8, 60)).map(
    lambda drawn: {"minLength": drawn[0], "maxLength": drawn[1]}
)
_LETTERS_ONLY = st.just({"pattern": "^[^0-9]*$", "maxLength": 40})
_OFFERS = st.integers(2, 9).map(lambda many: {"oneOf": OFFERED[:many]})
_TICKS = st.tuples(st.integers(2, 5), st.integers(1, 5)).map(
    lambda drawn: {"items": {"oneOf": OFFERED[: drawn[0]]}, "maxItems": drawn[1]}
)
LIMITS: Mapping[str, st.SearchStrategy[Schema]] = {
    "text": _LENGTHS | _LETTERS_ONLY | st.just({}),
    "long_text": _LENGTHS | st.just({}),
    "integer": _between(-500, 50_000) | st.just({}),
    "decimal": _between(0, 9_000).map(lambda limits: {**limits, "multipleOf": Decimal("0.01")}),
    "money": st.tuples(_between(0, 10**9), st.sampled_from(["VND", "USD"])).map(
        lambda drawn: {**drawn[0], "x-motcua-currency": drawn[1]}
    ),
    "choice": _OFFERS,
    "choices": _TICKS,
}


@st.composite
def _cases(draw: st.DrawFn, properties: Mapping[str, Schema]) -> tuple[list[Schema], set[str]]:
    """Cases that read what is asked before what they ask, and the keys of what they ask."""
    keys, cases, demanded = list(properties), [], {}
    for _ in range(draw(st.integers(0, 2)) if len(keys) > 2 else 0):
        read = draw(st.integers(0, len(keys) - 2))
        asked = keys[draw(st.integers(max(1, read + 1), len(keys) - 1))]
        key = keys[read]
        test = {"properties": {key: draw(_test(properties[key]))}, "required": [key]}
        # One case that demands and one that does not would make it depend on both whether it must be answered.
        must = demanded.setdefault(asked, draw(st.booleans()))
        cases.append({"if": test, "then": {"required": [asked]} if must else {"properties": {asked: True}}})
    return cases, set(demanded)


def _test(node: Schema) -> st.SearchStrategy[Any]:
    match kind_of(node):
        case "choice":
            values = st.sampled_from([each["const"] for each in node["oneOf"]])
            return values.flatmap(lambda one: st.sampled_from([{"const": one}, {"not": {"const": one}}]))
        case "choices":
            values = st.sampled_from([each["const"] for each in node["items"]["oneOf"]])
            return values.map(lambda one: {"contains": {"const": one}})
        case "boolean":
            return st.booleans().map(lambda truth: {"const": truth})
        case "integer" | "money" | "decimal":
            return st.sampled_from([{"minimum": 5}, {"maximum": 100}, {"exclusiveMinimum": 0}])
        case _:
            return st.just({})
