"""Draws steps that nobody has drawn yet: columns from left to right in the order of the walk.

Only where shapes are missing altogether; a drawing made by a person is never touched.
"""

from collections.abc import Iterable, Mapping

from procedure_library.definition import Drawing, Step, Transition

# The sizes bpmn-js gives its shapes.
SIZES = {"task": (120, 80), "supplement": (120, 80), "start": (36, 36), "end": (36, 36)}
GATEWAY = (50, 50)
COLUMN, ROW = 190, 130
LEFT, TOP = 60, 60

Box = tuple[int, int, int, int]
Point = tuple[int, int]


def drawn(steps: Iterable[Step], transitions: Iterable[Transition]) -> Drawing:
    """A readable drawing of the graph: every step in a cell of its own, ways on with right angles."""
    flows = tuple(transitions)
    shapes = {step.key: _box(step, cell) for step, cell in _cells(tuple(steps), flows)}
    edges = {
        flow.key: _way(shapes[flow.source], shapes[flow.target])
        for flow in flows
        if flow.source in shapes and flow.target in shapes
    }
    return Drawing(shapes, edges)


def _cells(steps: tuple[Step, ...], flows: tuple[Transition, ...]) -> Iterable[tuple[Step, tuple[int, int]]]:
    """The column by distance from the start, the row by the order in which the walk comes by: the ways
    named first stay on top."""
    onward = _onward(steps, flows)
    columns = _columns(steps, onward)
    order = [step.key for step in steps if step.kind == "start"] + [flow.target for flow in onward]
    place = {key: number for number, key in reversed(list(enumerate(order)))}
    filled: dict[int, int] = {}
    for step in sorted(steps, key=lambda s: place.get(s.key, len(order))):
        column = columns[step.key]
        row = filled[column] = filled.get(column, -1) + 1
        yield step, (column, row)


def _columns(steps: tuple[Step, ...], onward: list[Transition]) -> Mapping[str, int]:
    """How many ways on lie before each step on the longest way."""
    columns = {step.key: 0 for step in steps}
    for _ in steps:
        for flow in onward:
            columns[flow.target] = max(columns[flow.target], columns[flow.source] + 1)
    return columns


def _onward(steps: tuple[Step, ...], flows: tuple[Transition, ...]) -> list[Transition]:
    """The transitions without those that lead back to a step on the way to them."""
    keys = {step.key for step in steps}
    leaving = {key: [f for f in flows if f.source == key and f.target in keys] for key in keys}
    onward: list[Transition] = []
    seen: set[str] = set()

    def visit(key: str, passed: frozenset[str]) -> None:
        seen.add(key)
        for flow in leaving[key]:
            if flow.target not in passed:
                onward.append(flow)
                if flow.target not in seen:
                    visit(flow.target, passed | {flow.target})

    for step in sorted(steps, key=lambda s: s.kind != "start"):
        if step.key not in seen:
            visit(step.key, frozenset({step.key}))
    return onward


def _box(step: Step, cell: tuple[int, int]) -> Box:
    width, height = SIZES.get(step.kind, GATEWAY)
    across, down = LEFT + cell[0] * COLUMN, TOP + cell[1] * ROW
    return (across + (120 - width) // 2, down + (80 - height) // 2, width, height)


def _way(source: Box, target: Box) -> tuple[Point, ...]:
    """To the next column from right edge to left edge, over columns between above them, back below."""
    ahead = (_centre(target) - _centre(source)) // COLUMN
    if ahead < 1:
        return _back(source, target)
    return _onward_to(source, target) if ahead == 1 else _over(source, target)


def _onward_to(source: Box, target: Box) -> tuple[Point, ...]:
    start, end = (source[0] + source[2], _middle(source)), (target[0], _middle(target))
    if start[1] == end[1]:
        return (start, end)
    turn = _centre(target) - COLUMN // 2
    return (start, (turn, start[1]), (turn, end[1]), end)


def _over(source: Box, target: Box) -> tuple[Point, ...]:
    start = (source[0] + source[2], _middle(source))
    turn, above = _centre(source) + COLUMN // 2, _middle(target) - ROW // 2
    return (start, (turn, start[1]), (turn, above), (_centre(target), above), (_centre(target), target[1]))


def _back(source: Box, target: Box) -> tuple[Point, ...]:
    below = max(_middle(source), _middle(target)) + ROW // 2
    return (
        (_centre(source), source[1] + source[3]),
        (_centre(source), below),
        (_centre(target), below),
        (_centre(target), target[1] + target[3]),
    )


def _centre(box: Box) -> int:
    return box[0] + box[2] // 2


def _middle(box: Box) -> int:
    return box[1] + box[3] // 2
