"""A line of its own for every stretch in a channel: two ways may cross, but do not lie on each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from procedure_library.layout.routes import Route, Stretch

# Upright or not, and the number of the channel.
Channel = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class Tracks:
    """`of` a way and its stretch: the number of the line in its channel. `count`: how many lines a channel has."""

    of: Mapping[tuple[str, int], int]
    count: Mapping[Channel, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    route: Route
    index: int

    @property
    def stretch(self) -> Stretch:
        return self.route.stretches[self.index]

    @property
    def span(self) -> tuple[int, int]:
        stretch = self.stretch
        return min(stretch.start, stretch.end), max(stretch.start, stretch.end)

    @property
    def leaves_at(self) -> int | None:
        """The row in which it comes out of its step."""
        return self.stretch.start if self.index == 0 and self.route.leaves == "right" else None

    @property
    def from_above(self) -> int | None:
        """The column in which it hangs on the step above its channel."""
        if self.index == 0 and self.route.leaves == "bottom":
            return self.stretch.start
        return self.stretch.end if self.route.enters == "bottom" else None

    @property
    def from_below(self) -> int | None:
        """The column in which it stands on the step below its channel."""
        return self.stretch.start if self.index == 0 and self.route.leaves == "top" else None

    @property
    def enters_at(self) -> int | None:
        """The row in which it goes into its step."""
        return self.stretch.end if self.index == len(self.route.stretches) - 1 else None


def tracks(routes: Iterable[Route]) -> Tracks:
    """The lines of all channels."""
    channels: dict[Channel, list[_Line]] = defaultdict(list)
    for route in routes:
        for index, stretch in enumerate(route.stretches):
            if stretch.is_channel:
                channels[stretch.is_upright, stretch.at].append(_Line(route, index))
    found: dict[tuple[str, int], int] = {}
    count: dict[Channel, int] = {}
    for channel, lines in channels.items():
        count[channel] = _assign(lines, found)
    return Tracks(found, count)


def _assign(lines: list[_Line], found: dict[tuple[str, int], int]) -> int:
    """The first line that is free over the whole stretch, behind those it must not lie before."""
    taken: list[list[_Line]] = []
    behind = _behind(lines)
    for line in _in_order(lines, behind):
        before = [found[_key(other)] for other in behind[line] if _key(other) in found]
        least = 1 + max(before, default=-1)
        number = least
        while number < len(taken) and any(_meet(line, other) for other in taken[number]):
            number += 1
        while number >= len(taken):
            taken.append([])
        taken[number].append(line)
        found[_key(line)] = number
    return len(taken)


def _key(line: _Line) -> tuple[str, int]:
    return line.route.key, line.index


def _behind(lines: list[_Line]) -> dict[_Line, list[_Line]]:
    """Which lines must come first for two ways not to meet between a step and its line: one comes out of a step where
    another goes into the next in the same row; one hangs on the step above, another stands on the step below."""
    return {
        line: [other for other in lines if other.route is not line.route and _is_first(other, line)]
        for line in lines
    }


def _is_first(other: _Line, line: _Line) -> bool:
    if line.stretch.is_upright:
        return other.leaves_at is not None and other.leaves_at == line.enters_at
    return line.from_below is not None and line.from_below == other.from_above


def _in_order(lines: list[_Line], behind: Mapping[_Line, list[_Line]]) -> Iterable[_Line]:
    lines = sorted(lines, key=lambda line: (line.span[1] - line.span[0], line.span))
    try:
        return list(TopologicalSorter({line: behind[line] for line in lines}).static_order())
    except CycleError:
        return lines


def _meet(one: _Line, other: _Line) -> bool:
    """Ways into the same step may run together."""
    if (
        one.route.target == other.route.target
        and one.enters_at is not None
        and one.enters_at == other.enters_at
    ):
        return False
    return one.span[0] <= other.span[1] and other.span[0] <= one.span[1]
