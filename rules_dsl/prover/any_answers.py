"""Answers nobody has given yet: the form as a tree of unknowns, one for each field and one for whether it is there.

Of a repeated group the first rows stand one by one; how many rows there are is an unknown of its own. A field that
neither a rule nor a condition of the form reads has no unknown value: any that fits will do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules_dsl.fact_types import FactKind
from rules_dsl.prover.logic import Term, all_of, less
from rules_dsl.prover.unknowns import Unknowns

# Rows that stand one by one: two tell "one" from "several".
ROWS = 2
MANY_ROWS = 1_000

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field that holds one value; of a list of choices the term is each of its `members` with whether it is chosen.

    `place` is its name with the number of its row: `documents.0.pages`. `term` None: nobody reads it.
    """

    name: str
    place: str
    schema: Schema
    kind: FactKind
    present: Term
    term: Term = None
    members: Mapping[str, Term] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """The form itself, a group of it, or one row."""

    name: str
    place: str
    schema: Schema
    present: Term
    fields: Mapping[str, "Node"]


@dataclass(frozen=True, slots=True)
class Many:
    """A repeated group. `rows` are its first; `count` may be more."""

    name: str
    place: str
    schema: Schema
    present: Term
    count: Term
    rows: tuple[Block, ...]


Node = Leaf | Block | Many


@dataclass(slots=True)
class Planting:
    """Grows the tree. Unknowns are remembered by place, so that a second tree can share all but one of them.

    `kinds` are those of the fields by name; what rules cannot read has none. `read` are the names of fields whose
    values matter.
    """

    root: Schema
    unknowns: Unknowns
    kinds: Mapping[str, FactKind]
    read: frozenset[str]
    known: dict[str, Term] = field(default_factory=dict)
    changed: str | None = None

    def form(self) -> Block:
        return self._block(self.root, "", "", True)

    def unknown(self, sort: str, place: str, what: str = "") -> Term:
        """The unknown of that sort ("boolean", "integer", "real") for something about a place."""
        key = f"{place}?{what}" + ("'" if place == self.changed else "")
        if key not in self.known:
            self.known[key] = getattr(self.unknowns, sort)(key)
        return self.known[key]

    def resolved(self, schema: Schema) -> Schema:
        """The schema with a reference inside the form replaced; what stands beside the reference wins."""
        seen: set[str] = set()
        while isinstance(schema.get("$ref"), str) and schema["$ref"] not in seen:
            seen.add(schema["$ref"])
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**_target(self.root, schema["$ref"]), **beside}
        return schema

    def items(self, schema: Schema) -> Schema:
        return self.resolved(schema.get("items", {}))

    def _block(self, schema: Schema, name: str, place: str, present: Term) -> Block:
        fields = {}
        for key, each in properties(schema).items():
            inner, where = (f"{name}.{key}", f"{place}.{key}") if name else (key, key)
            mine = present
            if key not in schema.get("required", ()):
                # Whether it is there is the same in a second tree, whatever the value that changes.
                mine = all_of(present, self.unknown("boolean", f"{where}?", "given"))
            fields[key] = self._node(self.resolved(each), inner, where, mine)
        return Block(name, place, schema, present, fields)

    def _node(self, schema: Schema, name: str, place: str, present: Term) -> Node:
        kind = self.kinds.get(name)
        match kind:
            case None:
                return Leaf(name, place, schema, "text", present)
            case "group":
                return self._block(schema, name, place, present)
            case "rows":
                return self._rows(schema, name, place, present)
            case _ if name not in self.read:
                return Leaf(name, place, {**schema, "items": self.items(schema)}, kind, present)
            case "choices":
                values = choices_of(self.items(schema))
                members = {value: self.unknown("boolean", place, value) for value in values}
                return Leaf(name, place, schema, kind, present, members, members)
        sort = {"boolean": "boolean", "decimal": "real"}.get(kind, "integer")
        return Leaf(name, place, schema, kind, present, self.unknown(sort, place))

    def _rows(self, schema: Schema, name: str, place: str, present: Term) -> Many:
        count = self.unknown("integer", place, "count")
        numbers = range(max(1, min(ROWS, most_rows(schema))))
        rows = (
            self._block(self.items(schema), name, f"{place}.{number}", all_of(present, less(number, count)))
            for number in numbers
        )
        return Many(name, place, schema, present, count, tuple(rows))


def read_by_conditions(schema: Schema, prefix: str = "") -> Iterator[str]:
    """The fields whose values conditions of the form read. Without references: no condition stands behind one."""
    for branch in (schema, *schema.get("allOf", ())):
        if isinstance(branch.get("if"), Mapping):
            yield from _read_by(branch["if"], prefix)
    for key, each in properties(schema).items():
        yield from read_by_conditions(each, f"{prefix}{key}.")
        if isinstance(each.get("items"), Mapping):
            yield from read_by_conditions(each["items"], f"{prefix}{key}.")


def _read_by(test: Schema, prefix: str) -> Iterator[str]:
    for key, inner in test.get("properties", {}).items():
        yield prefix + key
        if isinstance(inner, Mapping):
            yield from _read_by(inner, f"{prefix}{key}.")
    for keyword in ("allOf", "anyOf", "oneOf"):
        for each in test.get(keyword, ()):
            yield from _read_by(each, prefix)
    if isinstance(test.get("not"), Mapping):
        yield from _read_by(test["not"], prefix)


def most_rows(schema: Schema) -> int:
    return int(schema.get("maxItems", MANY_ROWS))


def properties(schema: Schema) -> dict[str, Schema]:
    """The fields of an object, those that only a condition adds included."""
    found: dict[str, Any] = {}
    for branch in (schema, *schema.get("allOf", ())):
        found.update(branch.get("then", {}).get("properties", {}))
    found.update(schema.get("properties", {}))
    return {key: each for key, each in found.items() if isinstance(each, Mapping)}


def choices_of(schema: Schema) -> tuple[str, ...]:
    """The values of a list of choices."""
    named = [each["const"] for each in schema.get("oneOf", ()) if "const" in each]
    return tuple(str(value) for value in (*named, *schema.get("enum", ())))


def every_node(node: Node) -> Iterator[Node]:
    """The node and all below it, rows included."""
    yield node
    inner: tuple[Node, ...] = ()
    if isinstance(node, Block):
        inner = tuple(node.fields.values())
    elif isinstance(node, Many):
        inner = node.rows
    for each in inner:
        yield from every_node(each)


def _target(root: Schema, reference: str) -> Schema:
    found: Any = root
    for step in reference.removeprefix("#").strip("/").split("/"):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}
