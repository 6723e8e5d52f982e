"""A form's JSON Schema as somebody else's text: read with its exact numbers, or told where it cannot be read."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from common.problems import Finding
from common.text import nfc
from form_builder.checks.shape import check_shape
from form_builder.form import ROW_ID
from form_builder.kinds.words import INVISIBLE
from form_builder.nodes import pointer
from form_builder.schema import DEEPEST
from rules_dsl.pointers import resolved

# What a browser sends in one box; a hundred questions in two languages are a third of it.
LONGEST = 150_000
# A letter of UTF-8 has four bytes at most.
LONGEST_FILE = 4 * LONGEST
# A page of a hundred questions is a bad form; ten such pages are a machine that counts on us to count.
MOST_FIELDS = 1_000
# Five groups in each other, with their cases and choices, are thirty.
MOST_LEVELS = 120
# Written out, 1e999999999 would fill the memory; no limit of a form has so many digits.
MOST_DIGITS = 40
# The rest of what a shape may be wrong in is kept and named: an unknown keyword harms nobody.
HARMLESS = frozenset({"form.unknown_keyword", "form.condition_shape"})

Schema = Mapping[str, Any]


class _Twice(ValueError):
    """A member that stands twice in one object: reading on would drop one of them."""


def decoded(content: bytes) -> str | Finding:
    """The text of a file; what no text area would hold is not read to its end."""
    if len(content) > LONGEST_FILE:
        return Finding("form.source_too_long", "", {"most": LONGEST // 1_000})
    try:
        return nfc(content.decode("utf-8-sig")).replace("\r\n", "\n")
    except UnicodeDecodeError:
        return Finding("form.source_not_utf8", "")


def read_source(text: str) -> Schema | tuple[Finding, ...]:
    """The schema of an object in the text, else what is wrong with it, with line and column or a JSON pointer."""
    if len(text) > LONGEST:
        return (Finding("form.source_too_long", "", {"most": LONGEST // 1_000}),)
    schema = _parsed(text)
    if isinstance(schema, Finding):
        return (schema,)
    if amiss := next(_amiss(schema), None):
        return (amiss,)
    try:
        wrong = tuple(found for found in check_shape(schema) if found.code not in HARMLESS)
    except RecursionError:
        return (Finding("form.source_too_deep", ""),)
    if not wrong and _fields_in(schema, schema, DEEPEST, {}) > MOST_FIELDS:
        return (Finding("form.source_too_many", "", {"most": MOST_FIELDS}),)
    return wrong or schema


def _parsed(text: str) -> Any:
    """The value of the text, decimals exact; a Finding when there is none."""
    try:
        return json.loads(text, parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=_object)
    except json.JSONDecodeError as wrong:
        told: dict[str, str | int] = {"line": wrong.lineno, "column": wrong.colno, "detail": wrong.msg}
        return Finding("form.source_unreadable", "", told, line=wrong.lineno, column=wrong.colno)
    except _Twice as wrong:
        return Finding("form.source_twice", "", {"key": str(wrong)})
    except RecursionError:
        return Finding("form.source_too_deep", "")
    except ValueError:
        return Finding("form.source_no_number", "")


def _amiss(schema: Any) -> Iterator[Finding]:
    """Values that lie too deep to be walked, and texts with letters that nobody sees: some no database keeps, some
    turn the words around them."""
    ahead = [("", schema, 0)]
    while ahead:
        place, value, level = ahead.pop()
        if level > MOST_LEVELS:
            yield Finding("form.source_too_deep", place)
        elif isinstance(value, dict):
            ahead += [(place + pointer((key,)), each, level + 1) for key, each in value.items()]
            ahead += [(place, key, level) for key in value]
        elif isinstance(value, list):
            ahead += [(place + pointer((at,)), each, level + 1) for at, each in enumerate(value)]
        elif isinstance(value, str) and (found := INVISIBLE.search(value.replace("\r", ""))):
            shown = place.encode(errors="replace").decode()
            yield Finding("form.source_hidden", shown, {"letter": f"U+{ord(found[0]):04X}"})


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(members)
    if len(read) < len(members):
        names = [name for name, _ in members]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return read


def _decimal(word: str) -> Decimal:
    number = Decimal(word)
    if abs(number.adjusted()) > MOST_DIGITS or len(number.as_tuple().digits) > MOST_DIGITS:
        raise ValueError(word)
    return number


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _fields_in(root: Schema, holder: Any, left: int, known: dict[tuple[int, int], int]) -> int:
    """How many fields a form would ask, the same definition counted once per depth: references multiply."""
    if not left or not isinstance(holder, Mapping):
        return 0
    place = id(holder), left
    if place not in known:
        node = resolved(root, holder)
        inside = node.get("items") if isinstance(node.get("items"), Mapping) else node
        asked = resolved(root, inside or {}).get("properties", {})
        known[place] = sum(
            1 + _fields_in(root, each, left - 1, known) for key, each in asked.items() if key != ROW_ID
        )
    return known[place]
