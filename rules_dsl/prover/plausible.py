"""Values for what a case does not turn on: such as a person might have written."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rules_dsl.prover.any_answers import Schema, choices_of

LONGEST = 60
USUAL = Decimal(10)
# By format or kind; `{n}` tells two of them apart.
# Codes of provinces: the rules may compare with any of them, so there are some to choose from.
PROVINCES = ("01", "31", "48", "79", "92", "96")
SAMPLES: Mapping[str, str] = {
    "email": "nguoi.dan{n}@example.vn",
    "phone": "091234567{n}",
    "identity-number": "09219000123{n}",
    "identity_number": "09219000123{n}",
    "tax-number": "0100233488",
    "tax_number": "0100233488",
    "month": "2026-0{n}",
    "nationality": "VN",
    "ethnic-group": "01",
    "ethnic_group": "01",
    "commune": "00004",
    "local-time": "08:0{n}",
    "time": "08:0{n}",
    "file-digest": "0" * 63 + "{n}",
    "date": "2000-01-1{n}",
    "date-time": "2000-01-1{n}T08:00:00+07:00",
    "uri": "https://example.vn/{n}",
}
# Tried in this order where a pattern asks for something.
CANDIDATES = (
    "{title}",
    "Nguyễn Văn An",
    "An",
    "A",
    "abc",
    "ABC-1",
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
)


def text(schema: Schema, number: int) -> str:
    """A text the field may hold; other numbers, other texts."""
    named = str(schema.get("format", "")), str(schema.get("x-motcua-kind", ""))
    if "province" in named:
        return PROVINCES[number % len(PROVINCES)]
    sample = next((SAMPLES[each] for each in named if each in SAMPLES), None)
    if sample is not None:
        return sample.format(n=number % 10)
    return next(_fitting(schema, number), "")


def _fitting(schema: Schema, number: int) -> Iterator[str]:
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", LONGEST))
    for candidate in (*map(str, schema.get("examples", ())), *CANDIDATES):
        written = candidate.format(title=schema.get("title", "")) or "A"
        for each in (_told_apart(written, number)[:most], written[:most], written[:1] * least):
            if least <= len(each) <= most and re.search(str(schema.get("pattern", "")), each):
                yield each


def _told_apart(written: str, number: int) -> str:
    return written if number == 0 else f"{written} {chr(ord('A') + number % 26)}"


def value(schema: Schema) -> Any:
    """A value for a field that nobody reads."""
    if "const" in schema:
        return schema["const"]
    if choices_of(schema):
        return choices_of(schema)[0]
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            return {key: value(properties.get(key, {})) for key in schema.get("required", ())}
        case "array":
            return _list(schema)
        case "integer" | "number":
            return _number(schema)
        case "boolean":
            return False
    return text(schema, 0)


def _list(schema: Schema) -> list[Any]:
    """As few as the field admits, one at least: an empty list is no answer."""
    items, least = schema.get("items", {}), max(1, int(schema.get("minItems", 1)))
    choices = choices_of(items)
    if items.get("type") == "string" and not choices:
        return [text(items, number) for number in range(least)]
    return list(choices[:least]) if choices else [value(items) for _ in range(least)]


def _number(schema: Schema) -> int | Decimal:
    """The usual number, or else the least that the field admits."""
    step = Decimal(str(schema.get("multipleOf", 1)))
    least = Decimal(str(schema.get("minimum", schema.get("exclusiveMinimum", USUAL))))
    most = Decimal(str(schema.get("maximum", schema.get("exclusiveMaximum", USUAL))))
    found = next((each for each in (USUAL, least + step, least, most - step) if least <= each <= most), least)
    return int(found) if found == found.to_integral_value() else found
