"""Walks through everything the graph allows, whatever people and rules decide.

Each situation is a marking and the last official act before it. Where branches go by the case type, each case type is
walked by itself from the start: its ways are never mixed with those of another. A faulty situation is reported and not
walked any further. Of several waiting steps only the first is completed: they never take work from one
another, so every other order of the same acts comes to the same rest. (From every step an end can be reached:
an earlier round sees to that. Else one step could be completed for ever, and the others never looked at.)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from procedure_library.definition import Boundary, Ending, Step
from procedure_library.semantics import Blocked, EndlessWalk, Graph, Marking, Move, NotEnabled, leave, start

# A sound procedure has little more situations than steps; beyond this one counts as not proved.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a dossier may stand, and the decision taken on the way there (None: none yet). `case_type` "": any."""

    marking: Marking
    decision: Ending | None = None
    case_type: str = ""

    @property
    def crowded(self) -> tuple[str, ...]:
        """Steps that are waiting twice at once."""
        waiting = self.marking.waiting
        return tuple(sorted({key for key in waiting if waiting.count(key) > 1}))

    @property
    def is_over(self) -> bool:
        return self.marking.ended is not None or not self.marking.waiting


@dataclass(frozen=True, slots=True)
class Exploration:
    """The situations found, each with the step left to come there; `circles` are steps where a walk never
    rests; `complete` is False when there were too many."""

    situations: Mapping[Situation, tuple[Situation, str] | None]
    circles: frozenset[str]
    complete: bool

    def way_to(self, situation: Situation) -> tuple[str, ...]:
        """The steps completed on a way there."""
        came = self.situations[situation]
        return (*self.way_to(came[0]), came[1]) if came else ()


def explored(graph: Graph, case_types: Iterable[str] = ("",)) -> Exploration:
    """Everything that can happen in a graph whose single steps are in order, to dossiers of these case types."""
    found: dict[Situation, tuple[Situation, str] | None] = {}
    circles: set[str] = set()
    begun = (situation for kind in case_types for situation in every_way_to_begin(graph, circles, kind))
    first = [(situation, None) for situation in begun]
    ahead: list[tuple[Situation, tuple[Situation, str] | None]] = [*first]
    while ahead and len(found) < MOST:
        situation, came = ahead.pop(0)
        if situation in found:
            continue
        found[situation] = came
        if not situation.is_over and not situation.crowded:
            ahead += [(s, (situation, left)) for s, left in _followers(graph, situation, circles)]
    return Exploration(found, frozenset(circles), not ahead)


def _followers(graph: Graph, situation: Situation, circles: set[str]) -> Iterator[tuple[Situation, str]]:
    step = next(step for key, step in graph.steps.items() if key in situation.marking.waiting)
    for following in every_way_on(graph, situation, step, circles):
        yield following, step.key


def every_way_on(
    graph: Graph, situation: Situation, step: Step, circles: set[str] | None = None
) -> Iterator[Situation]:
    """The situations that completing the waiting step may lead to, or interrupting it."""
    circles = circles if circles is not None else set()
    known, kind = _known(graph, situation.case_type), situation.case_type
    for outcome, decision in _outcomes(step):
        for move in _every_move(graph, situation.marking, step, outcome, known, circles):
            yield Situation(move.marking, decision or situation.decision, kind)
    for on in dict.fromkeys(t.on for t in graph.outgoing[step.key] if t.on):
        for move in _every_move(graph, situation.marking, step, None, known, circles, on):
            yield Situation(move.marking, situation.decision, kind)


def _outcomes(step: Step) -> list[tuple[str | None, Ending | None]]:
    return [(outcome.key, outcome.decision) for outcome in step.ways] or [(None, None)]


def _known(graph: Graph, case_type: str) -> Mapping[str, str]:
    """What is decided from the start: branches by the case type."""
    if not case_type:
        return {}
    return {key: case_type for key, step in graph.steps.items() if step.by_case_type}


def every_way_to_begin(
    graph: Graph, circles: set[str] | None = None, case_type: str = ""
) -> Iterator[Situation]:
    """The situations of a dossier that was just received."""
    circles, known = circles if circles is not None else set(), _known(graph, case_type)
    for step in graph.of_kind("start"):
        for move in _every_move(graph, None, step, None, known, circles):
            yield Situation(move.marking, case_type=case_type)


def _every_move(
    graph: Graph,
    marking: Marking | None,
    step: Step,
    outcome: str | None,
    chosen: Mapping[str, str | frozenset[str]],
    circles: set[str],
    on: Boundary | None = None,
) -> Iterator[Move]:
    """The moves that leave `step`, one for each way its branches may be decided."""

    def choose(branch: Step) -> "str | frozenset[str] | _Open":
        return chosen[branch.key] if branch.key in chosen else _Open()

    try:
        move = leave(graph, marking, step.key, outcome, choose, on) if marking else start(graph, choose)
    except EndlessWalk:
        circles.add(step.key)
        return
    except NotEnabled:
        # An outcome that no transition stands for has a finding of its own.
        return
    if not isinstance(move, Blocked):
        yield move
        return
    for value in _values(graph, move.step):
        further = {**chosen, move.step: value}
        yield from _every_move(graph, marking, step, outcome, further, circles, on)


def _values(graph: Graph, key: str) -> Iterator[str | frozenset[str]]:
    """Whatever the branch may be decided to; of an inclusive split every set of conditions that may hold."""
    exits = graph.outgoing[key]
    if graph.steps[key].kind == "inclusive":
        named = [t.when for t in exits if t.when]
        for count in range(len(named) + 1):
            yield from map(frozenset, combinations(named, count))
    else:
        # A default is taken for every other value: no key is empty.
        yield from (t.when or "" for t in exits)


class _Open:
    """A branch that this walk has not decided yet."""

    missing: tuple[str, ...] = ()
