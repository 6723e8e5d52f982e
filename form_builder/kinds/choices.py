"""One choice, several choices, yes or no, a declaration."""

from typing import Any

from form_builder.form import Field
from form_builder.kinds.kind import Kind, Typed, first

# More than this do not fit on a telephone without scrolling: they become a list to pick from.
MOST_RADIOS = 6
_WORDS = {
    ("vi", True): "Có",
    ("vi", False): "Không",
    ("en", True): "Yes",
    ("en", False): "No",
}
_DECLARED = {"vi": "Đã cam đoan", "en": "Declared"}


def read_choice(_: Field, typed: Typed) -> str | None:
    """What was picked, even if the form does not offer it: the judge says so."""
    return first(typed) or None


def read_choices(field: Field, typed: Typed) -> list[str] | None:
    """What was ticked, in the order of the form; what the form does not offer comes last."""
    ticked = list(dict.fromkeys(each for each in typed if each))
    order = {choice.value: place for place, choice in enumerate(field.choices)}
    return sorted(ticked, key=lambda each: order.get(each, len(order))) or None


def read_yes_or_no(_: Field, typed: Typed) -> bool | None:
    return {"true": True, "false": False}.get(first(typed))


def read_declaration(_: Field, typed: Typed) -> bool | None:
    """True when ticked; an empty box is no answer."""
    return True if first(typed) == "true" else None


def choices_typed(_: Field, value: Any) -> Typed:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else (str(value),)


def choice_typed(_: Field, value: Any) -> Typed:
    return (str(value),)


def truth_typed(_: Field, value: Any) -> Typed:
    return ("true" if value is True else "false",)


def declaration_typed(_: Field, value: Any) -> Typed:
    return ("true",) if value is True else ()


def choice_told(field: Field, value: Any, language: str) -> str:
    return field.label_of(str(value)).in_(language)


def choices_told(field: Field, value: Any, language: str) -> str:
    return "; ".join(field.label_of(each).in_(language) for each in choices_typed(field, value))


def truth_told(_: Field, value: Any, language: str) -> str:
    return _WORDS["en" if language == "en" else "vi", value is True]


def declared_told(_: Field, value: Any, language: str) -> str:
    return _DECLARED["en" if language == "en" else "vi"] if value is True else ""


CHOICE = Kind(
    "choice",
    {"type": "string", "oneOf": []},
    "choice",
    read_choice,
    choice_typed,
    choice_told,
    missing="form.not_chosen",
)
CHOICES = Kind(
    "choices",
    {"type": "array", "items": {"oneOf": []}, "uniqueItems": True},
    "choices",
    read_choices,
    choices_typed,
    choices_told,
    missing="form.not_chosen",
)
BOOLEAN = Kind(
    "boolean",
    {"type": "boolean"},
    "yes_or_no",
    read_yes_or_no,
    truth_typed,
    truth_told,
    missing="form.not_chosen",
)
DECLARATION = Kind(
    "declaration",
    {"type": "boolean", "const": True},
    "declaration",
    read_declaration,
    declaration_typed,
    declared_told,
    missing="form.not_declared",
)
