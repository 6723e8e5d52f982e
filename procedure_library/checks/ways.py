"""Where the transitions lead, one after another."""

from collections.abc import Iterable

from procedure_library.definition import Step
from procedure_library.semantics import Graph


def onward(graph: Graph, sources: Iterable[str]) -> set[str]:
    """The steps that can be reached from these, themselves included."""
    return _closure(sources, {key: [t.target for t in out] for key, out in graph.outgoing.items()})


def backward(graph: Graph, targets: Iterable[str]) -> set[str]:
    """The steps from which these can be reached, themselves included."""
    return _closure(targets, {key: [t.source for t in into] for key, into in graph.incoming.items()})


def brings_together(graph: Graph, step: Step) -> bool:
    """Whether the branch chooses nothing: several ways enter it and one, the default, leaves."""
    exits = graph.outgoing[step.key]
    merges = step.kind == "branch" and step.choice is None and len(graph.incoming[step.key]) > 1
    return merges and len(exits) == 1 and exits[0].default


def _closure(first: Iterable[str], further: dict[str, list[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(first)
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead.extend(further[key])
    return reached
