"""One value, one spelling: the JSON text that digests are taken of.

Keys sorted, no blanks, UTF-8, numbers without exponent or trailing zeros. One order is meaning and kept:
the members of a JSON Schema's `properties`, which is the order of the fields on the page.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

WIDTH = 100
FIRST = (
    "$schema", "const", "type", "name", "key", "title", "description", "vi", "en", "x-motcua-en",
    "x-motcua-pages", "x-motcua-kind", "moment", "act", "role", "at", "step", "ask", "outcome", "reason",
    "facts", "answers", "dossier", "parameters", "expect", "course",
    "amount", "currency", "properties", "items", "required",
)  # fmt: skip
_RANK = {name: place for place, name in enumerate(FIRST)}


def canonical(value: Any, *, in_order: bool = False) -> str:
    """The text of a JSON value; `in_order` keeps the order of its members instead of sorting them."""
    if isinstance(value, Mapping):
        return _object(value, in_order)
    if isinstance(value, list | tuple):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, Decimal | float):
        return _number(Decimal(str(value)))
    return json.dumps(value, ensure_ascii=False)


def parsed(text: str | bytes) -> Any:
    """The value of a JSON text, decimals exact."""
    return json.loads(text, parse_float=Decimal)


def _object(value: Mapping[str, Any], in_order: bool) -> str:
    names = list(value) if in_order else sorted(value)
    members = (_member(name, value[name], in_order) for name in names)
    return "{" + ",".join(members) + "}"


def _member(name: str, value: Any, among_fields: bool) -> str:
    # A field may itself be called "properties": below `properties` the names are not keywords.
    fields = name == "properties" and not among_fields
    return f"{json.dumps(name, ensure_ascii=False)}:{canonical(value, in_order=fields)}"


def _number(value: Decimal) -> str:
    whole = value.to_integral_value()
    return str(int(whole)) if value == whole else format(value.normalize(), "f")


def readable(value: Any, *, in_order: bool = False, indent: str = "") -> str:
    """The same value for people, one spelling again: short things on one line, well-known members first."""
    line = _on_one_line(value, in_order)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, Mapping | list | tuple) or not value:
        return line
    further = indent + "  "
    if isinstance(value, Mapping):
        parts = [_pair(name, value[name], in_order, further) for name in _names(value, in_order)]
        brackets = "{}"
    else:
        parts = [readable(item, indent=further) for item in value]
        brackets = "[]"
    inside = ",\n".join(further + part for part in parts)
    return f"{brackets[0]}\n{inside}\n{indent}{brackets[1]}"


def _pair(name: str, value: Any, among_fields: bool, indent: str) -> str:
    fields = name == "properties" and not among_fields
    return f"{json.dumps(name, ensure_ascii=False)}: {readable(value, in_order=fields, indent=indent)}"


def _on_one_line(value: Any, in_order: bool) -> str:
    if isinstance(value, Mapping):
        names = _names(value, in_order)
        return "{" + ", ".join(_short_pair(name, value[name], in_order) for name in names) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_on_one_line(item, False) for item in value) + "]"
    return canonical(value)


def _short_pair(name: str, value: Any, among_fields: bool) -> str:
    fields = name == "properties" and not among_fields
    return f"{json.dumps(name, ensure_ascii=False)}: {_on_one_line(value, fields)}"


def _names(value: Mapping[str, Any], in_order: bool) -> list[str]:
    """Field names as they stand; keywords with the ones a reader looks for first."""
    return list(value) if in_order else sorted(value, key=lambda name: (_RANK.get(name, len(_RANK)), name))
