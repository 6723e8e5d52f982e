"""Completes a drawing: what has no place gets one near the step it follows, on free ground; what stands stays.

A drawing in which nothing stands yet is made whole by `procedure_library.layout`.
"""

from collections.abc import Iterator

from procedure_library.bpmn import Steps
from procedure_library.bpmn.steps import event_id
from procedure_library.definition import Drawing, Step, Transition
from procedure_library.layout import drawn, events_beside
from procedure_library.layout.sizes import Box, Point
from procedure_library.step_editing.lines import COLUMN, ROW, crosses, line_between, plain_line, stretches
from procedure_library.step_editing.walk import walk

# Between a new shape and everything that stands there.
ROOM = 20
# Rows below come before rows above: drawings grow downwards.
ROWS = (0, 1, -1, 2, -2, 3, -3)
COLUMNS = (0, 1, 2)
# Beyond this many at once nobody has drawn the rest by hand: the others stand below everything, with plain lines.
MOST_SOUGHT = 60


def completed(steps: Steps) -> Drawing:
    """A shape for every step and every event, a line for every transition, none for what is no more."""
    if not any(step.key in steps.drawing.shapes for step in steps.steps):
        return drawn(steps.steps, steps.transitions)
    shapes = dict(_standing(steps))
    missing = [step for step in walk(steps) if step.key not in shapes]
    edges = {
        way.key: steps.drawing.edges[way.key] for way in steps.transitions if way.key in steps.drawing.edges
    }
    for number, step in enumerate(missing):
        sought = number < MOST_SOUGHT
        shapes[step.key] = _near(step, steps, shapes, edges) if sought else _below(step, shapes)
    shapes |= events_beside(shapes, steps.transitions)
    new = [w for w in steps.transitions if w.key not in edges and w.target in shapes and _from(w) in shapes]
    for number, way in enumerate(new):
        edges[way.key] = (
            line_between(shapes, edges, _from(way), way.target)
            if number < MOST_SOUGHT
            else plain_line(shapes[_from(way)], shapes[way.target])
        )
    return Drawing(shapes, {way.key: edges[way.key] for way in steps.transitions if way.key in edges})


def _standing(steps: Steps) -> Iterator[tuple[str, Box]]:
    """The shapes of steps and events that are still there."""
    there = {step.key for step in steps.steps} | {_from(way) for way in steps.transitions}
    yield from ((key, box) for key, box in steps.drawing.shapes.items() if key in there)


def _from(way: Transition) -> str:
    return event_id(way.source, way.on) if way.on else way.source


def _near(step: Step, steps: Steps, shapes: dict[str, Box], edges: dict[str, tuple[Point, ...]]) -> Box:
    size = _size(step)
    boxes = [_box(place, size) for place in _places(step, steps, shapes)]
    clear = [box for box in boxes if not any(_touch(box, other) for other in shapes.values())]
    lines = [stretch for points in edges.values() for stretch in stretches(points)]
    best = (box for box in clear if not any(crosses(stretch, box) for stretch in lines))
    return next(best, None) or next(iter(clear), None) or _below(step, shapes)


def _places(step: Step, steps: Steps, shapes: dict[str, Box]) -> Iterator[Point]:
    """Middles, the best first: between its neighbours where there is room, then right of what leads to it, row by
    row, then further right."""
    before = next(
        (shapes[w.source] for w in steps.transitions if w.target == step.key and w.source in shapes), None
    )
    after = next(
        (shapes[w.target] for w in steps.transitions if w.source == step.key and w.target in shapes), None
    )
    if before is None and after is None:
        return
    x, y = _beside(before, after)
    for column in COLUMNS:
        yield from ((x + column * COLUMN, y + row * ROW) for row in ROWS)


def _beside(before: Box | None, after: Box | None) -> Point:
    if before is None or after is None:
        near, step = (before, COLUMN) if before else (after, -COLUMN)
        assert near is not None
        return near[0] + near[2] // 2 + step, near[1] + near[3] // 2
    one, other = (box[0] + box[2] // 2 for box in (before, after))
    is_next = 0 < other - one < 2 * COLUMN
    return ((one + other) // 2 if is_next or one > other else one + COLUMN), before[1] + before[3] // 2


def _below(step: Step, shapes: dict[str, Box]) -> Box:
    """Below everything, at the left."""
    size = _size(step)
    bottom = max((y + height for _x, y, _width, height in shapes.values()))
    return _box((min(x for x, *_rest in shapes.values()) + size[0] // 2, bottom + ROW // 2), size)


def _size(step: Step) -> tuple[int, int]:
    """As wide and high as a drawing of the step alone."""
    _x, _y, width, height = drawn((step,), ()).shapes[step.key]
    return width, height


def _box(middle: Point, size: tuple[int, int]) -> Box:
    return (middle[0] - size[0] // 2, middle[1] - size[1] // 2, *size)


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2] + ROOM
        and other[0] < one[0] + one[2] + ROOM
        and one[1] < other[1] + other[3] + ROOM
        and other[1] < one[1] + one[3] + ROOM
    )
