"""Draws steps: columns from left to right in the order of the walk, ways in channels between columns and rows.

`cells` gives every step a column and a row, `routes` every way its channels, `tracks` a line of its own in each
channel, `places` pixels. What a person drew is laid out anew only when they ask for it.
"""

from collections.abc import Iterable

from procedure_library.bpmn.steps import event_id
from procedure_library.definition import Drawing, Step, Transition
from procedure_library.layout.cells import cells
from procedure_library.layout.events import events_beside
from procedure_library.layout.places import Grid
from procedure_library.layout.routes import routes
from procedure_library.layout.tracks import tracks

__all__ = ["drawn", "events_beside"]


def drawn(steps: Iterable[Step], transitions: Iterable[Transition], *, by_lanes: bool = False) -> Drawing:
    """A readable drawing of the graph: every step in a cell of its own, ways with right angles.

    `by_lanes`: each lane (`procedure_library.lanes`) is a stretch of rows of its own.
    """
    known = tuple(steps)
    keys = {step.key for step in known}
    flows = tuple(flow for flow in transitions if flow.source in keys and flow.target in keys)
    placed = cells(known, flows, by_lanes=by_lanes)
    ways = routes(known, flows, placed)
    lines = tracks(ways.values())
    grid = Grid(placed, lines)
    shapes = {step.key: grid.box(step) for step in known}
    shapes |= events_beside(shapes, flows)
    sources = {flow.key: event_id(flow.source, flow.on) if flow.on else flow.source for flow in flows}
    edges = {
        flow.key: grid.points(ways[flow.key], shapes[sources[flow.key]], shapes[flow.target])
        for flow in flows
    }
    return Drawing(shapes, edges)
