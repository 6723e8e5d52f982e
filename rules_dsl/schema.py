"""Reads the types of facts from the form's JSON Schema (2020-12, with x-motcua keywords)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from common.text import Text
from rules_dsl.fact_types import Answer, Condition, FactKind, FactType, Holds

_BY_KEYWORD: dict[str, FactKind] = {
    "text": "text",
    "long_text": "text",
    "email": "text",
    "phone": "text",
    "identity_number": "text",
    "integer": "integer",
    "decimal": "decimal",
    "money": "money",
    "date": "date",
    "time": "time",
    "boolean": "boolean",
    "declaration": "boolean",
    "choices": "choices",
    "group": "group",
    "rows": "rows",
}
_BY_FORMAT: dict[str, FactKind] = {"date": "date", "date-time": "instant", "local-time": "time"}
_BY_TYPE: dict[str, FactKind] = {
    "integer": "integer",
    "number": "decimal",
    "boolean": "boolean",
    "object": "group",
    "string": "text",
}

# Always there: nothing has to hold. Never certain: no condition would do.
CERTAIN: tuple[Condition, ...] = ((),)
UNCERTAIN: tuple[Condition, ...] = ()


def fields_of(schema: Mapping[str, Any]) -> dict[str, FactType]:
    """Dotted name → type, for every field the rules can read. Groups of rows inside rows are left out."""
    return dict(_fields(schema, "", CERTAIN, None))


def _fields(
    schema: Mapping[str, Any], prefix: str, inherited: tuple[Condition, ...], rows: str | None
) -> Iterator[tuple[str, FactType]]:
    for key, field in _properties(schema).items():
        name = prefix + key
        presence = _both(inherited, _presence(schema, key, prefix))
        kind = _kind(field)
        if kind == "rows":
            if rows is None:
                yield name, _typed(field, kind, presence, None)
                yield from _fields(field.get("items", {}), f"{name}.", CERTAIN, name)
        else:
            yield name, _typed(field, kind, presence, rows)
            if kind == "group":
                yield from _fields(
                    field, f"{name}.", ((Holds(name),),) if presence != CERTAIN else CERTAIN, rows
                )


def _properties(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an object, those that only a condition adds included."""
    properties = {}
    for branch in _branches(schema):
        properties.update(branch.get("then", {}).get("properties", {}))
    return {**properties, **schema.get("properties", {})}


def _branches(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    every = [schema, *schema.get("allOf", [])]
    return [branch for branch in every if "if" in branch and "then" in branch]


def _presence(schema: Mapping[str, Any], key: str, prefix: str) -> tuple[Condition, ...]:
    """The conditions under which the object must hold the key."""
    if key in schema.get("required", []):
        return CERTAIN
    found: list[Condition] = [
        (Holds(prefix + other),) for other, keys in schema.get("dependentRequired", {}).items() if key in keys
    ]
    for branch in _branches(schema):
        condition = _condition(branch["if"], prefix)
        if key in branch["then"].get("required", []) and condition is not None:
            found.append(condition)
    return tuple(found)


def _condition(test: Mapping[str, Any], prefix: str) -> Condition | None:
    """`if` as answers that hold; None when it asks more than that."""
    if set(test) - {"properties", "required", "type"}:
        return None
    found: list[Holds] = []
    properties = test.get("properties", {})
    for key, asked in properties.items():
        if "properties" in asked and key in test.get("required", []):
            inner = _condition(asked, f"{prefix}{key}.")
            if inner is None:
                return None
            found += inner
            continue
        values = [asked["const"]] if "const" in asked else asked.get("enum")
        # Without `required`, JSON Schema lets the test pass when the field is not there at all.
        if values is None or key not in test.get("required", []):
            return None
        found.append(Holds(prefix + key, frozenset(_answer(value) for value in values)))
    found += [Holds(prefix + key) for key in test.get("required", []) if key not in properties]
    return tuple(found)


def _answer(value: Any) -> Answer:
    return value if isinstance(value, str | bool) else Decimal(str(value))


def _both(one: tuple[Condition, ...], other: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple((*a, *b) for a in one for b in other)


def _kind(field: Mapping[str, Any]) -> FactKind:
    stated = _BY_KEYWORD.get(str(field.get("x-motcua-kind", "")))
    if stated:
        return stated
    if field.get("type") == "array":
        return "rows" if field.get("items", {}).get("type") == "object" else "choices"
    if "x-motcua-currency" in field:
        return "money"
    if "enum" in field or "oneOf" in field:
        return "choice"
    return _BY_FORMAT.get(str(field.get("format", "")), _BY_TYPE.get(str(field.get("type", "")), "text"))


def _typed(
    field: Mapping[str, Any], kind: FactKind, presence: tuple[Condition, ...], rows: str | None
) -> FactType:
    labels = _labels(field.get("items", {}) if kind == "choices" else field)
    return FactType(
        kind=kind,
        title=_title(field),
        values=tuple(labels),
        labels=labels,
        currency=str(field.get("x-motcua-currency", "VND")),
        minimum=_minimum(field, kind),
        maximum=_number(field.get("maximum")),
        always=presence == CERTAIN,
        present_when=UNCERTAIN if presence == CERTAIN else presence,
        rows=rows,
    )


def _title(field: Mapping[str, Any]) -> Text:
    return Text(str(field.get("title", "")), str(field.get("x-motcua-en", {}).get("title", "")))


def _labels(field: Mapping[str, Any]) -> dict[str, Text]:
    if "oneOf" in field:
        return {str(option["const"]): _title(option) for option in field["oneOf"] if "const" in option}
    return {str(value): Text(str(value)) for value in field.get("enum", [])}


def _minimum(field: Mapping[str, Any], kind: FactKind) -> Decimal | None:
    """The least value, inclusive, or the fewest rows. An exclusive bound moves up by the field's step."""
    if kind == "rows":
        return _number(field.get("minItems"))
    above = _number(field.get("exclusiveMinimum"))
    if above is None:
        return _number(field.get("minimum"))
    step = Decimal(1) if kind in ("integer", "money") else _number(field.get("multipleOf")) or Decimal(0)
    return above + step


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
