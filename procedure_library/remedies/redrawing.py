"""Graphs with something taken out or put in, and their drawing with them; what stays is not moved."""

from collections.abc import Collection
from dataclasses import replace

from common.text import Text
from procedure_library.bpmn.steps import event_id
from procedure_library.checks.ways import onward
from procedure_library.definition import Definition, Drawing, Step, Transition
from procedure_library.layout.sizes import GATEWAY
from procedure_library.semantics import Graph

# How far before a step a join is drawn.
BEFORE = 80


def without(
    definition: Definition, *, steps: Collection[str] = (), transitions: Collection[str] = ()
) -> Definition:
    """The definition without these steps, what leads to and from them, and these transitions."""
    kept = tuple(step for step in definition.steps if step.key not in steps)
    gone = {*steps}
    ways = tuple(
        way
        for way in definition.transitions
        if way.key not in transitions and not gone.intersection((way.source, way.target))
    )
    return _drawn(replace(definition, steps=kept, transitions=ways))


def without_unreachable(definition: Definition) -> Definition:
    """The definition without the steps that nothing leads to any more."""
    graph = Graph.of(definition)
    reached = onward(graph, (step.key for step in graph.of_kind("start")))
    return without(definition, steps=[step.key for step in definition.steps if step.key not in reached])


def with_step(definition: Definition, changed: Step) -> Definition:
    """The definition with this step in place of the one of its key."""
    return replace(definition, steps=tuple(changed if s.key == changed.key else s for s in definition.steps))


def with_transition(definition: Definition, changed: Transition) -> Definition:
    """The definition with this transition in place of the one of its key; led elsewhere, it is drawn anew."""
    ways = tuple(changed if way.key == changed.key else way for way in definition.transitions)
    before = next(way for way in definition.transitions if way.key == changed.key)
    edges = dict(definition.drawing.edges)
    if before.target != changed.target:
        edges.pop(changed.key, None)
    return _drawn(replace(definition, transitions=ways, drawing=replace(definition.drawing, edges=edges)))


def with_join_before(definition: Definition, target: str) -> Definition:
    """The definition with a join that all ways into the step lead to, and that leads there."""
    key = free_key(definition, f"join_{target}"[:70])
    join = Step(key, "join", Text(""))
    led = tuple(
        replace(way, target=key) if way.target == target and way.on is None else way
        for way in definition.transitions
    )
    shapes = dict(definition.drawing.shapes)
    if target in shapes:
        x, y, _, height = shapes[target]
        shapes[key] = (max(x - BEFORE, 0), y + (height - GATEWAY[1]) // 2, *GATEWAY)
    moved = {way.key for way, before in zip(led, definition.transitions, strict=True) if way != before}
    edges = {name: points for name, points in definition.drawing.edges.items() if name not in moved}
    onward_way = Transition(free_key(definition, f"{key}_on"), key, target)
    joined = replace(
        definition,
        steps=(*definition.steps, join),
        transitions=(*led, onward_way),
        drawing=Drawing(shapes, edges),
    )
    return _drawn(joined)


def free_key(definition: Definition, wanted: str) -> str:
    """The key, or the first like it that nothing has yet."""
    taken = {step.key for step in definition.steps} | {way.key for way in definition.transitions}
    return next(key for key in (wanted, *(f"{wanted}_{n}" for n in range(2, 10_000))) if key not in taken)


def _drawn(definition: Definition) -> Definition:
    """With a drawing of what is there, and of nothing else. A transition without way-points gets straight ones."""
    known = definition.drawing.shapes
    if not known:
        return replace(definition, drawing=Drawing())
    names = {step.key for step in definition.steps}
    names |= {event_id(way.source, way.on) for way in definition.transitions if way.on}
    shapes = {name: box for name, box in known.items() if name in names}
    edges = {}
    for way in definition.transitions:
        source, target = (
            shapes.get(event_id(way.source, way.on) if way.on else way.source),
            shapes.get(way.target),
        )
        if way.key in definition.drawing.edges:
            edges[way.key] = definition.drawing.edges[way.key]
        elif source and target:
            edges[way.key] = _straight(source, target)
    return replace(definition, drawing=Drawing(shapes, edges))


def _straight(
    source: tuple[int, int, int, int], target: tuple[int, int, int, int]
) -> tuple[tuple[int, int], ...]:
    """Out of the right side into the left, with right angles."""
    out = (source[0] + source[2], source[1] + source[3] // 2)
    into = (target[0], target[1] + target[3] // 2)
    if out[1] == into[1]:
        return (out, into)
    middle = (out[0] + into[0]) // 2
    return (out, (middle, out[1]), (middle, into[1]), into)
