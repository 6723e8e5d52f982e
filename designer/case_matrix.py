"""The case types of a draft beside each other: what each asks, takes and passes; and the head with other ticks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.text import Text
from designer.head_text import CASES, Head, head_in, spoken
from designer.offers import Offers
from procedure_library.bpmn import Steps
from procedure_library.case_ways import EVERY, decide_ways, ways_of
from procedure_library.definition import Definition, Step
from procedure_library.semantics import RESTING, Graph

FAMILIES = ("amounts", "components", "conditions", "pages")
# Steps that a reader of the matrix asks for: where somebody works or is awaited, and how it ends.
TOLD = (*RESTING, "end")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that case types may have; `chosen` are the case types that have it."""

    key: str
    title: Text
    chosen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passed:
    """A step, and the case types that pass it."""

    step: Step
    by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`kinds` by key, with their names; `terms` by case type, "" where it is settled at once; `rows` by family."""

    kinds: Mapping[str, Text]
    terms: Mapping[str, str]
    rows: Mapping[str, Sequence[Row]]


def matrix(head: Head, offered: Offers) -> Matrix:
    """What can be read of the head, beside everything that the other files offer."""
    kinds = {str(each.get("key", "")): each for each in head.get(CASES, ())}
    things = {
        "amounts": offered.amounts,
        "components": offered.components,
        "conditions": offered.conditions,
        "pages": offered.pages,
    }
    return Matrix(
        {key: Text(*spoken(each.get("name", ""))) for key, each in kinds.items()},
        {key: str(each.get("term", "")) for key, each in kinds.items()},
        {family: tuple(_rows(kinds, family, things[family])) for family in FAMILIES},
    )


def _rows(kinds: Mapping[str, Head], family: str, offered: Mapping[str, Text]) -> Iterator[Row]:
    """What was chosen stays in sight even when nothing offers it any more."""
    named = dict.fromkeys([*offered, *(key for each in kinds.values() for key in each.get(family, ()))])
    for key in named:
        chosen = frozenset(kind for kind, each in kinds.items() if key in each.get(family, ()))
        yield Row(key, offered.get(key, Text(key)), chosen)


def passed(definition: Definition) -> tuple[Passed, ...]:
    """The steps of the drawing, in its order, with the case types that pass each."""
    graph = Graph.of(definition)
    ways = {kind.key: ways_of(graph, kind.key).steps for kind in definition.case_types}
    return tuple(
        Passed(step, frozenset(kind for kind, steps in ways.items() if step.key in steps))
        for step in definition.steps
        if step.kind in TOLD
    )


def go_alike(definition: Definition) -> bool:
    """Whether no branch goes by the case type."""
    return decide_ways(Graph.of(definition), definition.case_types) == EVERY


def ways_by_case_type(drawn: Steps, head: str) -> dict[str, list[str]]:
    """By case type the keys of the steps and transitions that it passes; empty where all go alike."""
    graph = Graph.of(drawn)
    keys = [str(each.get("key", "")) for each in (head_in(head) or {}).get(CASES, ())]
    if not any(step.by_case_type for step in drawn.steps):
        return {}
    ways = {key: ways_of(graph, key) for key in keys}
    return {
        key: [*passed.steps, *(way.key for out in passed.outgoing.values() for way in out)]
        for key, passed in ways.items()
    }


def with_ticks(head: Head, ticks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The head with other terms and lists; `ticks` by case type and attribute. Of what nobody ticked, as it was."""
    return {
        **head,
        CASES: [_ticked(each, ticks.get(str(each.get("key", "")), {})) for each in head.get(CASES, ())],
    }


def _ticked(kind: Head, ticks: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in {**kind, **ticks}.items() if part not in ("", [], None)}
