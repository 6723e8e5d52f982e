"""Where two tokens of a walk first came to the same step: there they could have been joined.

Further on they pass the same steps one after the other, and rest together wherever the walk happens to be then.
"""

from collections import defaultdict
from collections.abc import Iterable

from procedure_library.semantics import Graph

# The transitions that a token has crossed, with those of the token that it was split from.
_Line = tuple[str, ...]


def first_met(graph: Graph, crossed: Iterable[str], last: str) -> str:
    """The step at which the two tokens met that came to `last` (a step, or a transition into a join) last.

    Where no step is common to both, the step that `last` is or leads to.
    """
    ways = {way.key: way for key in graph.steps for way in graph.outgoing[key]}
    standing: dict[str, _Line] = {}
    came: defaultdict[str, list[_Line]] = defaultdict(list)
    for way in (ways[key] for key in crossed):
        line = (*standing.get(way.source, ()), way.key)
        standing[way.target] = line
        came[way.key].append(line)
        came[way.target].append(line)
    one, other = came[last][-2:] if len(came[last]) > 1 else ((), ())
    passed = [[ways[key].target for key in line] for line in _apart(one, other)]
    common = (step for step in passed[0] if step in passed[1])
    return next(common, ways[last].target if last in ways else last)


def _apart(one: _Line, other: _Line) -> tuple[_Line, _Line]:
    """What each crossed since they were one token."""
    together = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return one[together:], other[together:]
