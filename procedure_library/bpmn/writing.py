"""Writes steps as BPMN 2.0 XML: one element a line, always the same bytes for the same steps."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from common.text import Text
from procedure_library.blocks import block_of
from procedure_library.bpmn.calls import attributes_of, passings_of
from procedure_library.bpmn.guidance import guidance_of
from procedure_library.bpmn.steps import (
    AWAITS,
    BOUNDARY,
    BPMN,
    BPMNDI,
    DC,
    DI,
    DIRECTIONS,
    ELEMENTS,
    EVENTS,
    LISTS,
    MOTCUA,
    PREFIXES,
    SEVERAL,
    TIMER,
    WORDS,
    Steps,
    event_id,
    tag,
)
from procedure_library.definition import Ask, Boundary, Drawing, Duration, Outcome, Step, Transition
from procedure_library.semantics import Graph
from procedure_library.spoken_ways import outcomes_before


def write_steps(steps: Steps, process: str, words: Mapping[str, str] | None = None) -> bytes:
    """The XML of one process called `process`; steps without a shape in the drawing get none.

    `words` by transition: what stands beside its line, where its value has words that no step knows.
    """
    for prefix, namespace in PREFIXES.items():
        register_namespace(prefix, namespace)
    root = Element(tag(BPMN, "definitions"), {"id": f"{process}.definitions", "targetNamespace": MOTCUA})
    body = SubElement(root, tag(BPMN, "process"), {"id": process, "isExecutable": "true"})
    elements = _elements(steps)
    body.extend(_step(step, steps.transitions, elements[step.key]) for step in steps.steps)
    body.extend(_events(steps.transitions))
    before = outcomes_before(steps.steps, steps.transitions)
    for way in steps.transitions:
        body.append(_flow(way, (words or {}).get(way.key) or _called(way, before.get(way.source, {}))))
    if steps.drawing.shapes:
        root.append(_diagram(steps.drawing, process))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _elements(steps: Steps) -> Mapping[str, str]:
    """Which element each step is: the join of an inclusive split is of its kind."""
    graph = Graph.of(_whole(steps))
    blocks = (block_of(graph, step.key) for step in graph.of_kind("inclusive"))
    inclusive = {block.join: ELEMENTS["inclusive"] for block in blocks if block}
    return {step.key: inclusive.get(step.key, ELEMENTS[step.kind]) for step in steps.steps}


def _whole(steps: Steps) -> Steps:
    """Without the transitions that lead to no step, of a drawing that is not in order yet."""
    keys = {step.key for step in steps.steps}
    ways = (way for way in steps.transitions if way.source in keys and way.target in keys)
    return replace(steps, transitions=tuple(ways))


def _step(step: Step, transitions: tuple[Transition, ...], name: str) -> Element:
    element = Element(tag(BPMN, name), dict(_attributes(step, transitions)))
    if inside := list(_inside(step)):
        SubElement(element, tag(BPMN, "extensionElements")).extend(inside)
    for name, key in (("incoming", "target"), ("outgoing", "source")):
        for transition in transitions:
            if getattr(transition, key) == step.key and (key == "target" or transition.on is None):
                SubElement(element, tag(BPMN, name)).text = transition.key
    if step.kind == "consultation":
        SubElement(element, tag(BPMN, SEVERAL), {"isSequential": "false"})
    if step.kind == "moment":
        SubElement(element, tag(BPMN, TIMER), {"id": f"{step.key}.timer"})
    return element


def _inside(step: Step) -> Iterator[Element]:
    """What of ours takes more than an attribute."""
    yield from map(_outcome, step.outcomes)
    yield from map(_ask, step.asks)
    yield from passings_of(step.call) if step.call else ()


def _events(transitions: tuple[Transition, ...]) -> Iterator[Element]:
    """One event for each interruption of a step, with the ways out of it."""
    by_event: dict[tuple[str, Boundary], list[str]] = {}
    for way in transitions:
        if way.on is not None:
            by_event.setdefault((way.source, way.on), []).append(way.key)
    for (step, on), ways in by_event.items():
        name = event_id(step, on)
        element = Element(tag(BPMN, BOUNDARY), {"id": name, "attachedToRef": step, "cancelActivity": "true"})
        for key in ways:
            SubElement(element, tag(BPMN, "outgoing")).text = key
        SubElement(element, tag(BPMN, EVENTS[on]), {"id": f"{name}.definition"})
        yield element


def _attributes(step: Step, transitions: tuple[Transition, ...]) -> Iterator[tuple[str, str]]:
    yield "id", step.key
    yield "name", step.name.vi
    yield from _said("name-en", step.name.en)
    if step.kind in DIRECTIONS:
        yield "gatewayDirection", DIRECTIONS[step.kind]
    for transition in transitions:
        if transition.source == step.key and transition.default:
            yield "default", transition.key
    yield from _said("role", step.role)
    yield from _said("awaits", step.kind if step.kind in AWAITS else "")
    yield from _said("area", step.area if step.area != "solving" else "")
    for name in LISTS:
        yield from _said(name.replace("_", "-"), " ".join(getattr(step, name)))
    yield from _said("budget", _budget(step.budget))
    for name in WORDS:
        yield from _said(name, getattr(step, name))
    yield from attributes_of(step.call) if step.call else ()
    yield from _said("attempts", str(step.attempts) if step.kind == "automatic" else "")
    yield from guidance_of(step)


def _said(name: str, value: str | None) -> Iterator[tuple[str, str]]:
    if value:
        yield tag(MOTCUA, name), value


def _budget(budget: Duration | None) -> str:
    return f"{budget.amount} {budget.unit}" if budget else ""


def _ask(ask: Ask) -> Element:
    said = {"key": ask.key, "name": ask.name.vi, "name-en": ask.name.en, "role": ask.role}
    said |= {"function": ask.function, "budget": _budget(ask.budget)}
    return Element(tag(MOTCUA, "ask"), {name: value for name, value in said.items() if value})


def _outcome(outcome: Outcome) -> Element:
    attributes = {"key": outcome.key, "label": outcome.label.vi}
    if outcome.label.en:
        attributes["label-en"] = outcome.label.en
    if outcome.decision:
        attributes["decision"] = outcome.decision
    if outcome.needs_reason:
        attributes["needs-reason"] = "true"
    return Element(tag(MOTCUA, "outcome"), attributes)


def _called(way: Transition, outcomes: Mapping[str, Text]) -> str | None:
    label = outcomes.get(way.when or "")
    return label.vi if label else way.when


def _flow(transition: Transition, words: str | None) -> Element:
    attributes = {"id": transition.key}
    # The name is for people who open the file elsewhere; only `when` is read back.
    if words:
        attributes["name"] = words
    source = event_id(transition.source, transition.on) if transition.on else transition.source
    attributes |= {"sourceRef": source, "targetRef": transition.target}
    return Element(tag(BPMN, "sequenceFlow"), attributes | dict(_said("when", transition.when)))


def _diagram(drawing: Drawing, process: str) -> Element:
    diagram = Element(tag(BPMNDI, "BPMNDiagram"), {"id": f"{process}.diagram"})
    plane = SubElement(diagram, tag(BPMNDI, "BPMNPlane"), {"id": f"{process}.plane", "bpmnElement": process})
    for key, (x, y, width, height) in sorted(drawing.shapes.items()):
        shape = SubElement(plane, tag(BPMNDI, "BPMNShape"), {"id": f"{key}.shape", "bpmnElement": key})
        bounds = {"x": str(x), "y": str(y), "width": str(width), "height": str(height)}
        SubElement(shape, tag(DC, "Bounds"), bounds)
    for key, points in sorted(drawing.edges.items()):
        edge = SubElement(plane, tag(BPMNDI, "BPMNEdge"), {"id": f"{key}.edge", "bpmnElement": key})
        for x, y in points:
            SubElement(edge, tag(DI, "waypoint"), {"x": str(x), "y": str(y)})
    return diagram
