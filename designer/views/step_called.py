"""What steps and ways are called on the pages of the list, in the reader's language."""

from html import unescape

from flask import get_template_attribute

from procedure_library.bpmn import Steps
from procedure_library.definition import Step, Transition


def called(step: Step) -> str:
    """Its name; of a step that nobody has named its kind and its key."""
    return _said(get_template_attribute("designer/parts.html", "step_title")(step))


def kind_called(kind: str) -> str:
    return _said(get_template_attribute("designer/words.html", "step_kind")(kind))


def way_called(steps: Steps, way: Transition) -> str:
    """From where to where."""
    known = {step.key: called(step) for step in steps.steps}
    source, target = (known.get(key, key) for key in (way.source, way.target))
    return f"{source} → {target}"


def _said(words: str) -> str:
    """What a template says, as plain text: whoever shows it escapes it."""
    return unescape(words).strip()
