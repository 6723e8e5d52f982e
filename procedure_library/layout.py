"""Draws steps that nobody has drawn yet: columns from left to right in the order of the walk.

Only where shapes are missing altogether; a drawing made by a person is never touched.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from procedure_library.bpmn.steps import event_id
from procedure_library.definition import Drawing, Step, Transition

# The sizes bpmn-js gives its shapes.
BOX, EVENT = (120, 80), (36, 36)
SIZES = dict.fromkeys(
    ("task", "supplement", "consultation", "payment", "message", "automatic", "call"), BOX
) | dict.fromkeys(("start", "moment", "end"), EVENT)
GATEWAY = (50, 50)
COLUMN, ROW = 190, 150
# Ways back run below each other: so far apart, and so many before the first level is used again.
LEVEL, LEVELS = 14, 3
LEFT, TOP = 60, 60

Box = tuple[int, int, int, int]
Point = tuple[int, int]
Shapes = Mapping[str, Box]


def drawn(steps: Iterable[Step], transitions: Iterable[Transition]) -> Drawing:
    """A readable drawing of the graph: every step in a cell of its own, ways on with right angles."""
    flows = tuple(transitions)
    shapes = {step.key: _box(step, cell) for step, cell in _cells(tuple(steps), flows)}
    shapes |= events_beside(shapes, flows)
    flows = tuple(replace(flow, source=event_id(flow.source, flow.on)) if flow.on else flow for flow in flows)
    known = [flow for flow in flows if flow.source in shapes and flow.target in shapes]
    back = [flow for flow in known if _ahead(shapes, flow) < 1]
    straight = {flow.target for flow in known if _is_straight(shapes, flow)}
    edges = {flow.key: _onward_way(shapes, flow, straight) for flow in known if flow not in back}
    edges |= {flow.key: _back(shapes, flow, level) for flow, level in _levels(shapes, back)}
    return Drawing(shapes, {flow.key: edges[flow.key] for flow in known})


def events_beside(shapes: Shapes, flows: Iterable[Transition]) -> dict[str, Box]:
    """Where the events stand that interrupt steps and have no place yet: on the lower edge, from the right."""
    found: dict[str, Box] = {}
    taken: Counter[str] = Counter()
    for flow in flows:
        if flow.on is None or flow.source not in shapes:
            continue
        name, (x, y, width, height) = event_id(flow.source, flow.on), shapes[flow.source]
        if name not in found:
            taken[flow.source] += 1
            if name not in shapes:
                right = x + width - taken[flow.source] * (EVENT[0] + 8)
                found[name] = (right, y + height - EVENT[1] // 2, *EVENT)
    return found


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


def _ahead(shapes: Shapes, flow: Transition) -> int:
    """How many columns the target lies to the right of the source."""
    return (_centre(shapes[flow.target]) - _centre(shapes[flow.source])) // COLUMN


def _is_straight(shapes: Shapes, flow: Transition) -> bool:
    return _ahead(shapes, flow) == 1 and _middle(shapes[flow.source]) == _middle(shapes[flow.target])


def _onward_way(shapes: Shapes, flow: Transition, straight: Collection[str]) -> tuple[Point, ...]:
    """`straight` are the steps whose left edge another way comes straight to."""
    source, target = shapes[flow.source], shapes[flow.target]
    if _is_beside_an_event(shapes, flow):
        return _under(source, target)
    if _ahead(shapes, flow) > 1:
        return _over(source, target)
    is_below = _middle(target) > _middle(source)
    if is_below and source[2] == GATEWAY[0] and _is_free_below(shapes, source, target):
        return _down_to(source, target)
    return _into_top(source, target) if is_below and flow.target in straight else _onward_to(source, target)


def _is_beside_an_event(shapes: Shapes, flow: Transition) -> bool:
    """Whether another event of the same step stands right of this one, and the way leads on in the row of the step."""
    step, _dot, on = flow.source.partition(".")
    (x, y, *_), target = shapes[flow.source], shapes[flow.target]
    others = (box for key, box in shapes.items() if key.startswith(f"{step}.") and key != flow.source)
    return (
        bool(on)
        and _middle(target) < _middle(shapes[flow.source])
        and any(o[1] == y and o[0] > x for o in others)
    )


def _under(source: Box, target: Box) -> tuple[Point, ...]:
    """Straight down, then below everything of the row, and into the lower edge."""
    below, bottom = source[1] + source[3] + LEVEL, target[1] + target[3]
    return (
        (_centre(source), source[1] + source[3]),
        (_centre(source), below),
        (_centre(target), below),
        (_centre(target), bottom),
    )


def _into_top(source: Box, target: Box) -> tuple[Point, ...]:
    """To the next column and into the upper edge, where the left edge is another's."""
    start, above = (source[0] + source[2], _middle(source)), _middle(target) - ROW // 2 - LEVEL
    turn = _centre(target) - COLUMN // 2
    return (start, (turn, start[1]), (turn, above), (_centre(target), above), (_centre(target), target[1]))


def _is_free_below(shapes: Shapes, source: Box, target: Box) -> bool:
    """Whether nothing stands in the source's column down to the row of the target."""
    return not any(
        _centre(box) == _centre(source) and _middle(source) < _middle(box) <= _middle(target)
        for box in shapes.values()
    )


def _onward_to(source: Box, target: Box) -> tuple[Point, ...]:
    """To the next column, from right edge to left edge."""
    start, end = (source[0] + source[2], _middle(source)), (target[0], _middle(target))
    if start[1] == end[1]:
        return (start, end)
    turn = _centre(target) - COLUMN // 2
    return (start, (turn, start[1]), (turn, end[1]), end)


def _down_to(source: Box, target: Box) -> tuple[Point, ...]:
    """From the lower corner of a gateway straight down, then to the left edge: ways out part at once."""
    down = _centre(source)
    return ((down, source[1] + source[3]), (down, _middle(target)), (target[0], _middle(target)))


def _over(source: Box, target: Box) -> tuple[Point, ...]:
    """Over the columns between, above the target."""
    start = (source[0] + source[2], _middle(source))
    turn, above = _centre(source) + COLUMN // 2, _middle(target) - ROW // 2
    return (start, (turn, start[1]), (turn, above), (_centre(target), above), (_centre(target), target[1]))


def _levels(shapes: Shapes, flows: list[Transition]) -> Iterator[tuple[Transition, int]]:
    """The ways back that run below one row, each with its level: the shortest highest."""
    below: dict[int, int] = {}
    for flow in sorted(flows, key=lambda each: -_ahead(shapes, each)):
        row = max(_middle(shapes[flow.source]), _middle(shapes[flow.target]))
        below[row] = below.get(row, -1) + 1
        yield flow, below[row]


def _back(shapes: Shapes, flow: Transition, level: int) -> tuple[Point, ...]:
    """Back below both; each way on a level of its own, and into the target at a place of its own."""
    source, target = shapes[flow.source], shapes[flow.target]
    below = max(_middle(source), _middle(target)) + ROW // 2 + LEVEL * (level % LEVELS)
    into = _centre(target) + (target[2] // 6 * (1 - level % 3) if target[2] > GATEWAY[0] else 0)
    return (
        (_centre(source), source[1] + source[3]),
        (_centre(source), below),
        (into, below),
        (into, target[1] + target[3]),
    )


def _centre(box: Box) -> int:
    return box[0] + box[2] // 2


def _middle(box: Box) -> int:
    return box[1] + box[3] // 2
