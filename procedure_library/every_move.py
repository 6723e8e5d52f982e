"""Every move that may leave a step, whatever people and rules decide: one for each outcome, interruption and value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, count, islice
from types import MappingProxyType
from typing import NamedTuple

from procedure_library.definition import Boundary, Ending, Step
from procedure_library.semantics import Blocked, EndlessWalk, Graph, Marking, Move, NotEnabled, leave, start

# By branch the values that its choice rule can give, as far as they are known: every other one is a possible way.
Choices = Mapping[str, frozenset[str]]
NOTHING_KNOWN: Choices = MappingProxyType({})

Chosen = Mapping[str, str | frozenset[str]]


class Endless(NamedTuple):
    """A move that would cross a transition twice."""

    left: str
    crossed: tuple[str, ...]


class Act(NamedTuple):
    """One way to leave a step, and the decision that it is (None: none)."""

    move: Move | Endless
    decision: Ending | None


@dataclass(frozen=True, slots=True)
class EveryMove:
    """The moves of a graph. `walks` counts the attempts: when it is spent, no further move is tried."""

    graph: Graph
    choices: Choices = field(default_factory=lambda: NOTHING_KNOWN)
    walks: Iterator[int] = field(default_factory=count)

    def beginnings(self, case_type: str = "") -> Iterator[Act]:
        """Of a dossier of the case type ("": of any) that was just received."""
        known = self._known(case_type)
        for step in self.graph.of_kind("start"):
            yield from (Act(move, None) for move in self._moves(None, step, None, known))

    def of(self, marking: Marking, step: Step, case_type: str = "") -> Iterator[Act]:
        """Of a step at rest: completed with each outcome, and interrupted in each way."""
        known = self._known(case_type)
        for outcome, decision in _outcomes(step):
            yield from (Act(move, decision) for move in self._moves(marking, step, outcome, known))
        for on in dict.fromkeys(way.on for way in self.graph.outgoing[step.key] if way.on):
            yield from (Act(move, None) for move in self._moves(marking, step, None, known, on))

    def _known(self, case_type: str) -> Chosen:
        """What is decided from the start: branches by the case type."""
        if not case_type:
            return {}
        return {key: case_type for key, step in self.graph.steps.items() if step.by_case_type}

    def _moves(
        self,
        marking: Marking | None,
        step: Step,
        outcome: str | None,
        known: Chosen,
        on: Boundary | None = None,
    ) -> Iterator[Move | Endless]:
        """One for each way in which the branches passed may be decided."""
        ahead: list[Chosen] = [known]
        while ahead and self._may_try(ahead[-1]):
            chosen = ahead.pop()
            move = self._walked(marking, step, outcome, on, chosen)
            if isinstance(move, Blocked):
                ahead += reversed([{**chosen, move.step: value} for value in self._values(move.step)])
            elif move is not None:
                yield move

    def _may_try(self, chosen: Chosen) -> bool:
        """Each attempt costs as many walks as it passes branches: it begins anew where the last one stopped."""
        return len(list(islice(self.walks, len(chosen) + 1))) > len(chosen)

    def _walked(
        self, marking: Marking | None, step: Step, outcome: str | None, on: Boundary | None, chosen: Chosen
    ) -> Move | Blocked | Endless | None:
        def choose(branch: Step) -> "str | frozenset[str] | _Open":
            return chosen[branch.key] if branch.key in chosen else _Open()

        try:
            if marking is None:
                return start(self.graph, choose)
            return leave(self.graph, marking, step.key, outcome, choose, on)
        except EndlessWalk as endless:
            return Endless(step.key, endless.crossed)
        except NotEnabled:
            # An outcome that no transition stands for has a finding of its own.
            return None

    def _values(self, key: str) -> list[str | frozenset[str]]:
        """Whatever the branch may be decided to; of an inclusive split every set of conditions that may hold."""
        exits, known = self.graph.outgoing[key], self.choices.get(key)
        named = [way.when for way in exits if way.when]
        if self.graph.steps[key].kind == "inclusive":
            return [*self._sets(named)]
        # A default is taken for every other value: no key is empty.
        is_left = any(way.default for way in exits) and (known is None or known.difference(named))
        return [*named, *([""] if is_left else [])]

    def _sets(self, named: list[str]) -> Iterator[frozenset[str]]:
        for size in range(len(named) + 1):
            for held in combinations(named, size):
                if next(self.walks, None) is None:
                    return
                yield frozenset(held)


def _outcomes(step: Step) -> list[tuple[str | None, Ending | None]]:
    return [(outcome.key, outcome.decision) for outcome in step.ways] or [(None, None)]


class _Open:
    """A branch that this walk has not decided yet."""

    missing: tuple[str, ...] = ()
