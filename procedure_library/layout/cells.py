"""Which column and row every step has: the column by its distance from the start, the row by where it is led from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from procedure_library.definition import Step, Transition
from procedure_library.lanes import lanes

# Column, row.
Cell = tuple[int, int]
Cells = Mapping[str, Cell]


def cells(steps: Sequence[Step], flows: Sequence[Transition], *, by_lanes: bool = False) -> dict[str, Cell]:
    """A cell for every step, none for two. With lanes, each lane has rows of its own, in their order."""
    onward = _onward(steps, flows)
    columns = _columns(steps, onward)
    lane_of = lanes(steps, flows) if by_lanes else {step.key: "" for step in steps}
    rows = _rows(steps, onward, columns, lane_of)
    first = _first_rows(rows, lane_of)
    return {step.key: (columns[step.key], first[lane_of[step.key]] + rows[step.key]) for step in steps}


def _onward(steps: Sequence[Step], flows: Sequence[Transition]) -> list[Transition]:
    """The transitions without those that lead back to a step on the way to them, in the order of the walk."""
    leaving: dict[str, list[Transition]] = defaultdict(list)
    for flow in flows:
        leaving[flow.source].append(flow)
    onward: list[Transition] = []
    seen: set[str] = set()
    for start in sorted(steps, key=lambda step: step.kind != "start"):
        if start.key not in seen:
            _walk(start.key, leaving, seen, onward)
    return onward


def _walk(
    start: str, leaving: Mapping[str, list[Transition]], seen: set[str], onward: list[Transition]
) -> None:
    """Depth first, without recursion: procedures may be long."""
    seen.add(start)
    path, ways = [start], [iter(leaving.get(start, ()))]
    passed = {start}
    while path:
        flow = next(ways[-1], None)
        if flow is None:
            passed.discard(path.pop())
            ways.pop()
        elif flow.target not in passed:
            onward.append(flow)
            if flow.target not in seen:
                seen.add(flow.target)
                passed.add(flow.target)
                path.append(flow.target)
                ways.append(iter(leaving.get(flow.target, ())))


def _columns(steps: Sequence[Step], onward: Sequence[Transition]) -> dict[str, int]:
    """How many ways on lie before each step on the longest way."""
    columns = {step.key: 0 for step in steps}
    for _ in steps:
        before = dict(columns)
        for flow in onward:
            columns[flow.target] = max(columns[flow.target], columns[flow.source] + 1)
        if columns == before:
            break
    return columns


def _rows(
    steps: Sequence[Step],
    onward: Sequence[Transition],
    columns: Mapping[str, int],
    lane_of: Mapping[str, str],
) -> dict[str, int]:
    """The row within its lane: that of the step before, or the next free one below."""
    order = {
        key: n for n, key in enumerate(dict.fromkeys([*(f.target for f in onward), *(s.key for s in steps)]))
    }
    before: dict[str, list[str]] = defaultdict(list)
    for flow in onward:
        before[flow.target].append(flow.source)
    rows: dict[str, int] = {}
    taken: set[tuple[str, int, int]] = set()
    for key in sorted(order, key=lambda each: (columns[each], order[each])):
        lane = lane_of[key]
        wanted = [rows[each] for each in before[key] if lane_of[each] == lane]
        row = min(wanted, default=0)
        while (lane, columns[key], row) in taken:
            row += 1
        taken.add((lane, columns[key], row))
        rows[key] = row
    return rows


def _first_rows(rows: Mapping[str, int], lane_of: Mapping[str, str]) -> dict[str, int]:
    """The first row of every lane: lanes lie below each other in the order in which they are named."""
    first: dict[str, int] = {}
    below = 0
    for lane in dict.fromkeys(lane_of.values()):
        first[lane] = below
        below += 1 + max(rows[key] for key, its in lane_of.items() if its == lane)
    return first
