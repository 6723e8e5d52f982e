"""What a step says to people, as its panel asks it: a field for each sentence, not the records they are kept in.

`duty` is basis, responsible and responsible_en; `notices` are entered_applicant, entered_applicant_en and so on.
"""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from common.text import Text
from procedure_library.definition import Step
from procedure_library.guidance import Addressee, Duty, Occasion

# The attributes of a step that have such fields.
APART = ("duty", "notices")
NOTICES = tuple((when, to) for when in get_args(Occasion) for to in get_args(Addressee))
# The fields with lines of their own; whatever else is typed is one line.
_LONG = ("instructions", *(f"{when}_{to}" for when, to in NOTICES))
PARAGRAPHS = frozenset((*_LONG, *(f"{name}_en" for name in _LONG)))


def guidance_fields(step: Step) -> dict[str, str]:
    """All of the fields, empty where nothing is said."""
    duty, said = step.duty or Duty(), {(notice.when, notice.to): notice.text for notice in step.notices}
    fields = {"basis": duty.basis, **_fields("responsible", duty.who)}
    for when, to in NOTICES:
        fields |= _fields(f"{when}_{to}", said.get((when, to), Text("")))
    return fields


def guidance_body(element: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes as a file spells them; what says nothing is left out."""
    basis, who = str(element.get("basis", "")).strip(), _text("responsible", element)
    body: dict[str, Any] = {"notices": notices} if (notices := list(_notices(element))) else {}
    if basis or any(who.values()):
        body["duty"] = {"basis": basis, "who": who}
    return body


def _notices(element: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for when, to in NOTICES:
        text = _text(f"{when}_{to}", element)
        if any(text.values()):
            yield {"when": when, "to": to, "text": text}


def _fields(name: str, text: Text) -> dict[str, str]:
    return {name: text.vi, f"{name}_en": text.en}


def _text(name: str, element: Mapping[str, Any]) -> dict[str, str]:
    return {
        "vi": str(element.get(name, "")).strip(),
        "en": str(element.get(f"{name}_en", "")).strip(),
    }
