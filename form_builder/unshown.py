"""What a schema says that no page of the form shows: kept as it is written, named with its JSON pointer.

Everything is judged when answers come in; what stands here a person does not see before.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from common.problems import Finding
from form_builder.checks.fields import BLOCK, ROWS, SHOWN, TOLD
from form_builder.form import ROW_ID
from form_builder.formats import CHECKER
from form_builder.kinds import kind_of
from form_builder.nodes import pointer
from form_builder.schema import DEEPEST
from rules_dsl.pointers import resolved, target

Schema = Mapping[str, Any]
Told = Iterator[Finding]
# Said by the form and its blocks, and heeded by the pages.
_HOLDER = TOLD | (BLOCK - {"else"}) | {"type", "$schema", "$id", "$defs"}
_CASE = {"if", "then", "$comment"}


def unshown(schema: Schema) -> tuple[Finding, ...]:
    """Every place once, in the order of the text; a definition that is used twice is one place."""
    return tuple(_Walk(schema).holder(schema, "", DEEPEST))


class _Walk:
    def __init__(self, root: Schema) -> None:
        self.root = root
        self.seen: set[str] = set()
        self.followed: list[str] = []

    def holder(self, node: Schema, place: str, left: int, known: frozenset[str] = frozenset()) -> Told:
        """What is said of an object whose fields are asked. `known`: what else its kind shows."""
        if place in self.seen:
            return
        self.seen.add(place)
        for keyword in node:
            if keyword not in _HOLDER | known and not keyword.startswith("x-motcua-"):
                yield _not_shown(f"{place}{pointer((keyword,))}", keyword)
        if isinstance(node.get("additionalProperties"), Mapping):
            yield _not_shown(f"{place}/additionalProperties", "additionalProperties")
        yield from self._cases(node, place)
        for key, field in node.get("properties", {}).items():
            if key != ROW_ID or not place:
                yield from self._asked(field, f"{place}{pointer(('properties', key))}", left)
        yield from self._definition(node, place, lambda each, at: self.holder(each, at, left, known))

    def _cases(self, node: Schema, place: str) -> Told:
        yield from self._then(node, place)
        for number, each in enumerate(node.get("allOf", ())):
            at = f"{place}/allOf/{number}"
            if not isinstance(each, Mapping) or "if" not in each:
                yield _not_shown(at, "allOf")
                continue
            for keyword in set(each) - _CASE:
                yield _not_shown(f"{at}/{keyword}", keyword)
            yield from self._then(each, at)

    def _then(self, case: Schema, place: str) -> Told:
        """What a case says beyond the fields that it asks."""
        then = case.get("then", {})
        if not isinstance(then, Mapping) or not isinstance(case.get("if", {}), Mapping):
            yield _not_shown(f"{place}/then", "then")
            return
        for keyword in then:
            if keyword not in ("required", "properties"):
                yield _not_shown(f"{place}/then{pointer((keyword,))}", keyword)
        for key, said in then.get("properties", {}).items():
            if said is not True:
                yield _not_shown(f"{place}/then{pointer(('properties', key))}", "properties")

    def _asked(self, field: Any, place: str, left: int) -> Told:
        if not isinstance(field, Mapping):
            yield _not_shown(place, "properties")
        elif not left:
            yield Finding("form.not_shown_deep", place, severity="warning")
        elif place not in self.seen:
            yield from self._field(field, place, left)

    def _field(self, node: Schema, place: str, left: int) -> Told:
        whole = resolved(self.root, node)
        kind, items = kind_of(whole), whole.get("items")
        if kind in ("group", "address"):
            yield from self.holder(node, place, left - 1, frozenset(SHOWN))
            return
        self.seen.add(place)
        yield from _said(node, place, SHOWN | (ROWS if whole.get("type") == "array" else set()))
        if kind == "rows" and isinstance(node.get("items"), Mapping):
            yield from self.holder(node["items"], f"{place}/items", left - 1)
        elif kind == "choices":
            yield from _offered(items if isinstance(items, Mapping) else {}, f"{place}/items", is_list=True)
        elif kind == "choice":
            yield from _offered(node, place)
        yield from self._definition(node, place, lambda each, at: self._field(each, at, left))

    def _definition(self, node: Schema, place: str, walk: Any) -> Told:
        """Goes on where the node refers to; what lies outside the text, or goes round in circles, nobody shows."""
        said = node.get("$ref")
        if not isinstance(said, str):
            return
        at = said.removeprefix("#")
        if not said.startswith("#") or not target(self.root, said) or at in self.followed:
            yield _not_shown(f"{place}/$ref", "$ref")
        elif at not in self.seen:
            self.followed.append(at)
            yield from walk(target(self.root, said), at)
            self.followed.pop()


def _said(node: Schema, place: str, known: set[str]) -> Told:
    for keyword in node:
        if keyword not in known and not keyword.startswith("x-motcua-"):
            yield _not_shown(f"{place}{pointer((keyword,))}", keyword)
    if isinstance(node.get("type"), list):
        yield _not_shown(f"{place}/type", "type")
    if "format" in node and node["format"] not in CHECKER.checkers:
        yield _not_shown(f"{place}/format", "format")


def _offered(node: Schema, place: str, *, is_list: bool = False) -> Told:
    """Answers that no box can hold: only words can be picked."""
    if is_list and not {"oneOf", "enum"} & set(node):
        yield _not_shown(place, "items")
    for number, each in enumerate(node.get("oneOf", ())):
        if not isinstance(each, Mapping) or not isinstance(each.get("const"), str):
            yield _not_shown(f"{place}/oneOf/{number}", "oneOf")
    for number, value in enumerate(node.get("enum", ())):
        if not isinstance(value, str):
            yield _not_shown(f"{place}/enum/{number}", "enum")


def _not_shown(place: str, keyword: str) -> Finding:
    return Finding("form.not_shown", place, {"keyword": keyword}, "warning")
