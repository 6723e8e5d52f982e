"""When a field is asked: the author's choice of question, relation and answer ⇄ `if/then` in its canonical shape."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from form_builder.conditions import BOUNDS, Relation, clauses, named_by, written_in
from form_builder.editing.tree import Schema, split, without_empty
from form_builder.form import Field, Form, nested

KEYWORDS: Mapping[Relation, str] = {relation: keyword for keyword, relation in BOUNDS.items()}
ANSWERED: tuple[str, ...] = ("choice", "choices", "boolean", "declaration")
COUNTED: tuple[str, ...] = ("integer", "decimal", "money")


@dataclass(frozen=True, slots=True)
class Ask:
    """One case: the field at `reads` is (not, at least …) `value`. `given`: it was answered at all.

    `value` is an answer as the form keeps it, None with `given`.
    """

    reads: str
    relation: Relation
    value: str | bool | int | Decimal | None = None


def as_test(ask: Ask, holder: str) -> dict[str, Any]:
    """The `if` for the object at `holder`, of which `reads` is a field or a field of a group inside it."""
    *groups, key = ask.reads.removeprefix(f"{holder}." if holder else "").split(".")
    test: dict[str, Any] = {"required": [key]}
    if ask.relation != "given":
        test = {"properties": {key: _accepted(ask)}, **test}
    for group in reversed(groups):
        test = {"properties": {group: test}, "required": [group]}
    return test


def _accepted(ask: Ask) -> dict[str, Any]:
    if ask.relation in KEYWORDS:
        return {KEYWORDS[ask.relation]: ask.value}
    return {"not": {"const": ask.value}} if ask.relation == "is_not" else {"const": ask.value}


def ask_of(form: Form, holder: str, test: Schema) -> Ask | None:
    """The case that the test spells; None when it is more than one question with one answer."""
    spelt = clauses(form, holder, test) or ()
    if len(spelt) != 1 or len(spelt[0].values) > 1 or spelt[0].field.kind == "choices":
        return None
    return Ask(spelt[0].field.path, spelt[0].relation, next(iter(spelt[0].values), None))


def readable_before(form: Form, holder: str, key: str) -> Iterator[Field]:
    """The fields on which the object's field `key` may depend: those asked before it there, in groups too.

    A key that the object does not have yet may depend on all. What several may be ticked of is left out.
    """
    block = form.field_at(holder) if holder else None
    siblings = block.fields if block else form.fields
    before: list[Field] = []
    for each in siblings:
        if each.key == key:
            break
        before.append(each)
    yield from (each for each in _outside_rows(before) if each.kind not in ("group", "rows", "choices"))


def _outside_rows(fields: Sequence[Field]) -> Iterator[Field]:
    inside_rows = {
        inner.path for each in nested(tuple(fields)) if each.kind == "rows" for inner in nested(each.fields)
    }
    yield from (each for each in nested(tuple(fields)) if each.path not in inside_rows)


def with_cases(holder: Schema, key: str, tests: Sequence[Schema], *, required: bool) -> dict[str, Any]:
    """The object asking its field `key` in these cases; without cases always. `required`: then it must be answered."""
    pairs = [*_without(_pairs(holder), key)]
    for test in tests:
        _name(pairs, test, key, required=required)
    others = [each for each in holder.get("allOf", ()) if "if" not in each]
    named = [name for name in holder.get("required", ()) if name != key]
    if required and not tests:
        order = list(holder.get("properties", {}))
        named = sorted((*named, key), key=lambda name: order.index(name) if name in order else len(order))
    kept = {name: part for name, part in holder.items() if name not in ("if", "then")}
    return without_empty({**kept, "required": named, "allOf": [*others, *pairs]}, "required", "allOf")


def without_field(holder: Schema, key: str) -> dict[str, Any]:
    """The object without its field and all that names it; cases that read it stay, for a check to name."""
    freed = with_cases(holder, key, (), required=False)
    properties = {name: node for name, node in freed["properties"].items() if name != key}
    needs = {
        given: [need for need in needed if need != key]
        for given, needed in freed.get("dependentRequired", {}).items()
        if given != key
    }
    needs = {given: needed for given, needed in needs.items() if needed}
    return without_empty({**freed, "properties": properties, "dependentRequired": needs}, "dependentRequired")


def _pairs(holder: Schema) -> list[dict[str, Any]]:
    return [{"if": pair["if"], "then": pair.get("then", {})} for _, pair in written_in(holder)]


def _without(pairs: list[dict[str, Any]], key: str) -> Iterator[dict[str, Any]]:
    for pair in pairs:
        then = dict(pair["then"])
        if key in named_by(then):
            then["required"] = [name for name in then.get("required", ()) if name != key]
            then["properties"] = {
                name: node for name, node in then.get("properties", {}).items() if name != key
            }
            then = without_empty(then, "required", "properties")
        if then:
            yield {"if": pair["if"], "then": then}


def _name(pairs: list[dict[str, Any]], test: Schema, key: str, *, required: bool) -> None:
    """Adds the field to the case with this test, or a new case."""
    pair = next((pair for pair in pairs if pair["if"] == test), None)
    if pair is None:
        pairs.append(pair := {"if": dict(test), "then": {}})
    then = pair["then"]
    if required:
        pair["then"] = {**then, "required": [*then.get("required", ()), key]}
    else:
        pair["then"] = {**then, "properties": {**then.get("properties", {}), key: True}}


def holder_of(path: str) -> str:
    """The path of the object in which the field at `path` stands."""
    return split(path)[0]
