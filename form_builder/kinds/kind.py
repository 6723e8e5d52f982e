"""What one kind of field must know: its JSON Schema, how it is typed, read, shown and told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from common.problems import Parameter
from form_builder.form import Field

# What stands in the inputs of one field, in their order: one text, three parts of a date, the ticked choices.
Typed = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was typed cannot be an answer of this kind; `code` is that of the Problem."""

    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of field.

    `shape`: the least JSON Schema of the kind; a new field starts from it.
    `control`: the macro in templates/fields that draws it; `attributes` go into its input element.
    `parts`: what is added to the name in each of its inputs; `split` parts what was typed in one piece.
    `missing`: the code of the Problem when nothing was answered.
    `read` turns what was typed into the answer, None when nothing was typed. `typed` is its inverse.
    `told` is the answer in words, for check-your-answers, desk and letters.
    """

    key: str
    shape: Mapping[str, Any]
    control: str
    read: Callable[[Field, Typed], Any | Unreadable]
    typed: Callable[[Field, Any], Typed]
    told: Callable[[Field, Any, str], str]
    missing: str = "form.required"
    parts: Sequence[str] = ("",)
    split: Callable[[str], Typed] = lambda text: (text,)
    attributes: Mapping[str, str] = field(default_factory=dict)


def first(typed: Typed) -> str:
    """What was typed into a field of one input."""
    return typed[0].strip() if typed else ""


def as_typed(_: Field, value: Any) -> Typed:
    """A text stands in its input as it is."""
    return (str(value),)


def as_written(_: Field, value: Any, __: str) -> str:
    """A text is told as it is."""
    return str(value)
