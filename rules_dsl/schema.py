"""Reads the types of facts from the form's JSON Schema (2020-12, with x-motcua keywords)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.text import Text
from rules_dsl.fact_types import Answer, Condition, FactKind, FactType, Holds
from rules_dsl.pointers import Schema, resolved

# Group in row in group: deeper no form asks. Ends circular references, too.
DEEPEST = 5

_BY_KEYWORD: dict[str, FactKind] = {
    "text": "text",
    "long_text": "text",
    "email": "text",
    "phone": "text",
    "identity_number": "text",
    "tax_number": "text",
    "month": "text",
    "nationality": "text",
    "ethnic_group": "text",
    "province": "text",
    "commune": "text",
    "address": "group",
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


def fields_of(schema: Schema) -> dict[str, FactType]:
    """Dotted name → type, for every field the rules can read. Groups of rows inside rows are left out.

    It never fails: what is no field is passed over here and named by the checks of the form.
    """
    return dict(_Fields(schema).of(schema, "", CERTAIN, None, DEEPEST))


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of one form; `root` is where its references lead."""

    root: Schema

    def of(
        self, holder: Schema, prefix: str, inherited: tuple[Condition, ...], rows: str | None, depth: int
    ) -> Iterator[tuple[str, FactType]]:
        for key, node in _properties(holder).items() if depth else ():
            field = resolved(self.root, node)
            name, kind = prefix + key, _kind(field, self.items(field))
            presence = _both(inherited, _presence(holder, key, prefix))
            if (kind == "rows" and rows is not None) or _is_file(self.items(field)):
                continue
            yield name, self.typed(field, kind, presence, rows)
            if kind == "rows":
                yield from self.of(self.items(field), f"{name}.", CERTAIN, name, depth - 1)
            elif kind == "group":
                inside = ((Holds(name),),) if presence != CERTAIN else CERTAIN
                yield from self.of(field, f"{name}.", inside, rows, depth - 1)

    def items(self, field: Schema) -> Schema:
        return resolved(self.root, _object(field.get("items")))

    def typed(
        self, field: Schema, kind: FactKind, presence: tuple[Condition, ...], rows: str | None
    ) -> FactType:
        labels = _labels(self.items(field) if kind == "choices" else field)
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


def _object(body: Any) -> Schema:
    return body if isinstance(body, Mapping) else {}


def _list(body: Any) -> Sequence[Any]:
    return body if isinstance(body, list | tuple) else ()


def _properties(schema: Schema) -> dict[str, Schema]:
    """The fields of an object, those that only a condition adds included."""
    properties: dict[str, Any] = {}
    for branch in _branches(schema):
        properties.update(_object(_object(branch["then"]).get("properties")))
    properties.update(_object(schema.get("properties")))
    return {key: field for key, field in properties.items() if isinstance(field, Mapping)}


def _branches(schema: Schema) -> list[Schema]:
    every = [schema, *_list(schema.get("allOf"))]
    return [branch for branch in every if isinstance(branch, Mapping) and "if" in branch and "then" in branch]


def _presence(schema: Schema, key: str, prefix: str) -> tuple[Condition, ...]:
    """The conditions under which the object must hold the key."""
    if key in _list(schema.get("required")):
        return CERTAIN
    found: list[Condition] = [
        (Holds(prefix + other),)
        for other, keys in _object(schema.get("dependentRequired")).items()
        if key in _list(keys)
    ]
    for branch in _branches(schema):
        condition = _condition(branch["if"], prefix)
        if key in _list(_object(branch["then"]).get("required")) and condition is not None:
            found.append(condition)
    return tuple(found)


def _condition(test: Any, prefix: str) -> Condition | None:
    """`if` as answers that hold; None when it asks more than that."""
    if not isinstance(test, Mapping) or set(test) - {"properties", "required", "type"}:
        return None
    found: list[Holds] = []
    properties, required = _object(test.get("properties")), _list(test.get("required"))
    for key, asked in properties.items():
        # Without `required`, JSON Schema lets the test pass when the field is not there at all.
        if key not in required or not isinstance(asked, Mapping):
            return None
        held = _condition(asked, f"{prefix}{key}.") if "properties" in asked else _held(prefix + key, asked)
        if held is None:
            return None
        found += held
    found += [Holds(f"{prefix}{key}") for key in required if key not in properties]
    return tuple(found)


def _held(name: str, asked: Schema) -> Condition | None:
    """That the field has this value, or one of these."""
    values = [asked["const"]] if "const" in asked else _list(asked.get("enum"))
    if set(asked) - {"const", "enum", "type"} or not values:
        return None
    answers = [_answer(value) for value in values]
    return (Holds(name, frozenset(answer for answer in answers if answer is not None)),)


def _answer(value: Any) -> Answer | None:
    """What an answer to the field would be; None: no answer of a single field is like that."""
    if isinstance(value, str | bool):
        return value
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else None


def _both(one: tuple[Condition, ...], other: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple((*a, *b) for a in one for b in other)


def _kind(field: Schema, items: Schema) -> FactKind:
    stated = _BY_KEYWORD.get(str(field.get("x-motcua-kind", "")))
    if stated:
        return stated
    if field.get("type") == "array":
        return "rows" if items.get("type") == "object" else "choices"
    if "x-motcua-currency" in field:
        return "money"
    if "enum" in field or "oneOf" in field:
        return "choice"
    return _BY_FORMAT.get(str(field.get("format", "")), _BY_TYPE.get(str(field.get("type", "")), "text"))


def _is_file(items: Schema) -> bool:
    """Files are evidence, no facts: what must be handed in, and was, is said by components."""
    return items.get("format") == "file-digest"


def _title(field: Schema) -> Text:
    english = _object(field.get("x-motcua-en")).get("title", "")
    return Text(str(field.get("title", "")), str(english))


def _labels(field: Schema) -> dict[str, Text]:
    if "oneOf" in field:
        options = [option for option in _list(field["oneOf"]) if isinstance(option, Mapping)]
        return {str(option["const"]): _title(option) for option in options if "const" in option}
    return {str(value): Text(str(value)) for value in _list(field.get("enum"))}


def _minimum(field: Schema, kind: FactKind) -> Decimal | None:
    """The least value, inclusive, or the fewest rows. An exclusive bound moves up by the field's step."""
    if kind == "rows":
        return _number(field.get("minItems"))
    above = _number(field.get("exclusiveMinimum"))
    if above is None:
        return _number(field.get("minimum"))
    step = Decimal(1) if kind in ("integer", "money") else _number(field.get("multipleOf")) or Decimal(0)
    return above + step


def _number(value: Any) -> Decimal | None:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else None
