"""Group and rows: fields that hold fields. They are typed in their parts, never as a whole."""

from typing import Any

from form_builder.form import Field
from form_builder.kinds.kind import Kind, Typed

# What holds questions and is told by them, each for itself.
BLOCKS = ("group", "rows")


def read_nothing(_: Field, __: Typed) -> None:
    """A block has no input of its own."""


def typed_nowhere(_: Field, __: Any) -> Typed:
    return ()


def told_by_parts(_: Field, __: Any, ___: str) -> str:
    return ""


GROUP = Kind(
    "group",
    {"type": "object", "properties": {}},
    "group",
    read_nothing,
    typed_nowhere,
    told_by_parts,
    missing="form.block_missing",
)
ROWS = Kind(
    "rows",
    {"type": "array", "items": {"type": "object", "properties": {}}},
    "rows",
    read_nothing,
    typed_nowhere,
    told_by_parts,
    missing="form.no_rows",
)
