"""Edits of the graph. Each answers the steps as they then are, or why it is not done; nothing else is touched.

The drawing follows: lines that lead elsewhere lose their way-points, and `placing.completed` draws what has no place.
A transition keeps its key when one of its ends moves, as it does on the canvas: keys outlive drawings.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TypeVar, get_args

from common.problems import Refusal
from common.text import Text
from procedure_library.bpmn import Steps
from procedure_library.definition import Boundary, Drawing, Step, StepKind, Transition
from procedure_library.linking import Call
from procedure_library.step_editing.keys import ends_of, free, key_from, keys_in, numbered
from procedure_library.step_editing.naming import named, rows_followed
from procedure_library.step_editing.placing import completed
from procedure_library.step_editing.rules import CHOOSING, may_join


@dataclass(frozen=True, slots=True)
class Edited:
    """The steps after an edit, and the key of what was made or changed."""

    steps: Steps
    key: str


@dataclass(frozen=True, slots=True)
class Removal:
    """What taking out a step does to its ways: `joined` leads on to where the step led, `dropped` go with it."""

    joined: Transition | None
    dropped: tuple[Transition, ...]


Answer = Edited | Refusal
Part = TypeVar("Part", Step, Transition)


def begin(steps: Steps, name: Text) -> Answer:
    """The step with which everything begins, where there is none."""
    if any(step.kind == "start" for step in steps.steps):
        return Refusal("steps.begun_already")
    start = Step(_key_of_new(steps, "start", name), "start", name)
    return _finished(replace(steps, steps=(start, *steps.steps)), start.key)


def insert_on(steps: Steps, way_key: str, kind: str, name: Text) -> Answer:
    """A new step on a transition: what led there leads to the new step, and a new transition from it on."""
    way = way_of(steps, way_key)
    if way is None:
        return Refusal("steps.gone")
    if kind == "end":
        return Refusal("steps.end_leads_nowhere")
    made = _with_new(steps, way.source, kind, name)
    if isinstance(made, Refusal):
        return made
    into = replace(way, target=made.key)
    onward = _new_way(made.steps, made.key, way.target)
    if (refused := may_join(_without(made.steps, way), into)) is not None:
        return refused
    ways = _each(made.steps.transitions, way, (into, onward))
    return _finished(_redrawn(replace(made.steps, transitions=ways), way.key), made.key)


def insert_from(steps: Steps, source: str, kind: str, name: Text, on: Boundary | None = None) -> Answer:
    """A new step at the end of a new transition out of a step; with `on` out of its interruption."""
    made = _with_new(steps, source, kind, name)
    return made if isinstance(made, Refusal) else _joined(made.steps, source, made.key, on, made.key)


def connect(steps: Steps, source: str, target: str, on: Boundary | None = None) -> Answer:
    """A new transition between two steps that are there."""
    return _joined(steps, source, target, on, None)


def redirect(steps: Steps, way_key: str, target: str) -> Answer:
    """The transition leads to another step; whatever it stands for, it goes on standing for it."""
    way = way_of(steps, way_key)
    led = replace(way, target=target) if way else None
    if way is None or led is None:
        return Refusal("steps.gone")
    if led == way:
        return Edited(steps, way.key)
    if (refused := may_join(_without(steps, way), led)) is not None:
        return refused
    ways = _each(steps.transitions, way, (led,))
    return _finished(_redrawn(replace(steps, transitions=ways), way.key), way.key)


def change_way(steps: Steps, way_key: str, when: str | None, *, default: bool) -> Answer:
    """For which value a transition is taken, and whether it is for all the rest: of its siblings then none is."""
    way = way_of(steps, way_key)
    if way is None:
        return Refusal("steps.gone")
    source = step_of(steps, way.source)
    if way.on or source is None or source.kind not in CHOOSING:
        return Refusal("steps.always_taken")
    changed = replace(way, when=when, default=default)
    siblings = (
        replace(other, default=False) if default and other.source == way.source else other
        for other in steps.transitions
    )
    ways = tuple(changed if other.key == way.key else other for other in siblings)
    return Edited(replace(steps, transitions=ways), way.key)


def change_step(
    steps: Steps,
    key: str,
    changed: Step,
    *,
    rows: Callable[[str], str | None] = lambda _key: None,
    kept: Collection[str] = (),
) -> Answer:
    """Other attributes for a step. `rows`: the new key of an outcome by the one it had, None where it has none any
    more: ways out of the next branches follow. `kept` are keys that never change: those that were published.
    """
    before = step_of(steps, key)
    if before is None:
        return Refusal("steps.gone")
    put = tuple(replace(changed, key=key) if step is before else step for step in steps.steps)
    followed = rows_followed(replace(steps, steps=put), key, rows)
    found, new_key = named(followed, key, kept)
    return Edited(found, new_key)


def removal_of(steps: Steps, key: str) -> Removal:
    """What taking out the step would do: its neighbours are joined where one way leads in and one out."""
    into = [way for way in steps.transitions if way.target == key and way.source != key]
    out = [way for way in steps.transitions if way.source == key]
    onward = [way for way in out if way.on is None and way.target != key]
    if len(into) == 1 and len(out) == len(onward) == 1:
        led = replace(into[0], target=onward[0].target)
        others = replace(
            steps, transitions=tuple(w for w in steps.transitions if w not in (into[0], onward[0]))
        )
        if may_join(others, led) is None:
            return Removal(led, ())
    return Removal(None, tuple(way for way in steps.transitions if key in (way.source, way.target)))


def remove_step(steps: Steps, key: str) -> Answer:
    """Answers the key of the step before it, for whoever goes on from there."""
    if step_of(steps, key) is None:
        return Refusal("steps.gone")
    removal = removal_of(steps, key)
    joined = removal.joined
    ways = tuple(
        joined if joined and way.key == joined.key else way
        for way in steps.transitions
        if key not in (way.source, way.target) or (joined and way.key == joined.key)
    )
    left = replace(steps, steps=tuple(step for step in steps.steps if step.key != key), transitions=ways)
    before = next((way.source for way in steps.transitions if way.target == key != way.source), "")
    return _finished(_redrawn(left, joined.key) if joined else left, before)


def remove_way(steps: Steps, way_key: str) -> Answer:
    """Answers the key of the step that the way led out of."""
    way = way_of(steps, way_key)
    return Refusal("steps.gone") if way is None else _finished(_without(steps, way), way.source)


def step_of(steps: Steps, key: str) -> Step | None:
    return next((step for step in steps.steps if step.key == key), None)


def way_of(steps: Steps, key: str) -> Transition | None:
    return next((way for way in steps.transitions if way.key == key), None)


def _with_new(steps: Steps, after: str, kind: str, name: Text) -> Answer:
    """With the new step behind the one it follows, and led to by nothing yet."""
    source = step_of(steps, after)
    if source is None:
        return Refusal("steps.gone")
    if kind not in get_args(StepKind):
        return Refusal("steps.no_such_kind")
    call = Call("") if kind == "call" else None
    made = Step(_key_of_new(steps, kind, name), kind, name, call=call)  # type: ignore[arg-type]
    return Edited(replace(steps, steps=_each(steps.steps, source, (source, made))), made.key)


def _key_of_new(steps: Steps, kind: str, name: Text) -> str:
    taken = keys_in(steps)
    said = key_from(name.vi)
    return free(said, taken) if said else numbered(kind, taken)


def _joined(steps: Steps, source: str, target: str, on: Boundary | None, made: str | None) -> Answer:
    way = _new_way(steps, source, target, on)
    if (refused := may_join(steps, way)) is not None:
        return refused
    last = max((i for i, w in enumerate(steps.transitions) if w.source == source), default=None)
    at = len(steps.transitions) if last is None else last + 1
    ways = (*steps.transitions[:at], way, *steps.transitions[at:])
    return _finished(replace(steps, transitions=ways), made or way.key)


def _new_way(steps: Steps, source: str, target: str, on: Boundary | None = None) -> Transition:
    way = Transition("", source, target, on=on)
    return replace(way, key=free(ends_of(way), keys_in(steps)))


def _without(steps: Steps, way: Transition) -> Steps:
    return replace(steps, transitions=_each(steps.transitions, way, ()))


def _each(parts: tuple[Part, ...], one: Part, instead: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, with others in the place of one."""
    at = parts.index(one)
    return parts[:at] + instead + parts[at + 1 :]


def _redrawn(steps: Steps, way_key: str) -> Steps:
    """Without the line of a transition that leads elsewhere now."""
    drawing = steps.drawing
    edges = {key: points for key, points in drawing.edges.items() if key != way_key}
    return replace(steps, drawing=Drawing(drawing.shapes, edges))


def _finished(steps: Steps, key: str) -> Edited:
    return Edited(replace(steps, drawing=completed(steps)), key)
