"""The example of an answer beside a question: the first of JSON Schema's `examples`, as people would type it."""

from typing import Any

from common.text import Text
from form_builder.form import Field
from form_builder.kinds import KINDS
from form_builder.kinds.kind import Unreadable

# Kinds whose answers are typed. A list is its own example.
EXEMPLIFIED = (
    *("text", "long_text", "integer", "decimal", "money", "date", "month", "time"),
    *("email", "phone", "identity_number", "tax_number"),
)
_WORDS = Text("Ví dụ: {example}", "Example: {example}")


def example_of(field: Field) -> Any:
    """The example, None when there is none that an answer of the kind could be."""
    found = field.schema.get("examples")
    if field.kind not in EXEMPLIFIED or not isinstance(found, list | tuple) or not found:
        return None
    return found[0] if isinstance(typed_example(field, found[0]), str) else None


def hint_of(field: Field, language: str) -> str:
    """The sentence that helps to answer, and the example behind it."""
    said, example = field.help.in_(language), example_of(field)
    if example is None:
        return said
    shown = _WORDS.in_(language).format(example=typed_example(field, example, language))
    return f"{said} {shown}." if said else f"{shown}."


def typed_example(field: Field, example: Any, language: str = "vi") -> str | None:
    """The example as one types it in one piece; None: it is no answer of the kind."""
    kind = KINDS[field.kind]
    try:
        typed = kind.typed(field, example)
        said = typed[0] if len(typed) == 1 else kind.told(field, example, language)
    except (TypeError, ValueError, ArithmeticError, AttributeError):
        return None
    return said if kind.read(field, kind.split(said)) == example else None


def read_example(field: Field, text: str) -> Any | Unreadable:
    """What was typed as an example of the field's answers; None for nothing."""
    kind = KINDS[field.kind]
    return kind.read(field, kind.split(text))
