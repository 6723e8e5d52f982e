"""What a step says to people, as attributes of its element."""

from collections.abc import Iterator
from itertools import product
from typing import Any, get_args
from xml.etree.ElementTree import Element

from common.text import Text
from procedure_library.bpmn.steps import MOTCUA, tag
from procedure_library.definition import Step
from procedure_library.guidance import Addressee, Occasion

# Sentences in both languages: the English one is called `…-en`. A notice is called "entered-applicant" and so on.
INSTRUCTIONS, WHO = "instructions", "responsible"
BASIS = "basis"


def guidance_in(element: Element) -> dict[str, Any]:
    """The attributes of the step that the element says."""
    body: dict[str, Any] = {}
    if instructions := _text(element, INSTRUCTIONS):
        body["instructions"] = instructions
    duty = {"basis": element.get(tag(MOTCUA, BASIS)), "who": _text(element, WHO)}
    if any(duty.values()):
        body["duty"] = {name: said for name, said in duty.items() if said}
    if notices := list(_notices(element)):
        body["notices"] = notices
    return body


def _notices(element: Element) -> Iterator[dict[str, Any]]:
    for when, to in product(get_args(Occasion), get_args(Addressee)):
        if text := _text(element, f"{when}-{to}"):
            yield {"when": when, "to": to, "text": text}


def guidance_of(step: Step) -> Iterator[tuple[str, str]]:
    yield from _said(INSTRUCTIONS, step.instructions)
    if step.duty is not None:
        yield from [(tag(MOTCUA, BASIS), step.duty.basis)] if step.duty.basis else ()
        yield from _said(WHO, step.duty.who)
    for notice in step.notices:
        yield from _said(f"{notice.when}-{notice.to}", notice.text)


def _text(element: Element, name: str) -> dict[str, str]:
    said = {"vi": element.get(tag(MOTCUA, name), ""), "en": element.get(tag(MOTCUA, f"{name}-en"), "")}
    return {language: words for language, words in said.items() if words or (language == "vi" and said["en"])}


def _said(name: str, text: Text) -> Iterator[tuple[str, str]]:
    for attribute, words in ((name, text.vi), (f"{name}-en", text.en)):
        if words:
            yield tag(MOTCUA, attribute), words
