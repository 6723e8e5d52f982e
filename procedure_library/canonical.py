"""One value, one spelling: the JSON text that digests are taken of.

Keys sorted, no blanks, UTF-8, numbers without exponent or trailing zeros. One order is meaning and kept:
the members of a JSON Schema's `properties`, which is the order of the fields on the page.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


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
