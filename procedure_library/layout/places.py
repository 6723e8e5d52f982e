"""Pixels for cells and lines: channels are as wide as the lines in them need."""

from collections.abc import Iterator
from itertools import pairwise

from procedure_library.definition import Step
from procedure_library.layout.cells import Cells
from procedure_library.layout.routes import Route, Stretch
from procedure_library.layout.sizes import BELOW, BESIDE, BOX, GATEWAY, LEFT, SIZES, TOP, TRACK, Box, Point
from procedure_library.layout.tracks import Tracks

# How far from the left edge of a task a way comes in from below: clear of the events on its lower edge.
INTO = 18


class Grid:
    """Where the columns and rows lie."""

    def __init__(self, cells: Cells, tracks: Tracks) -> None:
        self.cells, self.tracks = cells, tracks
        columns = 1 + max((column for column, _row in cells.values()), default=0)
        rows = 1 + max((row for _column, row in cells.values()), default=0)
        self._x = list(self._begins(True, columns, LEFT, BOX[0], BESIDE))
        self._y = list(self._begins(False, rows, TOP, BOX[1], BELOW))

    def _begins(
        self, is_upright: bool, many: int, first: int, size: int, least: int
    ) -> Iterator[tuple[int, int]]:
        """Beginning and end of every channel and every cell, by their number."""
        at = first - self._width(is_upright, 0, 0)
        for number in range(many + 1):
            width = self._width(is_upright, 2 * number, least)
            yield at, at + width
            at += width
            yield at, at + size
            at += size

    def _width(self, is_upright: bool, number: int, least: int) -> int:
        lines = self.tracks.count.get((is_upright, number), 0)
        return max(least if number else 0, (lines + 1) * TRACK)

    def box(self, step: Step) -> Box:
        """The shape of a step, in the middle of its cell."""
        column, row = self.cells[step.key]
        width, height = SIZES.get(step.kind, GATEWAY)
        x, y = self._x[2 * column + 1][0], self._y[2 * row + 1][0]
        return (x + (BOX[0] - width) // 2, y + (BOX[1] - height) // 2, width, height)

    def points(self, route: Route, source: Box, target: Box) -> tuple[Point, ...]:
        """The way-points from shape to shape."""
        start, end = _out(source, route.leaves), _into(target, route.enters)
        if not route.stretches:
            return (start, end)
        lines = [self._at(route, index, source) for index in range(len(route.stretches))]
        points = [start]
        for stretch, at in zip(route.stretches, lines, strict=True):
            x, y = points[-1]
            points.append((at, y) if stretch.is_upright else (x, at))
        x, y = points[-1]
        points.append((x, end[1]) if route.stretches[-1].is_upright else (end[0], y))
        return tuple(_bends([*points, end]))

    def _at(self, route: Route, index: int, source: Box) -> int:
        """Where the line of a stretch lies: in its channel, or below the corner that it comes out of."""
        stretch: Stretch = route.stretches[index]
        if not stretch.is_channel:
            return source[0] + source[2] // 2
        begin, end = (self._x if stretch.is_upright else self._y)[stretch.at]
        count = self.tracks.count[stretch.is_upright, stretch.at]
        number = self.tracks.of[route.key, index]
        # In the middle of the channel, side by side.
        return (begin + end) // 2 + (2 * number - count + 1) * TRACK // 2


def _out(box: Box, side: str) -> Point:
    x, y, width, height = box
    return {
        "right": (x + width, y + height // 2),
        "top": (x + width // 2, y),
        "bottom": (x + width // 2, y + height),
    }[side]


def _into(box: Box, side: str) -> Point:
    x, y, width, height = box
    if side == "left":
        return (x, y + height // 2)
    return (x + (INTO if width == BOX[0] else width // 2), y + height)


def _bends(points: list[Point]) -> Iterator[Point]:
    """Without points that say nothing: the same again, or in the middle of a straight line."""
    kept = [points[0]]
    for point, after in pairwise([*points[1:], points[-1]]):
        is_straight = (kept[-1][0] == point[0] == after[0]) or (kept[-1][1] == point[1] == after[1])
        if point != kept[-1] and (not is_straight or point == after):
            kept.append(point)
    if kept[-1] != points[-1]:
        kept.append(points[-1])
    yield from kept
