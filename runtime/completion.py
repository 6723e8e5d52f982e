"""How far a dossier is, in per cent: all that a stranger with code and identity number may learn."""

from collections import deque

from procedure_library.semantics import RESTING, Graph
from runtime.engine.state import State
from runtime.engine.status import CLOSED

FILED, RECEIVED, DECIDED, CLOSED_PERCENT = 10, 20, 90, 100


def completion(graph: Graph, state: State) -> int:
    """10 when filed, 20 when received, 90 when decided, 100 when closed; between, steps done against those left.

    Steps left are the fewest that lead to a granted end, as if all went well.
    """
    if state.status in CLOSED:
        return CLOSED_PERCENT
    if state.status == "decided":
        return DECIDED
    if state.marking is None:
        return FILED
    left = max((_steps_left(graph, key) for key in state.marking.waiting), default=0)
    done = max(_tasks(graph) - left, 0)
    return RECEIVED + (DECIDED - RECEIVED) * done // max(done + left, 1)


def _tasks(graph: Graph) -> int:
    return _steps_left(graph, graph.of_kind("start")[0].key)


def _steps_left(graph: Graph, key: str) -> int:
    """Tasks on the shortest way from the step, itself included, to a granted end; 0 where none can be reached."""
    reached = {key: _weight(graph, key)}
    waiting = deque([key])
    while waiting:
        here = waiting.popleft()
        for transition in graph.exits(here):
            steps = reached[here] + _weight(graph, transition.target)
            if steps < reached.get(transition.target, steps + 1):
                reached[transition.target] = steps
                waiting.append(transition.target)
    ends = (steps for step, steps in reached.items() if graph.steps[step].ending == "granted")
    return min(ends, default=0)


def _weight(graph: Graph, key: str) -> int:
    return 1 if graph.steps[key].kind in RESTING else 0
