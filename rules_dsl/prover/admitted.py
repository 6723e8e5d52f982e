"""What the form admits, as truths about a tree of unknown answers.

Everything the form can produce is admitted here, and perhaps more: a keyword that is not understood never
narrows. So what is proved holds; what seems to fail is tried out on the form before anybody is told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules_dsl.prover import admitted_values
from rules_dsl.prover.any_answers import Block, Leaf, Many, Node, Planting, Schema, most_rows
from rules_dsl.prover.logic import (
    Term,
    all_of,
    any_of,
    at_most,
    between,
    chosen,
    equal,
    implies,
    negated,
    total,
)
from rules_dsl.prover.words import Words

# Keywords that say nothing of which answers are admitted, or that are seen to where the field is planted.
SILENT = frozenset(
    [
        "title",
        "description",
        "default",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "type",
        "additionalProperties",
        "uniqueItems",
        "then",
        "else",
    ]
)


@dataclass(slots=True)
class Admission:
    """Reads one form. `planting` gives unknowns for what a schema says and the solver cannot."""

    planting: Planting
    words: Words

    def truths(self, node: Node) -> Iterator[Term]:
        """Truths that hold of all answers, from the form down to each field."""
        match node:
            case Leaf() if node.term is not None:
                yield from admitted_values.sort_of(node, self.words)
            case Many():
                yield implies(node.present, between(1, node.count, most_rows(node.schema)))
                yield implies(negated(node.present), equal(node.count, 0))
                for row in node.rows:
                    yield from self.truths(row)
            case Block():
                yield implies(node.present, self.admits(node.schema, node))
                for key, inner in node.fields.items():
                    yield from self._asked(node, key, inner)
                    yield from self.truths(inner)

    def _asked(self, holder: Block, key: str, node: Node) -> Iterator[Term]:
        """What the form does not ask is not there (docs/forms.md), nor is a group that was left empty."""
        if key in holder.schema.get("required", ()):
            return
        named = [branch for branch in branches(holder.schema) if key in named_by(branch["then"])]
        if named:
            yield implies(node.present, any_of(*(self.admits(branch["if"], holder) for branch in named)))
        may_be_empty = named and all(key in branch["then"].get("required", ()) for branch in named)
        if isinstance(node, Block) and node.fields and not may_be_empty:
            yield implies(node.present, any_of(*(inner.present for inner in node.fields.values())))

    def admits(self, schema: Schema, node: Node, *, stated: bool = True) -> Term:
        """Whether the schema admits what the node holds, supposing it is there.

        `stated` False: the truth may also serve as a question, so what is not understood may be either.
        """
        return all_of(*(self._keyword(key, schema, node, stated=stated) for key in schema))

    def _keyword(self, keyword: str, schema: Schema, node: Node, *, stated: bool) -> Term:
        part = schema[keyword]
        if isinstance(node, Leaf) and node.term is None:
            return True
        match keyword, node:
            case "required", Block():
                return all_of(*(node.fields[key].present for key in part if key in node.fields))
            case "properties", Block():
                return all_of(*(self._property(key, each, node, stated=stated) for key, each in part.items()))
            case "dependentRequired", Block():
                return all_of(*_dependent(part, node))
            case "allOf", _:
                return all_of(*(self.admits(each, node, stated=stated) for each in part))
            case "anyOf", _:
                return any_of(*(self.admits(each, node, stated=False) for each in part))
            case "not", _:
                return negated(self.admits(part, node, stated=False))
            case "if", _:
                return self._case(schema, node, stated=stated)
            case "minItems", _:
                return at_most(int(part), _how_many(node))
            case "maxItems", _:
                return at_most(_how_many(node), int(part))
        if keyword in SILENT or keyword.startswith(("x-", "$")) or keyword in ("properties", "items"):
            return True
        known = admitted_values.holds(keyword, part, node, self) if isinstance(node, Leaf) else None
        if known is not None:
            return known
        return True if stated else self.planting.unknown("boolean", node.place, f"{keyword} {part}")

    def _property(self, key: str, schema: Any, holder: Block, *, stated: bool) -> Term:
        if not isinstance(schema, Mapping) or key not in holder.fields:
            return True
        inner = holder.fields[key]
        return implies(inner.present, self.admits(self.planting.resolved(schema), inner, stated=stated))

    def _case(self, schema: Schema, node: Node, *, stated: bool) -> Term:
        test = self.admits(schema["if"], node, stated=False)
        then = self.admits(schema.get("then", {}), node, stated=stated)
        otherwise = self.admits(schema.get("else", {}), node, stated=stated)
        return all_of(implies(test, then), implies(negated(test), otherwise))


def _dependent(needs: Schema, node: Block) -> Iterator[Term]:
    for key, each in needs.items():
        if key in node.fields:
            needed = (node.fields[need].present for need in each if need in node.fields)
            yield implies(node.fields[key].present, all_of(*needed))


def _how_many(node: Node) -> Term:
    """How many rows there are, or choices are made."""
    if isinstance(node, Many):
        return node.count
    members = node.members.values() if isinstance(node, Leaf) else ()
    return total(chosen(member, 1, 0) for member in members)


def branches(schema: Schema) -> list[Schema]:
    """The `if/then` pairs of an object."""
    every = (schema, *schema.get("allOf", ()))
    return [branch for branch in every if "if" in branch and "then" in branch]


def named_by(then: Schema) -> tuple[str, ...]:
    """The fields that a `then` asks (docs/forms.md)."""
    optional = (key for key, schema in then.get("properties", {}).items() if schema is True)
    return (*then.get("required", ()), *optional)
