"""Which way a transition takes: along its row where that is free, else through the channels between rows.

Channels and cells are numbered alternately, so that both can be compared: the channel left of column c is 2c, column
c itself 2c + 1, the channel above row r is 2r, the row itself 2r + 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from procedure_library.definition import Step, Transition
from procedure_library.layout.cells import Cell, Cells
from procedure_library.layout.sizes import BOX, SIZES

Side = Literal["left", "right", "top", "bottom"]
GATEWAYS = ("branch", "split", "inclusive", "join")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a way in one channel or row: `at` its number, `start` to `end` what it crosses."""

    is_upright: bool
    at: int
    start: int
    end: int

    @property
    def is_channel(self) -> bool:
        """Whether it needs a line of its own there; in a row it runs through the middle."""
        return self.at % 2 == 0


@dataclass(frozen=True, slots=True)
class Route:
    """How a transition leaves, by which stretches it goes, and where it comes in."""

    key: str
    target: str
    leaves: Side
    stretches: tuple[Stretch, ...]
    enters: Side = "left"


def routes(steps: Sequence[Step], flows: Sequence[Transition], cells: Cells) -> dict[str, Route]:
    """A route for every transition; those that lead far are laid last."""
    laid = _Laid(steps, cells)
    return {flow.key: laid.route(flow) for flow in sorted(flows, key=lambda each: _reach(cells, each))}


def _reach(cells: Cells, flow: Transition) -> int:
    (column, row), (there, its_row) = cells[flow.source], cells[flow.target]
    return abs(there - column) * 2 + abs(its_row - row)


class _Laid:
    """What lies in the rows already: steps, and ways that run through empty cells."""

    def __init__(self, steps: Sequence[Step], cells: Cells) -> None:
        self.cells: Cells = cells
        self.taken: set[Cell] = set(cells.values())
        self.gateways = {step.key for step in steps if step.kind in GATEWAYS}
        self.broad = {step.key for step in steps if SIZES.get(step.kind) == BOX}
        # By channel: from which rows ways turn straight into which.
        self.turns: dict[int, dict[int, set[int]]] = {}
        # Sides of gateways by which a way has left.
        self.left: set[tuple[str, Side]] = set()

    def route(self, flow: Transition) -> Route:
        (column, row), (there, its_row) = self.cells[flow.source], self.cells[flow.target]
        if flow.on is not None:
            return self._below(flow)
        if there <= column:
            return self._back(flow)
        if row == its_row and self._take(row, column + 1, there):
            self.left.add((flow.source, "right"))
            return Route(flow.key, flow.target, "right", ())
        leaves = self._side(flow)
        self.left.add((flow.source, leaves))
        return self._forward(flow, leaves)

    def _side(self, flow: Transition) -> Side:
        """Ways out of a gateway part at once: one straight on, the others from the upper and lower corner."""
        row, its_row = self.cells[flow.source][1], self.cells[flow.target][1]
        if flow.source not in self.gateways or ((flow.source, "right") not in self.left and row == its_row):
            return "right"
        return "bottom" if its_row > row else "top"

    def _forward(self, flow: Transition, leaves: Side) -> Route:
        (column, row), (there, its_row) = self.cells[flow.source], self.cells[flow.target]
        if leaves in ("top", "bottom") and self._falls(flow):
            return Route(
                flow.key, flow.target, leaves, (Stretch(True, 2 * column + 1, 2 * row + 1, 2 * its_row + 1),)
            )
        channel = _above(row) if leaves == "top" else _above(row + 1)
        if leaves != "right":
            return Route(flow.key, flow.target, leaves, tuple(_over(2 * column + 1, channel, there, its_row)))
        if self._take(its_row, column + 1, there):
            if self._turns(2 * column + 2, row, its_row):
                return Route(flow.key, flow.target, leaves, (_upright(2 * column + 2, row, its_row),))
            return Route(flow.key, flow.target, "bottom", tuple(_around(column, row, its_row)))
        channel = _above(its_row) if row <= its_row else _above(its_row + 1)
        return Route(
            flow.key,
            flow.target,
            leaves,
            (
                Stretch(True, 2 * column + 2, 2 * row + 1, channel),
                *_over(2 * column + 2, channel, there, its_row),
            ),
        )

    def _turns(self, channel: int, row: int, its_row: int) -> bool:
        """Whether a way can turn there from row to row. In a ring of turns each would have to lie before the next."""
        turns = self.turns.setdefault(channel, {})
        reached, fresh = {its_row}, {its_row}
        while fresh:
            fresh = set().union(*(turns.get(each, set()) for each in fresh)) - reached
            reached |= fresh
        if row in reached:
            return False
        turns.setdefault(row, set()).add(its_row)
        return True

    def _falls(self, flow: Transition) -> bool:
        """Whether it can go straight up or down in its own column, then along the row of the target."""
        (column, row), (there, its_row) = self.cells[flow.source], self.cells[flow.target]
        step = 1 if its_row > row else -1
        passed = {(column, each) for each in range(row + step, its_row + step, step)}
        along = {(each, its_row) for each in range(column, there)}
        if self.taken.isdisjoint(passed | along) and row != its_row:
            self.taken |= passed | along
            return True
        return False

    def _take(self, row: int, first: int, there: int) -> bool:
        """Runs through the empty cells of a row, where they are empty."""
        between = {(column, row) for column in range(first, there)}
        if self.taken.isdisjoint(between):
            self.taken |= between
            return True
        return False

    def _back(self, flow: Transition) -> Route:
        """Below the row of the source, and into the target from below where nothing stands between."""
        (column, row), (there, its_row) = self.cells[flow.source], self.cells[flow.target]
        channel = _above(row + 1)
        if row == its_row and there < column and flow.target in self.broad:
            across = Stretch(False, channel, 2 * column + 1, 2 * there + 1)
            return Route(flow.key, flow.target, "bottom", (across,), "bottom")
        return Route(flow.key, flow.target, "bottom", tuple(_over(2 * column + 1, channel, there, its_row)))

    def _below(self, flow: Transition) -> Route:
        """Out of an event, which hangs on the lower edge of its step."""
        (column, row), (there, its_row) = self.cells[flow.source], self.cells[flow.target]
        return Route(
            flow.key, flow.target, "bottom", tuple(_over(2 * column + 1, _above(row + 1), there, its_row))
        )


def _above(row: int) -> int:
    """The channel above a row."""
    return 2 * row


def _upright(channel: int, row: int, its_row: int) -> Stretch:
    return Stretch(True, channel, 2 * row + 1, 2 * its_row + 1)


def _around(column: int, row: int, its_row: int) -> Iterator[Stretch]:
    """Below the step into the channel beside it, and there to the row of the target."""
    yield Stretch(False, _above(row + 1), 2 * column + 1, 2 * column + 2)
    yield Stretch(True, 2 * column + 2, _above(row + 1), 2 * its_row + 1)


def _over(start: int, channel: int, there: int, its_row: int) -> Iterator[Stretch]:
    """Along the channel to the left of the target, then up or down to its row."""
    yield Stretch(False, channel, start, 2 * there)
    yield Stretch(True, 2 * there, channel, 2 * its_row + 1)
