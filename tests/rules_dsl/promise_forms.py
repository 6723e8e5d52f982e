"""Forms of every kind of field, and any valid answers to them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

Draw = Callable[[st.SearchStrategy[Any]], Any]
VALUES = ["a", "b", "c"]

FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "integer": st.builds(
        lambda low, span: {"type": "integer", "minimum": low, "maximum": low + span},
        st.integers(-2, 3),
        st.integers(0, 10**6),
    )
    | st.just({"type": "integer"}),
    "decimal": st.just({"type": "number", "minimum": -1000, "maximum": 10**9}),
    "money": st.just({"type": "integer", "minimum": 0, "x-motcua-currency": "VND"}),
    "date": st.just({"type": "string", "format": "date"}),
    "time": st.just({"type": "string", "format": "local-time"}),
    "instant": st.just({"type": "string", "format": "date-time"}),
    "boolean": st.just({"type": "boolean"}),
    "choice": st.just({"enum": VALUES}),
    "choices": st.just({"type": "array", "items": {"enum": VALUES}, "uniqueItems": True}),
    "text": st.just({"type": "string", "maxLength": 5}),
}


@st.composite
def forms(draw: Draw) -> dict[str, Any]:
    """A form with fields of every kind: required, optional, required in one case, in groups and in rows."""
    plain = {f"{kind}_{number}": draw(make) for number in range(2) for kind, make in FIELDS.items()}
    required = [key for key in plain if draw(st.booleans())]
    optional = [key for key in plain if key not in required]
    schema: dict[str, Any] = {"type": "object", "properties": plain, "required": required}
    if "choice_0" in required and optional:
        schema["if"] = {"properties": {"choice_0": {"const": "a"}}, "required": ["choice_0"]}
        schema["then"] = {"required": draw(st.lists(st.sampled_from(optional), min_size=1, unique=True))}
    inner = {kind: draw(FIELDS[kind]) for kind in ("integer", "date", "choice")}
    plain["group"] = {"type": "object", "properties": inner, "required": ["integer", "date"]}
    cells = {kind: draw(FIELDS[kind]) for kind in ("integer", "boolean", "money", "choice")}
    row = {"type": "object", "properties": cells, "required": ["integer", "boolean", "money"]}
    plain["rows"] = {"type": "array", "items": row, "minItems": draw(st.integers(0, 1)), "maxItems": 3}
    required += [key for key in ("group", "rows") if draw(st.booleans())]
    return schema


def valid_answers(schema: Mapping[str, Any], choose: Random) -> dict[str, Any]:
    """Some answers to a form whose cases `answers` does not know: as many tries as it takes."""
    valid = Draft202012Validator(schema)
    return next(found for found in iter(lambda: answers(schema, choose), None) if valid.is_valid(found))


def answers(schema: Mapping[str, Any], choose: Random) -> dict[str, Any]:
    """Some valid answers to a form, or to a group or row of it; the ends of a range more often than not."""
    fields, required = schema["properties"], list(schema.get("required", ()))
    given = {key: answer(fields[key], choose) for key in required}
    asked = schema["then"]["required"] if given.get("choice_0") == "a" and "then" in schema else []
    for key in fields:
        if key not in given and (key in asked or choose.random() < 0.5):
            given[key] = answer(fields[key], choose)
    return given


def some_answers(schema: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Valid answers to a form, for a test that draws."""
    return st.integers(0, 2**32).map(lambda seed: answers(schema, Random(seed)))


def answer(field: Mapping[str, Any], choose: Random) -> Any:
    """Some valid answer to one field."""
    if "enum" in field:
        return choose.choice(field["enum"])
    match field["type"], field.get("format"):
        case _, "date":
            return (FIRST_DAY + timedelta(days=_whole(0, DAYS, choose))).isoformat()
        case _, "date-time":
            day = FIRST_DAY + timedelta(days=_whole(0, DAYS, choose))
            return f"{day}T{choose.choice(CLOCKS)}:00+07:00"
        case _, "local-time":
            return choose.choice(CLOCKS)
        case "integer", _:
            return _whole(field.get("minimum", -(10**12)), field.get("maximum", 10**12), choose)
        case "number", _:
            low, high = field.get("minimum", -(10**9)), field.get("maximum", 10**9)
            return Decimal(_whole(low * 1000, high * 1000, choose)) / 1000
        case "boolean", _:
            return choose.random() < 0.5
        case "object", _:
            return answers(field, choose)
        case "array", _:
            return _several(field, choose)
    return "".join(choose.choices(LETTERS, k=choose.randint(0, field.get("maxLength", 9))))


def _several(field: Mapping[str, Any], choose: Random) -> list[Any]:
    items = field["items"]
    if "enum" in items:
        return choose.sample(items["enum"], choose.randint(0, len(items["enum"])))
    count = choose.randint(field.get("minItems", 0), field.get("maxItems", 4))
    return [answers(items, choose) for _ in range(count)]


def _whole(low: int, high: int, choose: Random) -> int:
    """A whole number between the two, often one of them, zero, or small."""
    some = [low, high, 0, 1, choose.randint(0, 1000), choose.randint(low, high), choose.randint(low, high)]
    return choose.choice([number for number in some if low <= number <= high])


FIRST_DAY, DAYS = date(1900, 1, 1), 73_000
CLOCKS = ["00:00", "08:00", "14:59", "15:00", "15:01", "22:59", "23:00", "23:59"]
LETTERS = "abcABC 0123.đếỹ\u0301"
