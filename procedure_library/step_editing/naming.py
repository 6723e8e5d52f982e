"""What follows when something is named: a step that nobody had named gets its lasting key, and the ways out of a
branch follow the outcomes before it. static/src/canvas/keys.js and apply.js do the same while one draws.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from procedure_library.bpmn import Steps
from procedure_library.bpmn.steps import event_id
from procedure_library.definition import Drawing, Transition
from procedure_library.step_editing.keys import UNNAMED, ends_of, free, key_from, keys_in


def named(steps: Steps, key: str, kept: Collection[str]) -> tuple[Steps, str]:
    """The steps and the step's key, once it is called something: then also its ways are called anew, unless people
    or dossiers know them already (`kept`)."""
    step = next(each for each in steps.steps if each.key == key)
    said = key_from(step.name.vi)
    if not UNNAMED.fullmatch(key) or key in kept or not said:
        return steps, key
    new = free(said, keys_in(steps))
    ways = {w.key: w for w in steps.transitions if key in (w.source, w.target)}
    made_up = [k for k, way in ways.items() if k not in kept and k.startswith(ends_of(way))]
    called = _called(steps, key, new)
    for way_key in made_up:
        called = _way_called(called, way_key)
    return called, new


def rows_followed(steps: Steps, key: str, rows: Callable[[str], str | None]) -> Steps:
    """Where an outcome got another key, the ways out of the next branches stand for that one."""
    kinds = {step.key: step.kind for step in steps.steps}
    next_to = {w.target for w in steps.transitions if w.source == key and w.on is None}
    branches = {target for target in next_to if kinds.get(target) == "branch"}
    ways = (
        replace(way, when=rows(way.when) or way.when) if way.source in branches and way.when else way
        for way in steps.transitions
    )
    return replace(steps, transitions=tuple(ways))


def _called(steps: Steps, old: str, new: str) -> Steps:
    parts = (replace(step, key=new) if step.key == old else step for step in steps.steps)
    drawing = steps.drawing
    shapes = {_shape_called(key, old, new): box for key, box in drawing.shapes.items()}
    ways = tuple(_led(way, old, new) for way in steps.transitions)
    return replace(steps, steps=tuple(parts), transitions=ways, drawing=Drawing(shapes, dict(drawing.edges)))


def _led(way: Transition, old: str, new: str) -> Transition:
    ends = [new if key == old else key for key in (way.source, way.target)]
    return replace(way, source=ends[0], target=ends[1])


def _shape_called(key: str, old: str, new: str) -> str:
    """An event on the edge of a step is called after it."""
    if key == old:
        return new
    return new + key[len(old) :] if key in _events_of(old) else key


def _events_of(step: str) -> tuple[str, ...]:
    return tuple(event_id(step, on) for on in ("overdue", "withdrawn", "failure"))


def _way_called(steps: Steps, old: str) -> Steps:
    way = next(each for each in steps.transitions if each.key == old)
    taken = keys_in(steps) - {old}
    new = free(ends_of(way), taken)
    ways = tuple(replace(each, key=new) if each is way else each for each in steps.transitions)
    edges = {new if key == old else key: points for key, points in steps.drawing.edges.items()}
    return replace(steps, transitions=ways, drawing=Drawing(dict(steps.drawing.shapes), edges))
