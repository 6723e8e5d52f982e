"""Reads BPMN 2.0 XML, ours or bpmn-js's, into steps; what is not a step of ours becomes a finding."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from common.problems import Finding
from procedure_library.bpmn.calls import call_of
from procedure_library.bpmn.guidance import guidance_in
from procedure_library.bpmn.steps import (
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
    SEVERAL,
    TIMER,
    WORDS,
    Steps,
    event_id,
    tag,
)
from procedure_library.definition import Boundary, Drawing, Step, Transition
from procedure_library.structure import Note, read

FILE = "steps.bpmn"
# A real procedure has some dozen steps and is drawn in some dozen thousand bytes.
LONGEST = 4_000_000
MOST_ELEMENTS = 3_000
# No office gives more days, no screen has more pixels: beyond this a number is no number of ours.
MOST_DIGITS = 6
FARTHEST = 1_000_000
# What a gateway with a direction is when it diverges.
GATEWAYS = {ELEMENTS["split"]: "split", ELEMENTS["inclusive"]: "inclusive"}
KINDS = {element: kind for kind, element in ELEMENTS.items() if kind not in DIRECTIONS}
# Said by bpmn-js and other tools without meaning anything to a procedure.
SILENT = {"sequenceFlow", "extensionElements", "documentation", BOUNDARY}


def read_steps(content: bytes) -> Steps | tuple[Finding, ...]:
    """The steps that the file draws, or everything in it that is none; in time and memory that its limits bound."""
    if len(content) > LONGEST:
        return (Finding("procedures.bpmn.too_long", FILE, {"most": LONGEST}),)
    try:
        root = fromstring(content, forbid_dtd=True)
    except ParseError as broken:
        line, column = broken.position
        return (Finding("procedures.bpmn.unreadable", FILE, line=line, column=column + 1),)
    except DefusedXmlException:
        return (Finding("procedures.bpmn.forbidden", FILE),)
    except (LookupError, ValueError):
        # An encoding that nobody knows, or none that expat takes.
        return (Finding("procedures.bpmn.encoding", FILE),)
    findings: list[Finding] = []
    steps = _read(root, findings.append)
    return tuple(findings) or steps


def _read(root: Element, note: Note) -> Steps:
    processes = root.findall(tag(BPMN, "process"))
    if len(processes) != 1:
        note(Finding("procedures.bpmn.not_one_process", FILE, {"count": len(processes)}))
        return Steps((), ())
    if len(processes[0]) > MOST_ELEMENTS:
        note(Finding("procedures.bpmn.too_many_elements", FILE, {"most": MOST_ELEMENTS}))
        return Steps((), ())
    defaults = {value for element in processes[0] if (value := element.get("default"))}
    steps = tuple(_steps(processes[0], note))
    flows = processes[0].findall(tag(BPMN, "sequenceFlow"))
    events = _events(processes[0], {flow.get("sourceRef") for flow in flows}, note)
    transitions = tuple(read(Transition, _flow(flow, defaults, events), FILE, note) for flow in flows)
    names = {s.key: s.key for s in steps if s} | {key: event_id(*event) for key, event in events.items()}
    return Steps(steps, transitions, _drawing(root, names, flows))


def _events(process: Element, left: Collection[str | None], note: Note) -> Mapping[str, tuple[str, Boundary]]:
    """By its id in the file, the step that each event interrupts, and what it is; one that leads nowhere is told."""
    known: dict[str, tuple[str, Boundary]] = {}
    for element in process.findall(tag(BPMN, BOUNDARY)):
        key = element.get("id", "")
        on = next((on for on, name in EVENTS.items() if element.find(tag(BPMN, name)) is not None), None)
        if on is None:
            note(Finding("procedures.bpmn.unknown_element", key or FILE, {"element": BOUNDARY}))
        elif key not in left:
            note(Finding("procedures.bpmn.event_leads_nowhere", element.get("attachedToRef") or FILE))
        else:
            known[key] = (element.get("attachedToRef", ""), on)
    return known


def _steps(process: Element, note: Note) -> Iterator[Step]:
    for element in process:
        name = element.tag.removeprefix(f"{{{BPMN}}}")
        if name in SILENT:
            continue
        if (kind := _kind(element, name)) is None:
            where = element.get("id") or FILE
            note(Finding("procedures.bpmn.unknown_element", where, {"element": name}))
            continue
        yield read(Step, _step(element, kind), element.get("id") or FILE, note)


def _kind(element: Element, name: str) -> str | None:
    if name in GATEWAYS:
        direction = element.get("gatewayDirection") or _drawn_direction(element)
        return {DIRECTIONS["join"]: "join", DIRECTIONS["split"]: GATEWAYS[name]}.get(direction)
    if name == ELEMENTS["task"]:
        return "task" if element.find(tag(BPMN, SEVERAL)) is None else "consultation"
    if name == ELEMENTS["supplement"]:
        return element.get(tag(MOTCUA, "awaits"), "supplement")
    if name == ELEMENTS["moment"] and element.find(tag(BPMN, TIMER)) is None:
        return None
    return KINDS.get(name)


def _drawn_direction(element: Element) -> str:
    """bpmn-js draws no direction: a gateway that several flows enter and one leaves is a join."""
    entering, leaving = (len(element.findall(tag(BPMN, way))) for way in ("incoming", "outgoing"))
    return DIRECTIONS["join" if entering > leaving else "split"]


def _step(element: Element, kind: str) -> dict[str, Any]:
    body: dict[str, Any] = {"key": element.get("id"), "kind": kind, "name": _text(element, "name", None)}
    for name in ("role", "area", *WORDS):
        if value := element.get(tag(MOTCUA, name)):
            body[name] = value
    for name in LISTS:
        body[name] = element.get(tag(MOTCUA, name.replace("_", "-")), "").split()
    if budget := element.get(tag(MOTCUA, "budget")):
        body["budget"] = _budget(budget)
    if attempts := element.get(tag(MOTCUA, "attempts")):
        body["attempts"] = _number(attempts)
    body["outcomes"] = [_outcome(o) for o in element.iter(tag(MOTCUA, "outcome"))]
    body["asks"] = [_ask(ask) for ask in element.iter(tag(MOTCUA, "ask"))]
    if kind == "call":
        body["call"] = call_of(element)
    return {**body, **guidance_in(element)}


def _text(element: Element, name: str, namespace: str | None) -> dict[str, str]:
    english = element.get(tag(MOTCUA, f"{name}-en") if namespace is None else f"{name}-en", "")
    return {"vi": element.get(name, ""), **({"en": english} if english else {})}


def _budget(text: str) -> dict[str, Any]:
    amount, _, unit = text.partition(" ")
    return {"amount": _number(amount), "unit": unit}


def _number(text: str) -> int | str:
    """What is no number stays as it is written, and is told."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else text


def _ask(element: Element) -> dict[str, Any]:
    body: dict[str, Any] = {"key": element.get("key"), "role": element.get("role", "")}
    english = element.get("name-en", "")
    body["name"] = {"vi": element.get("name", ""), **({"en": english} if english else {})}
    if function := element.get("function"):
        body["function"] = function
    if budget := element.get("budget"):
        body["budget"] = _budget(budget)
    return body


def _outcome(element: Element) -> dict[str, Any]:
    body: dict[str, Any] = {"key": element.get("key"), "label": _text(element, "label", MOTCUA)}
    if decision := element.get("decision"):
        body["decision"] = decision
    body["needs_reason"] = element.get("needs-reason") == "true"
    return body


def _flow(flow: Element, defaults: set[str], events: Mapping[str, tuple[str, Boundary]]) -> dict[str, Any]:
    body = {"key": flow.get("id"), "source": flow.get("sourceRef"), "target": flow.get("targetRef")}
    if event := events.get(flow.get("sourceRef", "")):
        body["source"], body["on"] = event
    if when := flow.get(tag(MOTCUA, "when")):
        body["when"] = when
    return {**body, "default": flow.get("id") in defaults}


def _drawing(root: Element, names: Mapping[str, str], flows: list[Element]) -> Drawing:
    """`names`: what the shapes of steps and events are called here, by their ids in the file."""
    shapes = {
        names[key]: _bounds(bounds.attrib)
        for shape in root.iter(tag(BPMNDI, "BPMNShape"))
        if (key := shape.get("bpmnElement", "")) in names
        and (bounds := shape.find(tag(DC, "Bounds"))) is not None
    }
    drawn = {flow.get("id") for flow in flows}
    edges = {
        key: tuple(_point(p.attrib) for p in edge.findall(tag(DI, "waypoint")))
        for edge in root.iter(tag(BPMNDI, "BPMNEdge"))
        if (key := edge.get("bpmnElement", "")) in drawn
    }
    return Drawing(shapes, edges)


def _bounds(said: Mapping[str, str]) -> tuple[int, int, int, int]:
    return (_pixel(said, "x"), _pixel(said, "y"), _pixel(said, "width"), _pixel(said, "height"))


def _point(said: Mapping[str, str]) -> tuple[int, int]:
    return (_pixel(said, "x"), _pixel(said, "y"))


def _pixel(said: Mapping[str, str], name: str) -> int:
    """Whole pixels; where a tool wrote nonsense the shape stands at the edge of the canvas."""
    try:
        return max(-FARTHEST, min(round(float(said.get(name, "0"))), FARTHEST))
    except (ValueError, OverflowError):
        return 0
