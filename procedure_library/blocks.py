"""Inclusive splits with their joins: what each way that is not taken stands for at the join."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from procedure_library.definition import Step, Transition


class Ways(Protocol):
    """As much of the graph as a block is found by."""

    @property
    def steps(self) -> Mapping[str, Step]: ...

    @property
    def outgoing(self) -> Mapping[str, tuple[Transition, ...]]: ...

    @property
    def incoming(self) -> Mapping[str, tuple[Transition, ...]]: ...


@dataclass(frozen=True, slots=True)
class Block:
    """An inclusive split with its join: each exit of the split leads to one arrival at the join."""

    join: str
    arrivals: Mapping[str, str]


def block_of(graph: Ways, split: str) -> Block | None:
    """The block that the split begins; None when what it leads to is none: something leaves it, enters it from
    elsewhere, or comes together before the join."""
    joins = (key for key, step in graph.steps.items() if step.kind == "join")
    found = (_block(graph, split, join) for join in joins)
    return next((block for block in found if block is not None), None)


def _block(graph: Ways, split: str, join: str) -> Block | None:
    inside: dict[str, set[str]] = {}
    arrivals: dict[str, str] = {}
    for way in graph.outgoing[split]:
        steps, arriving = _until(graph, way, join)
        if len(arriving) != 1 or split in steps or any(graph.steps[key].kind == "end" for key in steps):
            return None
        inside[way.key], arrivals[way.key] = steps, arriving.pop()
    closed = {key for steps in inside.values() for key in steps}
    entered = (t for key in closed for t in graph.incoming[key])
    if sum(map(len, inside.values())) != len(closed) or any(
        t.source not in {*closed, split} for t in entered
    ):
        return None
    is_whole = sorted(arrivals.values()) == sorted(t.key for t in graph.incoming[join])
    return Block(join, arrivals) if arrivals and is_whole else None


def _until(graph: Ways, way: Transition, join: str) -> tuple[set[str], set[str]]:
    """The steps between the way and the join, and the transitions by which the join is reached."""
    steps, arriving, ahead = set[str](), set[str](), [way]
    while ahead:
        here = ahead.pop()
        if here.target == join:
            arriving.add(here.key)
        elif here.target not in steps:
            steps.add(here.target)
            ahead += graph.outgoing[here.target]
    return steps, arriving
