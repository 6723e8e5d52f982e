"""The part of a graph that a dossier of one case type may pass: branches by the case type have one way for it."""

from collections.abc import Sequence
from dataclasses import replace

from procedure_library.definition import CaseType, Transition
from procedure_library.semantics import Graph

# Stands for every case type where no branch goes by it.
EVERY = ("",)


def decide_ways(graph: Graph, case_types: Sequence[CaseType]) -> tuple[str, ...]:
    """The case types that must be looked at one by one; EVERY where they all have the same ways."""
    keys = tuple(kind.key for kind in case_types)
    return keys if keys and any(step.by_case_type for step in graph.steps.values()) else EVERY


def ways_of(graph: Graph, case_type: str) -> Graph:
    """The steps that a dossier of that case type may come to, and the transitions between them.

    Also of a drawing that is not in order yet: what leads nowhere is left out.
    """
    outgoing = {key: _exits(graph, key, case_type) for key in graph.steps}
    reached, ahead = set[str](), [step.key for step in graph.of_kind("start")]
    while ahead:
        if (key := ahead.pop()) in reached or key not in outgoing:
            continue
        reached.add(key)
        ahead += [way.target for way in outgoing[key]]
    taken = {way.key for key in reached for way in outgoing[key]}
    return replace(
        graph,
        steps={key: step for key, step in graph.steps.items() if key in reached},
        outgoing={key: ways for key, ways in outgoing.items() if key in reached},
        incoming={
            key: tuple(way for way in ways if way.key in taken)
            for key, ways in graph.incoming.items()
            if key in reached
        },
    )


def _exits(graph: Graph, key: str, case_type: str) -> tuple[Transition, ...]:
    exits = graph.outgoing[key]
    if not case_type or not graph.steps[key].by_case_type:
        return exits
    return tuple(t for t in exits if t.when == case_type) or tuple(t for t in exits if t.default)
