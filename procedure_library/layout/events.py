"""Where the events stand that interrupt steps."""

from collections import Counter
from collections.abc import Iterable

from procedure_library.bpmn.steps import event_id
from procedure_library.definition import Transition
from procedure_library.layout.sizes import EVENT, Box, Shapes


def events_beside(shapes: Shapes, flows: Iterable[Transition]) -> dict[str, Box]:
    """Where the events stand that have no place yet: on the lower edge of their step, from the right."""
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
