"""Values for what a case does not turn on: such as a person might have written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rules_dsl.prover.any_answers import Schema

LONGEST = 60
# By format or kind; `{n}` tells two of them apart.
SAMPLES: Mapping[str, str] = {
    "email": "nguoi.dan{n}@example.vn",
    "phone": "091234567{n}",
    "identity-number": "09219000123{n}",
    "identity_number": "09219000123{n}",
    "local-time": "08:0{n}",
    "time": "08:0{n}",
    "date": "2000-01-1{n}",
    "date-time": "2000-01-1{n}T08:00:00+07:00",
    "uri": "https://example.vn/{n}",
}
# Tried in this order where a pattern asks for something.
CANDIDATES = ("{title}", "Nguyễn Văn An", "An", "A", "abc", "ABC-1", "1", "12", "123", "1234", "12345", "123456")


def text(schema: Schema, number: int) -> str:
    """A text the field may hold; other numbers, other texts."""
    named = str(schema.get("format", "")), str(schema.get("x-motcua-kind", ""))
    sample = next((SAMPLES[each] for each in named if each in SAMPLES), None)
    if sample is not None:
        return sample.format(n=number % 10)
    return next(_fitting(schema, number), "")


def _fitting(schema: Schema, number: int) -> Iterator[str]:
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", LONGEST))
    for candidate in CANDIDATES:
        written = candidate.format(title=schema.get("title", "")) or "A"
        for each in (_told_apart(written, number)[:most], written[:most], written[:1] * least):
            if least <= len(each) <= most and re.search(str(schema.get("pattern", "")), each):
                yield each


def _told_apart(written: str, number: int) -> str:
    return written if number == 0 else f"{written} {chr(ord('A') + number % 26)}"


def unread(schema: Schema) -> Any:
    """A value for a field that no rule reads and the solver knows nothing of."""
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    match schema.get("type"):
        case "array":
            items = schema.get("items", {})
            return [unread(items) for _ in range(max(1, int(schema.get("minItems", 1))))]
        case "object":
            properties = schema.get("properties", {})
            return {key: unread(properties.get(key, {})) for key in schema.get("required", ())}
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return True
    return text(schema, 0)
