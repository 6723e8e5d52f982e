"""Questions of a form as a block: with what they demand of each other, and nothing that is the form's."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.problems import Refusal
from form_builder.bank.origins import ORIGIN
from form_builder.conditions import named_by, read_by, written_in
from form_builder.editing.tree import Schema, holder_at
from form_builder.form import Field
from form_builder.moments import of_keys
from form_builder.nodes import DEEPEST_NODE
from form_builder.parts import STEPS
from form_builder.schema import read_form
from rules_dsl.pointers import resolved

# Said at a question, and the form's own: where it came from, and the steps of this procedure.
OWN: tuple[str, ...] = (ORIGIN, STEPS)
_PLAIN_TEST = {"properties", "required", "type"}


@dataclass(frozen=True, slots=True)
class Cut:
    """`alone` are the questions, by path, that had a condition reading another question: it stayed behind."""

    block: Mapping[str, Any]
    alone: tuple[str, ...] = ()


class TooDeep(Exception):
    """References that go round in circles, or deeper than a person writes."""


def cut(schema: Schema, holder: str, names: Mapping[str, str]) -> Cut | Refusal:
    """The questions of the object at `holder` that `names` (key in the block → key there) lists.

    References are written out; a condition comes along when all that it reads does.
    """
    inside = holder_at(schema, holder)
    keys = {here: there for there, here in names.items()}
    fields = [field for field in _siblings(schema, holder) if field.key in keys]
    try:
        part = {
            "properties": {each.key: _whole(schema, inside["properties"][each.key]) for each in fields},
            "required": [each.key for each in fields if _is_demanded(each, inside, keys)],
            "dependentRequired": inside.get("dependentRequired", {}),
            "allOf": list(_cases(inside, keys)),
        }
    except TooDeep:
        return Refusal("form.bank_circular")
    block = {"type": "object", **renamed(of_keys(part, keys), keys)}
    return Cut(block, tuple(each.path for each in fields if outside_tests(inside, each.key, keys)))


def renamed(block: Schema, names: Mapping[str, str]) -> dict[str, Any]:
    """The block whose questions are called otherwise, wherever they are named."""
    called = _called(block, names)
    if needs := block.get("dependentRequired"):
        called["dependentRequired"] = {
            names[given]: [names[need] for need in needed] for given, needed in needs.items()
        }
    if cases := block.get("allOf"):
        called["allOf"] = [
            {"if": _called(case["if"], names), "then": _called(case["then"], names)} for case in cases
        ]
    return called


def is_within(test: Schema, keys: Collection[str]) -> bool:
    """Whether the test is spelled plainly and reads these questions alone, or what is inside them."""
    return set(test) <= _PLAIN_TEST and all(read.partition(".")[0] in keys for read in read_by(test))


def outside_tests(inside: Schema, key: str, keys: Collection[str]) -> tuple[Schema, ...]:
    """The conditions of a question that read something else than these."""
    cases = (pair for _, pair in written_in(inside) if key in named_by(pair.get("then", {})))
    return tuple(pair["if"] for pair in cases if not is_within(pair["if"], keys))


def _siblings(schema: Schema, holder: str) -> Sequence[Field]:
    form = read_form(schema)
    block = form.field_at(holder) if holder else None
    return block.fields if block else form.fields


def _is_demanded(field: Field, inside: Schema, keys: Collection[str]) -> bool:
    """Whether it must be answered once the conditions that stay behind are gone."""
    if field.key in inside.get("required", ()):
        return True
    return field.required and len(outside_tests(inside, field.key, keys)) == len(field.asked_when)


def _cases(inside: Schema, keys: Collection[str]) -> Iterator[dict[str, Any]]:
    for _, pair in written_in(inside):
        if is_within(pair["if"], keys):
            yield {"if": pair["if"], "then": _asked(pair.get("then", {}))}


def _asked(then: Schema) -> dict[str, Any]:
    """What the case asks; what it demands of an answer besides no page shows, and it stays the form's."""
    optional = {key: said for key, said in then.get("properties", {}).items() if said is True}
    asked = {"required": then.get("required", ()), "properties": optional}
    return {keyword: part for keyword, part in asked.items() if part}


def _called(node: Schema, names: Mapping[str, str]) -> dict[str, Any]:
    called = dict(node)
    if "properties" in node:
        called["properties"] = {names[key]: each for key, each in node["properties"].items()}
    if "required" in node:
        called["required"] = [names[key] for key in node["required"]]
    return called


def _whole(root: Schema, node: Any, left: int = DEEPEST_NODE) -> Any:
    """The node with every reference written out, and without what is the form's own."""
    if not left:
        raise TooDeep
    if isinstance(node, list | tuple):
        return [_whole(root, each, left - 1) for each in node]
    if not isinstance(node, Mapping):
        return node
    said = resolved(root, node) if isinstance(node.get("$ref"), str) else node
    return {name: _whole(root, part, left - 1) for name, part in said.items() if name not in OWN}
