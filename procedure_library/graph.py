"""The steps and transitions of a procedure as a graph."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from procedure_library.definition import Boundary, Step, Transition


class Drawn(Protocol):
    """Steps and transitions, of a definition or of a drawing alone."""

    @property
    def steps(self) -> tuple[Step, ...]: ...

    @property
    def transitions(self) -> tuple[Transition, ...]: ...


@dataclass(frozen=True, slots=True)
class Graph:
    """The steps by key and the transitions that leave and enter each, in the order of the definition."""

    steps: Mapping[str, Step]
    outgoing: Mapping[str, tuple[Transition, ...]]
    incoming: Mapping[str, tuple[Transition, ...]]

    @classmethod
    def of(cls, drawn: "Drawn") -> "Graph":
        transitions = drawn.transitions
        keys = [step.key for step in drawn.steps]
        return cls(
            MappingProxyType({step.key: step for step in drawn.steps}),
            MappingProxyType({key: tuple(t for t in transitions if t.source == key) for key in keys}),
            MappingProxyType({key: tuple(t for t in transitions if t.target == key) for key in keys}),
        )

    def exits(self, key: str, on: Boundary | None = None) -> tuple[Transition, ...]:
        """The ways out of the step: those of its completion, or those of an interruption."""
        return tuple(t for t in self.outgoing[key] if t.on == on)

    def of_kind(self, kind: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps.values() if step.kind == kind)
