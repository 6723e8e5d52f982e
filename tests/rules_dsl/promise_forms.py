"""Forms of every kind of field, and any valid answers to them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

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


def answer(field: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Any valid answer to one of the fields above."""
    if "enum" in field:
        return st.sampled_from(field["enum"])
    if field.get("format") == "date":
        return st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
    if field.get("format") == "local-time":
        return st.times().map(lambda at: at.isoformat("minutes"))
    low, high = field.get("minimum"), field.get("maximum")
    match field["type"]:
        case "integer":
            return st.integers(low, high)
        case "number":
            return st.decimals(low, high, places=3)
        case "boolean":
            return st.booleans()
        case "array" if field["items"].get("type") == "object":
            return st.lists(answers(field["items"]), min_size=field["minItems"], max_size=field["maxItems"])
        case "array":
            return st.lists(answer(field["items"]), unique=True)
        case "object":
            return answers(field)
    return st.text(max_size=5)


@st.composite
def answers(draw: Draw, schema: dict[str, Any]) -> dict[str, Any]:
    """Any valid answers to a form, or to a group or row of it."""
    given = {key: draw(answer(schema["properties"][key])) for key in schema["required"]}
    asked = schema["then"]["required"] if given.get("choice_0") == "a" and "then" in schema else []
    for key in schema["properties"]:
        if key not in given and (key in asked or draw(st.booleans())):
            given[key] = draw(answer(schema["properties"][key]))
    return given
