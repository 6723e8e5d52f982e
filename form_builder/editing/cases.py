"""When a field is asked: the author's choice of question, relation and answer ⇄ `if/then` in its canonical shape."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from form_builder.conditions import BOUNDS, Relation, clauses, is_case, named_by, written_in
from form_builder.editing.tree import Change, Schema, without_new_empty
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
    """The object asking its field `key` in these cases; without cases always. `required`: then it must be answered.

    Every case stays where it is written, with all else that it says; a new one comes last.
    """

    def decided(case: dict[str, Any]) -> dict[str, Any]:
        then = case.get("then", {})
        if key not in named_by(then):
            return case
        if case["if"] in tests:
            return {**case, "then": _with_name(then, key, required=required)}
        return {**case, "then": _without_name(then, key)}

    asked = each_case(holder, decided)
    for test in tests:
        asked = asking(asked, test, key, required=required)
    named = _required(asked, key, is_named=required and not tests)
    return without_new_empty(holder, {**asked, "required": named}, "required")


def each_case(holder: Schema, change: Change) -> dict[str, Any]:
    """The object with its cases changed; one that says nothing any more is taken out."""
    changed = [change(dict(each)) if is_case(each) else each for each in holder.get("allOf", ())]
    before = holder.get("allOf", ())
    kept = [each for each, old in zip(changed, before, strict=True) if each == old or not _says_nothing(each)]
    whole = change(dict(holder)) if is_case(holder) else dict(holder)
    if whole.get("then") == {} != holder.get("then") and "else" not in whole:
        whole = {name: part for name, part in whole.items() if name not in ("if", "then")}
    return without_new_empty(holder, {**whole, "allOf": kept}, "allOf")


def _says_nothing(case: Any) -> bool:
    """Whether the last field it asked is gone, and nothing else stands there."""
    return set(case) == {"if", "then"} and not case["then"]


def asking(holder: Schema, test: Schema, key: str, *, required: bool) -> dict[str, Any]:
    """The object with a case of this test that asks its field `key`: one that stands there, else a new one."""
    same = [case for _, case in written_in(holder) if case["if"] == test]
    if any(key in named_by(case.get("then", {})) for case in same):
        return dict(holder)
    free = next((case for case in same if key not in case.get("then", {}).get("properties", {})), None)
    if free is None:
        new = {"if": dict(test), "then": _with_name({}, key, required=required)}
        return {**holder, "allOf": [*holder.get("allOf", ()), new]}
    # Of two cases that say the same, one asks it.
    waiting = [{**free, "then": _with_name(free.get("then", {}), key, required=required)}]
    return each_case(holder, lambda case: waiting.pop() if waiting and case == free else case)


def _required(holder: Schema, key: str, *, is_named: bool) -> list[str]:
    """What the object requires, with or without the key; it comes before the first that is asked later."""
    named = list(holder.get("required", ()))
    if (key in named) is is_named:
        return named
    if not is_named:
        return [name for name in named if name != key]
    order = list(holder.get("properties", {}))
    later = order[order.index(key) + 1 :] if key in order else []
    place = next((number for number, name in enumerate(named) if name in later), len(named))
    return [*named[:place], key, *named[place:]]


def _with_name(then: Schema, key: str, *, required: bool) -> dict[str, Any]:
    """What the case asks, this field among it, to be answered or not."""
    properties = then.get("properties", {})
    if required and key not in then.get("required", ()):
        rest = _without_name(then, key)
        return {**rest, "required": [*rest.get("required", ()), key]}
    if not required and properties.get(key, True) is True:
        return {**_without_required(then, key), "properties": {**properties, key: True}}
    return dict(then) if required else _without_required(then, key)


def _without_required(then: Schema, key: str) -> dict[str, Any]:
    named = [name for name in then.get("required", ()) if name != key]
    return without_new_empty(then, {**then, "required": named}, "required")


def _without_name(then: Schema, key: str) -> dict[str, Any]:
    """What the case asks without this field; what it says of its answer stays."""
    rest = _without_required(then, key)
    properties = rest.get("properties", {})
    kept = {name: node for name, node in properties.items() if name != key or node is not True}
    return without_new_empty(then, {**rest, "properties": kept}, "properties")


def without_field(holder: Schema, key: str) -> dict[str, Any]:
    """The object without its field and all that names it; cases that read it stay, for a check to name."""
    freed = with_cases(holder, key, (), required=False)
    properties = {name: node for name, node in freed["properties"].items() if name != key}
    needs = {
        given: [need for need in needed if need != key]
        for given, needed in freed.get("dependentRequired", {}).items()
        if given != key and list(needed) != [key]
    }
    return without_new_empty(
        freed, {**freed, "properties": properties, "dependentRequired": needs}, "dependentRequired"
    )
