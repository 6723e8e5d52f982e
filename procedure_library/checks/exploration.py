"""Walks through everything the graph allows, whatever people and rules decide.

Each situation is a marking and the last official act before it. Where branches go by the case type, each case type is
walked by itself from the start: its ways are never mixed with those of another. A faulty situation is reported and not
walked any further. Of several waiting steps only the first is completed: they never take work from one
another, so every other order of the same acts comes to the same rest. (From every step an end can be reached:
an earlier round sees to that. Else one step could be completed for ever, and the others never looked at.)
Who wants the shortest walk to a fault asks for every order: a walk of one order does work that it does not need.

Other branches are taken to be decided independently of each other.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from procedure_library.checks.meeting import first_met
from procedure_library.definition import Ending, Step
from procedure_library.every_move import NOTHING_KNOWN, Act, Choices, Endless, EveryMove
from procedure_library.semantics import Graph, Marking, Move

# A sound procedure has little more situations than steps; beyond this one counts as not proved.
MOST = 2_000
# Branches one behind the other may be decided in twice as many ways each: walks tried in all.
MOST_WALKS = 20_000


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a dossier may stand, and the decision taken on the way there (None: none yet). `case_type` "": any."""

    marking: Marking
    decision: Ending | None = None
    case_type: str = ""

    @property
    def crowded(self) -> tuple[str, ...]:
        """Steps that are waiting twice at once, and transitions that arrived twice at a join."""
        held = (*self.marking.waiting, *self.marking.arrived)
        return tuple(sorted({key for key in held if held.count(key) > 1})) if len(held) > 1 else ()

    @property
    def is_over(self) -> bool:
        return self.marking.ended is not None or not self.marking.waiting


class Came(NamedTuple):
    """How a situation was come to: from where (None: at reception), by leaving which step, crossing what."""

    before: Situation | None
    left: str
    crossed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exploration:
    """The situations found, those with the fewest acts first, each with how it was come to.

    `circles` are steps behind which a walk never rests, `meetings` those at which tokens meet that pass the same way in
    one move, each with the path that shows it; `taken` the transitions crossed by some walk; `complete` is False when
    there were too many situations.
    """

    situations: Mapping[Situation, Came]
    circles: Mapping[str, tuple[str, ...]]
    meetings: Mapping[str, tuple[str, ...]]
    taken: frozenset[str]
    complete: bool

    def way_to(self, situation: Situation) -> tuple[str, ...]:
        """The steps completed on a way there."""
        return tuple(came.left for came in self._acts(situation) if came.before is not None)

    def path_to(self, graph: Graph, situation: Situation) -> tuple[str, ...]:
        """The same way with every step and transition that it passes, the start included."""
        path: list[str] = []
        for came in self._acts(situation):
            path += _passed(graph, came.left, came.crossed)
        return _without_repeats(path)

    def met_at(self, graph: Graph, situation: Situation, crowded: str) -> str:
        """The step at which the two tokens met that crowd this one."""
        return first_met(graph, _crossed(self._acts(situation)), crowded)

    def met_before(self, graph: Graph, came: Came, last: str) -> str:
        """The same of two tokens that meet in the midst of a move."""
        acts = self._acts(came.before) if came.before else []
        return first_met(graph, _crossed([*acts, came]), last)

    def _acts(self, situation: Situation) -> list[Came]:
        acts: list[Came] = []
        at: Situation | None = situation
        while at is not None:
            acts.append(self.situations[at])
            at = acts[-1].before
        return acts[::-1]


def explored(
    graph: Graph,
    choices: Choices = NOTHING_KNOWN,
    case_types: Iterable[str] = ("",),
    *,
    every_order: bool = False,
) -> Exploration:
    """Everything that can happen in a graph whose single steps are in order, to dossiers of these case types."""
    return _Exploring(graph, choices, every_order).whole(case_types)


class _Exploring:
    """An exploration under way: what was found, and what is ahead."""

    def __init__(self, graph: Graph, choices: Choices, every_order: bool) -> None:
        self.graph, self.every_order = graph, every_order
        self.walks = iter(range(MOST_WALKS))
        self.moves = EveryMove(graph, choices, self.walks)
        self.found: dict[Situation, Came] = {}
        self.endless: dict[tuple[str, str], Came] = {}
        self.taken: set[str] = set()
        self.ahead: deque[tuple[Situation, Came]] = deque()

    def whole(self, case_types: Iterable[str]) -> Exploration:
        for kind in case_types:
            for act in self.moves.beginnings(kind):
                self._note(None, act, kind)
        while self.ahead and len(self.found) < MOST:
            situation, came = self.ahead.popleft()
            if situation not in self.found:
                self.found[situation] = came
                self._go_on_from(situation)
        is_whole = not self.ahead and next(self.walks, None) is not None
        known = Exploration(self.found, {}, {}, frozenset(self.taken), is_whole)
        circles, meetings = dict[str, tuple[str, ...]](), dict[str, tuple[str, ...]]()
        for (what, key), came in self.endless.items():
            if what == "circle":
                circles[key] = self._path(known, came)
            else:
                meetings.setdefault(known.met_before(self.graph, came, key), self._path(known, came))
        return replace(known, circles=circles, meetings=meetings)

    def _go_on_from(self, situation: Situation) -> None:
        if situation.is_over or situation.crowded:
            return
        waiting = situation.marking.waiting
        for key in waiting if self.every_order else [next(k for k in self.graph.steps if k in waiting)]:
            for act in self.moves.of(situation.marking, self.graph.steps[key], situation.case_type):
                self._note(situation, act, situation.case_type)

    def _note(self, before: Situation | None, act: Act, case_type: str) -> None:
        if isinstance(act.move, Endless):
            what = _endless(self.graph, act.move)
            self.endless.setdefault(what, Came(before, act.move.left, act.move.crossed))
            return
        decision = act.decision or (before.decision if before else None)
        self.taken.update(act.move.transitions)
        came = Came(before, act.move.left, act.move.transitions)
        self.ahead.append((Situation(act.move.marking, decision, case_type), came))
        ends = [key for key in act.move.entered if self.graph.steps[key].kind == "end"]
        if len(ends) > 1:
            self.endless.setdefault(("meeting", ends[-1]), came)

    def _path(self, known: Exploration, came: Came) -> tuple[str, ...]:
        way = known.path_to(self.graph, came.before) if came.before else ()
        return _without_repeats([*way, *_passed(self.graph, came.left, came.crossed)])


def _endless(graph: Graph, move: Endless) -> tuple[str, str]:
    """A walk that crosses a transition twice runs in a circle behind the step left, or two tokens meet before it."""
    ways = {way.key: way for key in graph.steps for way in graph.outgoing[key] if way.key in move.crossed}
    twice, reached = ways[move.crossed[-1]], set[str]()
    ahead = [twice.target]
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead += [way.target for way in ways.values() if way.source == key]
    return ("circle", move.left) if twice.source in reached else ("meeting", twice.key)


def _crossed(acts: Iterable[Came]) -> Iterator[str]:
    return (key for came in acts for key in came.crossed)


def _passed(graph: Graph, left: str, crossed: tuple[str, ...]) -> Iterator[str]:
    """The step left, then each transition with where it leads; where a token starts anew, with that step."""
    targets = {way.key: way for ways in graph.outgoing.values() for way in ways}
    yield left
    for key in crossed:
        yield from (key, targets[key].target)


def _without_repeats(path: list[str]) -> tuple[str, ...]:
    return tuple(key for place, key in enumerate(path) if not place or path[place - 1] != key)


def every_way_on(graph: Graph, situation: Situation, step: Step) -> Iterator[Situation]:
    """The situations that completing the waiting step may lead to, or interrupting it."""
    for move, decision in EveryMove(graph).of(situation.marking, step, situation.case_type):
        if isinstance(move, Move):
            yield Situation(move.marking, decision or situation.decision, situation.case_type)


def every_way_to_begin(graph: Graph, case_type: str = "") -> Iterator[Situation]:
    """The situations of a dossier that was just received."""
    for move, _ in EveryMove(graph).beginnings(case_type):
        if isinstance(move, Move):
            yield Situation(move.marking, case_type=case_type)
