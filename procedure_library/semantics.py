"""The one execution semantics: what the graph allows next. Pure: people, clock and money come later.

A marking says where work rests. `start` and `leave` walk from there until every token rests again: at a
step that takes time (RESTING), at a join that still lacks an arrival, or at an end. `replay` makes the same move
from the recorded transitions, without asking any rule.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from msgspec import Struct

from common.problems import MotcuaError
from procedure_library.blocks import block_of
from procedure_library.definition import Boundary, Step, Transition

RESTING = ("task", "supplement", "consultation", "payment", "message", "moment", "automatic", "call")


class NotEnabled(MotcuaError):
    """The marking does not allow this move: the caller must ask `Marking.waiting` first."""


class EndlessWalk(MotcuaError):
    """A transition is crossed twice in one move: by a circle of steps where nobody ever works, or by two tokens that
    nothing joined. The checks refuse such a definition. `crossed`: the transitions up to there, the last one twice."""

    def __init__(self, crossed: tuple[str, ...]) -> None:
        super().__init__(f"{crossed[-1]} is crossed twice in one move")
        self.crossed = crossed


class Undecided(Protocol):
    """Why a branch cannot be decided: the facts that are missing."""

    @property
    def missing(self) -> tuple[str, ...]: ...


# The value of a branch (of its choice rule, or the case type), or of an inclusive split the conditions that hold.
Choose = Callable[[Step], str | frozenset[str] | Undecided]


class Drawn(Protocol):
    """Steps and transitions, of a definition or of a drawing alone."""

    @property
    def steps(self) -> tuple[Step, ...]: ...

    @property
    def transitions(self) -> tuple[Transition, ...]: ...


def asks_rule(step: Step) -> bool:
    """Whether entering or passing the step asks a rule: whose it is, which way on, until when."""
    by_rule = step.choice is not None and not step.by_case_type
    return by_rule or bool(step.moment or step.assign) or step.kind == "inclusive"


@dataclass(frozen=True, slots=True)
class Graph:
    """The steps by key and the transitions that leave and enter each, in the order of the definition."""

    steps: Mapping[str, Step]
    outgoing: Mapping[str, tuple[Transition, ...]]
    incoming: Mapping[str, tuple[Transition, ...]]
    # Whether some move has to ask a rule.
    asks_rules: bool = False

    @classmethod
    def of(cls, drawn: "Drawn") -> "Graph":
        outgoing: dict[str, list[Transition]] = {step.key: [] for step in drawn.steps}
        incoming: dict[str, list[Transition]] = {step.key: [] for step in drawn.steps}
        for way in drawn.transitions:
            outgoing.get(way.source, []).append(way)
            incoming.get(way.target, []).append(way)
        return cls(
            MappingProxyType({step.key: step for step in drawn.steps}),
            MappingProxyType({key: tuple(ways) for key, ways in outgoing.items()}),
            MappingProxyType({key: tuple(ways) for key, ways in incoming.items()}),
            any(asks_rule(step) for step in drawn.steps),
        )

    def exits(self, key: str, on: Boundary | None = None) -> tuple[Transition, ...]:
        """The ways out of the step: those of its completion, or those of an interruption."""
        return tuple(t for t in self.outgoing[key] if t.on == on)

    def of_kind(self, kind: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps.values() if step.kind == kind)


class Marking(Struct, frozen=True):
    """Where the dossier stands: steps with open work, arrivals kept by joins, the end once reached.

    `waiting` and `arrived` (keys of transitions) are sorted; `ended` is the key of the end, None before.
    """

    waiting: tuple[str, ...] = ()
    arrived: tuple[str, ...] = ()
    ended: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {"waiting": list(self.waiting), "arrived": list(self.arrived), "ended": self.ended}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Marking":
        return cls(tuple(body["waiting"]), tuple(body["arrived"]), body["ended"])


class Move(Struct, frozen=True):
    """A step left and what followed. `entered` are the steps that a token came to rest
    at, in the order of the walk; `transitions` the ones crossed, joins and branches included."""

    marking: Marking
    left: str
    entered: tuple[str, ...]
    transitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """The branch `step` cannot be decided yet: nothing has moved."""

    step: str
    because: Undecided


def start(graph: Graph, choose: Choose) -> Move | Blocked:
    """The first move of a dossier."""
    first = graph.of_kind("start")[0].key
    return _Walk(graph, Marking(), _by_choice(graph, None, choose)).leave(first)


def leave(
    graph: Graph,
    marking: Marking,
    step: str,
    outcome: str | None,
    choose: Choose,
    on: Boundary | None = None,
) -> Move | Blocked:
    """Leaves a step at rest with its outcome (None: it has none), or by the way drawn for what interrupts it.

    `choose` gives the value of a branch's choice rule, or what is unknown.
    """
    if step not in marking.waiting:
        raise NotEnabled(f"{step} is not waiting")
    if on is not None and not graph.exits(step, on):
        raise NotEnabled(f"{step} has no way out on {on}")
    return _Walk(graph, marking, _by_choice(graph, outcome, choose)).leave(step, on)


def replay(graph: Graph, marking: Marking, left: str, transitions: Collection[str]) -> Move:
    """The move that was recorded with these transitions; raises NotEnabled when they do not fit."""
    if left not in marking.waiting and graph.steps[left].kind != "start":
        raise NotEnabled(f"{left} is not waiting")
    on = next((t.on for t in graph.outgoing[left] if t.key in transitions), None)
    move = _Walk(graph, marking, _as_recorded(graph, transitions)).leave(left, on)
    if not isinstance(move, Move) or set(move.transitions) != set(transitions):
        raise NotEnabled(f"the recorded transitions do not lead on from {left}")
    return move


_Pick = Callable[[Step], tuple[Transition, ...] | Blocked]


def _by_choice(graph: Graph, outcome: str | None, choose: Choose) -> _Pick:
    def pick(step: Step) -> tuple[Transition, ...] | Blocked:
        value = outcome if step.kind == "branch" and step.choice is None else choose(step)
        if isinstance(value, frozenset):
            return transitions_for(graph, step.key, value)
        if value is not None and not isinstance(value, str):
            return Blocked(step.key, value)
        return (transition_for(graph, step.key, value),)

    return pick


def transitions_for(graph: Graph, split: str, conditions: frozenset[str]) -> tuple[Transition, ...]:
    """The exits of an inclusive split whose conditions hold, else its default; none where it has none."""
    exits = graph.outgoing[split]
    return tuple(t for t in exits if t.when in conditions) or tuple(t for t in exits if t.default)


def transition_for(graph: Graph, branch: str, value: str | None) -> Transition:
    """The transition of the branch that stands for the value, else its default."""
    exits = graph.outgoing[branch]
    fitting = [t for t in exits if t.when == value] or [t for t in exits if t.default]
    if not fitting:
        raise NotEnabled(f"{branch} has no transition for {value}")
    return fitting[0]


def _as_recorded(graph: Graph, transitions: Collection[str]) -> _Pick:
    def pick(step: Step) -> tuple[Transition, ...] | Blocked:
        recorded = tuple(t for t in graph.outgoing[step.key] if t.key in transitions)
        if step.kind == "branch" and len(recorded) != 1:
            raise NotEnabled(f"{len(recorded)} transitions recorded out of {step.key}")
        return recorded

    return pick


class _Walk:
    """One move being made: tokens pass branches, splits and full joins until all of them rest."""

    def __init__(self, graph: Graph, marking: Marking, pick: _Pick) -> None:
        self.graph, self.pick = graph, pick
        self.waiting, self.arrived = [*marking.waiting], [*marking.arrived]
        self.ended = marking.ended
        self.entered: list[str] = []
        # Keys in the order of the walk.
        self.crossed: dict[str, None] = {}

    def leave(self, step: str, on: Boundary | None = None) -> Move | Blocked:
        if step in self.waiting:
            self.waiting.remove(step)
        ahead = list(self.graph.exits(step, on))
        while ahead:
            further = self._cross(ahead.pop(0))
            if isinstance(further, Blocked):
                return further
            ahead = [*further, *ahead]
        return Move(self._marking(), step, tuple(self.entered), tuple(self.crossed))

    def _cross(self, transition: Transition) -> tuple[Transition, ...] | Blocked:
        if transition.key in self.crossed:
            raise EndlessWalk((*self.crossed, transition.key))
        self.crossed[transition.key] = None
        step = self.graph.steps[transition.target]
        if step.kind in RESTING or step.kind == "end":
            return self._rest(step)
        if step.kind == "branch":
            return self.pick(step)
        if step.kind == "inclusive":
            return self._some(step)
        return self._join(step, transition) if step.kind == "join" else self.graph.outgoing[step.key]

    def _rest(self, step: Step) -> tuple[Transition, ...]:
        self.entered.append(step.key)
        if step.kind == "end":
            self.ended = step.key
        else:
            self.waiting.append(step.key)
        return ()

    def _some(self, step: Step) -> tuple[Transition, ...] | Blocked:
        """The exits taken; for each of the others its arrival at the join is there at once."""
        taken = self.pick(step)
        if isinstance(taken, Blocked):
            return taken
        block = block_of(self.graph, step.key)
        if block is None:
            raise NotEnabled(f"{step.key} has no join of its own")
        untaken = [arrival for key, arrival in block.arrivals.items() if key not in {t.key for t in taken}]
        join, onward = self.graph.steps[block.join], tuple[Transition, ...]()
        for key in untaken:
            onward = self._join(join, next(t for t in self.graph.incoming[join.key] if t.key == key))
        return (*taken, *onward)

    def _join(self, step: Step, arrival: Transition) -> tuple[Transition, ...]:
        self.arrived.append(arrival.key)
        needed = [t.key for t in self.graph.incoming[step.key]]
        if any(key not in self.arrived for key in needed):
            return ()
        for key in needed:
            self.arrived.remove(key)
        return self.graph.outgoing[step.key]

    def _marking(self) -> Marking:
        return Marking(tuple(sorted(self.waiting)), tuple(sorted(self.arrived)), self.ended)
