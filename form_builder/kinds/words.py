"""Text, short and long: composed letters, no invisible characters, no blanks around it."""

import re

from common.text import nfc
from form_builder.form import Field
from form_builder.kinds.kind import Kind, Typed, as_typed, as_written

# Control characters (NUL breaks the database), marks that turn the direction of writing and so can make
# a name look like another, and the byte order mark.
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")


def clean(typed: str) -> str:
    """The text as it is kept, on one line."""
    return " ".join(clean_lines(typed).split())


def clean_lines(typed: str) -> str:
    """The text as it is kept, with its line breaks."""
    text = INVISIBLE.sub("", nfc(typed.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip()


def read_line(_: Field, typed: Typed) -> str | None:
    return clean(typed[0]) or None if typed else None


def read_lines(_: Field, typed: Typed) -> str | None:
    return clean_lines(typed[0]) or None if typed else None


TEXT = Kind("text", {"type": "string"}, "input", read_line, as_typed, as_written)
LONG_TEXT = Kind("long_text", {"type": "string"}, "textarea", read_lines, as_typed, as_written)
