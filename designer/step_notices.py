"""Who is told of a step, as its panel asks it: a field for each reader on each occasion, not rows.

The notice to the applicant when the step is entered is entered_applicant, in English entered_applicant_en.
"""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from common.text import UNSAID
from procedure_library.definition import Step
from procedure_library.guidance import Addressee, Occasion

FIELDS = {(when, to): f"{when}_{to}" for when in get_args(Occasion) for to in get_args(Addressee)}
# Of all fields of a panel those with lines of their own; whatever else is typed is one line.
_LONG = ("instructions", *FIELDS.values())
PARAGRAPHS = frozenset((*_LONG, *(f"{name}_en" for name in _LONG)))


def notice_fields(step: Step) -> dict[str, str]:
    """All of the fields, empty where nobody is told."""
    said = {(notice.when, notice.to): notice.text for notice in step.notices}
    texts = {name: said.get(place, UNSAID) for place, name in FIELDS.items()}
    return {name: text.vi for name, text in texts.items()} | {f"{n}_en": t.en for n, t in texts.items()}


def notices_said(element: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The notices as a file spells them; a field that says nothing is none."""
    for (when, to), name in FIELDS.items():
        text = {"vi": str(element.get(name, "")).strip(), "en": str(element.get(f"{name}_en", "")).strip()}
        if any(text.values()):
            yield {"when": when, "to": to, "text": text}
