"""The use that a step makes of another procedure, as attributes and elements of its call activity."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from procedure_library.bpmn.steps import MOTCUA, PASSINGS, tag
from procedure_library.linking import Call

# BPMN's own word for what is called; the others are ours.
CALLED = "calledElement"
ATTRIBUTES = {"case_type": "case-type", "function": "function", "returns": "returns"}


def call_of(element: Element) -> dict[str, Any]:
    """What the element says of the procedure called."""
    body: dict[str, Any] = {"procedure": element.get(CALLED, "")}
    body |= {name: said for name, word in ATTRIBUTES.items() if (said := element.get(tag(MOTCUA, word)))}
    for name in PASSINGS:
        handed_on = [dict(each.attrib) for each in element.iter(tag(MOTCUA, name))]
        body |= {name: handed_on} if handed_on else {}
    return body


def attributes_of(call: Call) -> Iterator[tuple[str, str]]:
    yield CALLED, call.procedure
    for name, word in ATTRIBUTES.items():
        value = getattr(call, name)
        if value and not (name == "returns" and value == "caller"):
            yield tag(MOTCUA, word), value


def passings_of(call: Call) -> Iterator[Element]:
    for name in PASSINGS:
        for passing in getattr(call, name):
            yield Element(tag(MOTCUA, name), {"source": passing.source, "target": passing.target})
