"""The line of a transition between two shapes that stand: with right angles, clear of shapes and of other lines."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from procedure_library.layout.sizes import BELOW, BESIDE, BOX, Box, Point

Line = tuple[Point, ...]
Stretch = tuple[Point, Point]

# From middle to middle of two columns, and of two rows. Ways back run below each other: so far apart, so many of them.
COLUMN, ROW = BOX[0] + BESIDE, BOX[1] + BELOW
LEVEL, LEVELS = 16, 3

# What a line may rather do than run through a shape: lie on another line, cross one, turn once more, be longer.
THROUGH, ALONG, ACROSS, TURN, LONGER = 1000, 60, 8, 4, 0.01


def line_between(shapes: Mapping[str, Box], edges: Mapping[str, Line], source: str, target: str) -> Line:
    """The best of the ways that a hand would draw."""
    near = _around(shapes[source], shapes[target])
    own = {source, target, source.partition(".")[0]}
    things = [box for key, box in shapes.items() if not _is_of(key, own) and _meet(box, near)]
    things += [_inner(shapes[key]) for key in own if key in shapes]
    lines = [each for points in edges.values() for each in stretches(points) if crosses(each, near)]
    ways = (_tidy(line) for line in _ways(shapes[source], shapes[target]))
    return min(ways, key=lambda line: _cost(line, things, lines))


def plain_line(source: Box, target: Box) -> Line:
    """The plainest, whatever lies there."""
    return _tidy(next(iter(_ways(source, target))))


def stretches(line: Line) -> Iterator[Stretch]:
    return pairwise(line)


def crosses(stretch: Stretch, box: Box) -> bool:
    """Whether a stretch runs through a shape or along its edge."""
    (left, right), (top, bottom) = (sorted((stretch[0][i], stretch[1][i])) for i in (0, 1))
    return left <= box[0] + box[2] and box[0] <= right and top <= box[1] + box[3] and box[1] <= bottom


def _is_of(key: str, steps: Collection[str]) -> bool:
    """Whether it is one of the steps, or an event on its edge."""
    return key in steps or key.partition(".")[0] in steps


def _around(one: Box, other: Box) -> Box:
    """As far as a line between them may go."""
    left, top = (min(one[i], other[i]) - ROW for i in (0, 1))
    right, bottom = (max(one[i] + one[i + 2], other[i] + other[i + 2]) + ROW for i in (0, 1))
    return left, top, right - left, bottom - top


def _meet(one: Box, other: Box) -> bool:
    return crosses(((one[0], one[1]), (one[0] + one[2], one[1] + one[3])), other)


def _ways(source: Box, target: Box) -> Iterator[Line]:
    """From side to side, the plainest first."""
    if source == target:
        yield _loop(source)
        return
    out_left, out_right, out_top, out_bottom = _sides(source)
    in_left, in_right, in_top, in_bottom = _sides(target)
    turn = (out_right[0] + in_left[0]) // 2
    yield (out_right, (turn, out_right[1]), (turn, in_left[1]), in_left)
    for out in (out_bottom, out_top):
        for into in (in_left, in_right):
            yield (out, (out[0], into[1]), into)
    for into in (in_top, in_bottom):
        for out in (out_right, out_left):
            yield (out, (into[0], out[1]), into)
    half = (out_bottom[1] + in_top[1]) // 2
    yield (out_bottom, (out_bottom[0], half), (in_top[0], half), in_top)
    for level in range(LEVELS):
        below = max(out_bottom[1], in_bottom[1]) + ROW // 4 + level * LEVEL
        above = min(out_top[1], in_top[1]) - ROW // 4 - level * LEVEL
        yield (out_bottom, (out_bottom[0], below), (in_bottom[0], below), in_bottom)
        yield (out_top, (out_top[0], above), (in_top[0], above), in_top)


def _sides(box: Box) -> tuple[Point, Point, Point, Point]:
    """The middles of the left, right, upper and lower edge."""
    x, y, width, height = box
    across, down = x + width // 2, y + height // 2
    return (x, down), (x + width, down), (across, y), (across, y + height)


def _loop(box: Box) -> Line:
    _left, right, _top, bottom = _sides(box)
    out, below = right[0] + LEVEL, bottom[1] + LEVEL
    return (right, (out, right[1]), (out, below), (bottom[0], below), bottom)


def _tidy(line: Line) -> Line:
    """Without points that stand on each other, or on the way from the one before to the next."""
    points = [point for i, point in enumerate(line) if i == 0 or point != line[i - 1]]
    inner = [
        here
        for before, here, after in zip(points, points[1:], points[2:], strict=False)
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1])
    ]
    return (points[0], *inner, points[-1])


def _cost(line: Line, things: list[Box], others: list[Stretch]) -> float:
    parts = list(stretches(line))
    through = sum(crosses(part, box) for part in parts for box in things)
    met = [_meeting(part, other) for part in parts for other in others]
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in parts)
    return THROUGH * through + sum(met) + TURN * len(line) + LONGER * length


def _meeting(one: Stretch, other: Stretch) -> int:
    box = _box_of(other)
    if not crosses(one, box):
        return 0
    return ALONG if _is_upright(one) == _is_upright(other) else ACROSS


def _is_upright(stretch: Stretch) -> bool:
    return stretch[0][0] == stretch[1][0]


def _box_of(stretch: Stretch) -> Box:
    (left, right), (top, bottom) = (sorted((stretch[0][i], stretch[1][i])) for i in (0, 1))
    return left, top, right - left, bottom - top


def _inner(box: Box) -> Box:
    """The shape without its edge, where its own lines begin and end."""
    return box[0] + 1, box[1] + 1, box[2] - 2, box[3] - 2
