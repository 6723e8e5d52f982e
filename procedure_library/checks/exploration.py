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
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

from procedure_library.definition import Boundary, Ending, Step
from procedure_library.semantics import Blocked, EndlessWalk, Graph, Marking, Move, NotEnabled, leave, start

# By branch the values that its choice rule can give, as far as they are known: every other one is a possible way.
Choices = Mapping[str, frozenset[str]]
NOTHING_KNOWN: Choices = MappingProxyType({})

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

    `circles` are steps behind which a walk never rests, `meetings` those that two tokens come to in one move, each with
    the path that shows it; `taken` the transitions crossed by some walk; `complete` is False when there were too
    many situations.
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
        self.graph, self.choices, self.every_order = graph, choices, every_order
        self.found: dict[Situation, Came] = {}
        self.endless: dict[tuple[str, str], Came] = {}
        self.taken: set[str] = set()
        self.ahead: deque[tuple[Situation, Came]] = deque()

    def whole(self, case_types: Iterable[str]) -> Exploration:
        for kind in case_types:
            for act in _beginnings(self.graph, self.choices, kind):
                self._note(None, act, kind)
        while self.ahead and len(self.found) < MOST:
            situation, came = self.ahead.popleft()
            if situation not in self.found:
                self.found[situation] = came
                self._go_on_from(situation)
        known = Exploration(self.found, {}, {}, frozenset(self.taken), not self.ahead)
        circles, meetings = (
            {k: self._path(known, c) for (w, k), c in self.endless.items() if w == what}
            for what in ("circle", "meeting")
        )
        return replace(known, circles=circles, meetings=meetings)

    def _go_on_from(self, situation: Situation) -> None:
        if situation.is_over or situation.crowded:
            return
        waiting = situation.marking.waiting
        for key in waiting if self.every_order else [next(k for k in self.graph.steps if k in waiting)]:
            for act in _acts_on(self.graph, situation, self.graph.steps[key], self.choices):
                self._note(situation, act, situation.case_type)

    def _note(self, before: Situation | None, act: "_Act", case_type: str) -> None:
        if isinstance(act.move, _Endless):
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


def _endless(graph: Graph, move: "_Endless") -> tuple[str, str]:
    """A walk that crosses a transition twice runs in a circle behind the step left, or two tokens meet at a step."""
    ways = {way.key: way for key in graph.steps for way in graph.outgoing[key] if way.key in move.crossed}
    twice, reached = ways[move.crossed[-1]], set[str]()
    ahead = [twice.target]
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead += [way.target for way in ways.values() if way.source == key]
    return ("circle", move.left) if twice.source in reached else ("meeting", twice.target)


def _passed(graph: Graph, left: str, crossed: tuple[str, ...]) -> Iterator[str]:
    """The step left, then each transition with where it leads; where a token starts anew, with that step."""
    targets = {way.key: way for ways in graph.outgoing.values() for way in ways}
    yield left
    for key in crossed:
        yield from (key, targets[key].target)


def _without_repeats(path: list[str]) -> tuple[str, ...]:
    return tuple(key for place, key in enumerate(path) if not place or path[place - 1] != key)


class _Endless(NamedTuple):
    """A move that would cross a transition twice."""

    left: str
    crossed: tuple[str, ...]


class _Act(NamedTuple):
    """One way to leave a step."""

    move: Move | _Endless
    decision: Ending | None


def every_way_on(graph: Graph, situation: Situation, step: Step) -> Iterator[Situation]:
    """The situations that completing the waiting step may lead to, or interrupting it."""
    for move, decision in _acts_on(graph, situation, step):
        if isinstance(move, Move):
            yield Situation(move.marking, decision or situation.decision, situation.case_type)


def every_way_to_begin(graph: Graph, case_type: str = "") -> Iterator[Situation]:
    """The situations of a dossier that was just received."""
    for move, _ in _beginnings(graph, case_type=case_type):
        if isinstance(move, Move):
            yield Situation(move.marking, case_type=case_type)


def _beginnings(graph: Graph, choices: Choices = NOTHING_KNOWN, case_type: str = "") -> Iterator[_Act]:
    for step in graph.of_kind("start"):
        for move in _every_move(graph, choices, None, step, None, _known(graph, case_type)):
            yield _Act(move, None)


def _acts_on(graph: Graph, at: Situation, step: Step, choices: Choices = NOTHING_KNOWN) -> Iterator[_Act]:
    known = _known(graph, at.case_type)
    for outcome, decision in _outcomes(step):
        for move in _every_move(graph, choices, at.marking, step, outcome, known):
            yield _Act(move, decision)
    for on in dict.fromkeys(t.on for t in graph.outgoing[step.key] if t.on):
        for move in _every_move(graph, choices, at.marking, step, None, known, on):
            yield _Act(move, None)


def _known(graph: Graph, case_type: str) -> Mapping[str, str]:
    """What is decided from the start: branches by the case type."""
    if not case_type:
        return {}
    return {key: case_type for key, step in graph.steps.items() if step.by_case_type}


def _outcomes(step: Step) -> list[tuple[str | None, Ending | None]]:
    return [(outcome.key, outcome.decision) for outcome in step.ways] or [(None, None)]


def _every_move(
    graph: Graph,
    choices: Choices,
    marking: Marking | None,
    step: Step,
    outcome: str | None,
    chosen: Mapping[str, str | frozenset[str]],
    on: Boundary | None = None,
) -> Iterator[Move | _Endless]:
    """The moves that leave `step`, one for each way its branches may be decided."""

    def choose(branch: Step) -> "str | frozenset[str] | _Open":
        return chosen[branch.key] if branch.key in chosen else _Open()

    try:
        move = leave(graph, marking, step.key, outcome, choose, on) if marking else start(graph, choose)
    except EndlessWalk as endless:
        yield _Endless(step.key, endless.crossed)
        return
    except NotEnabled:
        # An outcome that no transition stands for has a finding of its own.
        return
    if not isinstance(move, Blocked):
        yield move
        return
    for value in _values(graph, move.step, choices.get(move.step)):
        further = {**chosen, move.step: value}
        yield from _every_move(graph, choices, marking, step, outcome, further, on)


def _values(graph: Graph, key: str, known: frozenset[str] | None) -> Iterator[str | frozenset[str]]:
    """Whatever the branch may be decided to; of an inclusive split every set of conditions that may hold."""
    exits = graph.outgoing[key]
    named = [t.when for t in exits if t.when]
    if graph.steps[key].kind == "inclusive":
        for count in range(len(named) + 1):
            yield from map(frozenset, combinations(named, count))
        return
    yield from named
    if any(t.default for t in exits) and (known is None or known.difference(named)):
        # A default is taken for every other value: no key is empty.
        yield ""


class _Open:
    """A branch that this walk has not decided yet."""

    missing: tuple[str, ...] = ()
