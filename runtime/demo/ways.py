"""Which outcome leads where: read from the graph, so that any procedure can be walked to a wanted end."""

from collections import deque

from procedure_library.definition import Ending
from procedure_library.semantics import Graph, transition_for

SUPPLEMENT = "supplement"


def outcome_towards(graph: Graph, step: str, goal: Ending | str) -> str | None:
    """The outcome of the task on the shortest way to an end of that kind, or to a supplement; None: no way."""
    ways = ((_distance(graph, step, outcome.key, goal), outcome.key) for outcome in graph.steps[step].ways)
    possible = [(length, key) for length, key in ways if length is not None]
    return min(possible, key=lambda way: way[0])[1] if possible else None


def _distance(graph: Graph, step: str, outcome: str, goal: Ending | str) -> int | None:
    """Steps from the task to the goal when it is left with the outcome."""
    first = [_branched(graph, t.target, outcome) for t in graph.exits(step)]
    waiting = deque((key, 1) for targets in first for key in targets)
    seen: set[str] = {step}
    while waiting:
        key, length = waiting.popleft()
        if _is_goal(graph, key, goal):
            return length
        if key in seen or (goal != SUPPLEMENT and graph.steps[key].kind == "supplement"):
            continue
        seen.add(key)
        waiting.extend((t.target, length + 1) for t in graph.exits(key))
    return None


def _branched(graph: Graph, key: str, outcome: str) -> list[str]:
    """The step itself, or where a branch on the outcome leads."""
    step = graph.steps[key]
    if step.kind != "branch" or step.choice is not None:
        return [key]
    return _branched(graph, transition_for(graph, key, outcome).target, outcome)


def _is_goal(graph: Graph, key: str, goal: Ending | str) -> bool:
    step = graph.steps[key]
    return step.kind == "supplement" if goal == SUPPLEMENT else step.ending == goal
