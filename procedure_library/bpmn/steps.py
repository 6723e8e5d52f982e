"""What a steps.bpmn holds, and the words of BPMN for our kinds of step."""

from dataclasses import dataclass, field

from procedure_library.definition import Boundary, Drawing, Step, StepKind, Transition

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
MOTCUA = "urn:motcua:steps:1"
PREFIXES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "motcua": MOTCUA}

ELEMENTS: dict[StepKind, str] = {
    "start": "startEvent",
    "task": "userTask",
    "branch": "exclusiveGateway",
    "split": "parallelGateway",
    "join": "parallelGateway",
    "inclusive": "inclusiveGateway",
    "supplement": "receiveTask",
    "consultation": "userTask",
    "payment": "receiveTask",
    "message": "receiveTask",
    "moment": "intermediateCatchEvent",
    "automatic": "serviceTask",
    "call": "callActivity",
    "end": "endEvent",
}
# A split and a join are one BPMN element; the direction, which BPMN has for this, tells them apart. The join of an
# inclusive split is an inclusive gateway as well.
DIRECTIONS = {"split": "Diverging", "join": "Converging", "inclusive": "Diverging"}
# A consultation is one user task for several units at once: BPMN's parallel multi-instance.
SEVERAL = "multiInstanceLoopCharacteristics"
# What a receive task awaits is said by an attribute of ours; without it, a supplement.
AWAITS = ("payment", "message")
TIMER = "timerEventDefinition"
# What interrupts a step is an event on its edge, by the definition that the event has.
BOUNDARY = "boundaryEvent"
EVENTS: dict[Boundary, str] = {
    "overdue": TIMER,
    "withdrawn": "messageEventDefinition",
    "failure": "errorEventDefinition",
}

# Attributes of a step that are lists of keys, written with blanks between; a hyphen stands for an underscore.
LISTS = ("shows", "fills", "corrects", "collects", "prints", "must_print")
# Attributes that are one key or word.
WORDS = ("choice", "ending", "silence", "message", "moment", "connector", "assign")
# What a call hands on: lists of elements, each from a source to a target.
PASSINGS = ("passes", "takes", "papers")


@dataclass(frozen=True, slots=True)
class Steps:
    """The graph of a definition with its drawing."""

    steps: tuple[Step, ...]
    transitions: tuple[Transition, ...]
    drawing: Drawing = field(default_factory=Drawing)


def event_id(step: str, on: Boundary) -> str:
    """What the event is called that interrupts the step: a name that no key can have."""
    return f"{step}.{on}"


def tag(namespace: str, name: str) -> str:
    """The name as ElementTree spells it."""
    return f"{{{namespace}}}{name}"
