"""What the canvas says of the selected step or transition: anything else is refused before a page is made of it."""

from collections.abc import Mapping
from itertools import product
from typing import Any, get_args

from jsonschema import Draft202012Validator

from procedure_library.definition import StepKind
from procedure_library.guidance import Addressee, Occasion

KINDS = (*get_args(StepKind), "transition")
_WORDS = {"type": "string"}
_LIST = {"type": "array", "items": _WORDS}
_OUTCOME = {
    "type": "object",
    "required": ["key", "label"],
    "properties": {
        "key": _WORDS,
        "label": _WORDS,
        "label_en": _WORDS,
        "decision": _WORDS,
        "needs_reason": {"type": "boolean"},
    },
}
_ASK = {
    "type": "object",
    "required": ["key", "name"],
    "properties": dict.fromkeys(
        ("key", "name", "name_en", "role", "function", "budget_amount", "budget_unit"), _WORDS
    ),
}
_PASSING = {
    "type": "object",
    "required": ["way", "source", "target"],
    "properties": dict.fromkeys(("key", "way", "source", "target"), _WORDS),
}
_OUTCOMES = {"type": "array", "items": _OUTCOME}
_WAY = {
    "type": "object",
    "required": ["key", "to"],
    "properties": {"key": _WORDS, "to": _WORDS, "when": _WORDS},
}
_ONE_LINE = (
    *("name", "name_en", "role", "area", "budget_amount", "budget_unit", "choice", "default", "ending"),
    *(
        "from",
        "to",
        "from_kind",
        "when",
        "silence",
        "message",
        "moment",
        "on",
        "connector",
        "attempts",
        "assign",
        "procedure",
        "case_type",
        "function",
        "returns",
    ),
    *("basis", "responsible", "responsible_en", "instructions", "instructions_en"),
    *(f"{when}_{to}{end}" for when, to, end in product(get_args(Occasion), get_args(Addressee), ("", "_en"))),
)
_ELEMENT = Draft202012Validator(
    {
        "type": "object",
        "required": ["kind", "key"],
        "properties": {
            "kind": {"enum": KINDS},
            "key": _WORDS,
            **dict.fromkeys(_ONE_LINE, _WORDS),
            **dict.fromkeys(("shows", "fills", "corrects", "collects", "prints", "must_print"), _LIST),
            "outcomes": _OUTCOMES,
            "asks": {"type": "array", "items": _ASK},
            "passings": {"type": "array", "items": _PASSING},
            "before": _OUTCOMES,
            "ways": {"type": "array", "items": _WAY},
            "is_default": {"type": "boolean"},
        },
    }
)


def element_in(sent: Any) -> Mapping[str, Any] | None:
    """What was sent, when the panel can show it; None when it is nothing that the canvas says."""
    return sent if _ELEMENT.is_valid(sent) else None
