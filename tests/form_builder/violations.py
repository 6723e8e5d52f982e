"""Right answers spoilt in one way each, with what the judge must say of it and where."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from form_builder.conditions import fields_read
from form_builder.form import ROW_ID, Field, Form
from form_builder.kinds import KINDS
from form_builder.patterns import matches
from rules_dsl.pointers import resolved

ANY = ""
WRONG_FORMATS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "date": (("2026-02-30", "form.no_such_day"), ("hôm qua", "form.unreadable_date")),
    "month": (("2026-13", "form.no_such_month"), ("không rõ", "form.unreadable_month")),
    "local-time": (("25:00", "form.unreadable_time"),),
    "email": (("lan", "form.not_an_email"), ("lan@", "form.not_an_email")),
    "phone": (("12", "form.not_a_phone"),),
    "identity-number": (
        ("không có", "form.not_an_identity_number"),
        ("123", "form.identity_number_length"),
        ("999190001234", "form.identity_number_place"),
        ("001990001234", "form.identity_number_century"),
    ),
    "tax-number": (("0100233489", "form.tax_number_check"), ("12", "form.tax_number_length")),
    "nationality": (("ZZ", "form.not_offered"),),
    "ethnic-group": (("99", "form.not_offered"),),
}
UNOFFERED = "không có trong danh sách"
WORDS = ("0", "?", "a", "Ạ1", "x y")
# Each is of another type than all but one of the JSON types.
OF_TYPE = {"string": 7, "integer": "bảy", "number": "bảy", "boolean": "có", "array": "một", "object": "một"}


@dataclass(frozen=True)
class Violation:
    """The answers but for one fault: `keyword` of the schema is not kept at `where`; `code` ANY: whichever."""

    keyword: str
    where: str
    code: str
    answers: dict[str, Any]


def violations(form: Form, answers: Mapping[str, Any]) -> Iterator[Violation]:
    """Every fault that can be made in these answers, one at a time."""
    for where, keyword, code, value in _in_block(form, form.fields, form.schema, answers, ""):
        yield Violation(keyword, where, code, _with(answers, where, value))


def decides(form: Form, where: str) -> bool:
    """Whether other questions come and go with the answer there, so that its fault may bring others."""
    path = ".".join(part for part in where.split(".") if not part.isdecimal())
    return any(read == path or read.startswith(f"{path}.") for read in fields_read(form))


GONE = object()
_Fault = tuple[str, str, str, Any]


def _in_block(
    form: Form, fields: tuple[Field, ...], schema: Mapping[str, Any], block: Mapping[str, Any], prefix: str
) -> Iterator[_Fault]:
    if schema.get("additionalProperties") is False:
        yield f"{prefix}further", "additionalProperties", "form.not_asked", "gì đó"
    for field in fields:
        if field.key in block:
            where, answer = prefix + field.key, block[field.key]
            if field.required:
                yield where, "required", KINDS[field.kind].missing, GONE
            for keyword, code, value in _of(field, answer):
                yield where, keyword, code, value
            yield from _inside(form, field, answer, where)


def _inside(form: Form, field: Field, answer: Any, where: str) -> Iterator[_Fault]:
    if field.kind == "group":
        yield from _in_block(form, field.fields, field.schema, answer, f"{where}.")
    elif field.kind == "rows":
        items = resolved(form.schema, field.schema["items"])
        for number, row in enumerate(answer):
            yield from _in_block(form, field.fields, items, row, f"{where}.{number}.")


def _of(field: Field, answer: Any) -> Iterator[tuple[str, str, Any]]:
    """Keyword, code and value of each wrong answer to one question."""
    schema = field.schema
    if schema.get("type") in OF_TYPE:
        yield "type", "form.wrong_type", OF_TYPE[schema["type"]]
        yield "null", KINDS[field.kind].missing, None
    if isinstance(answer, str):
        yield from _texts(field)
    elif isinstance(answer, bool):
        if "const" in schema:
            yield "const", KINDS[field.kind].missing, False
    elif isinstance(answer, int | Decimal):
        yield from _numbers(schema, Decimal(answer))
    elif field.kind in ("choices", "rows"):
        yield from _lists(field, answer)


def _texts(field: Field) -> Iterator[tuple[str, str, Any]]:
    schema, offered = field.schema, {choice.value for choice in field.choices}
    if "format" in schema:
        for text, code in WRONG_FORMATS.get(schema["format"], ((UNOFFERED, ANY),)):
            yield "format", code, text
        return
    if offered:
        yield "oneOf", "form.not_offered", UNOFFERED
        return
    pattern, least, most = schema.get("pattern", ""), schema.get("minLength", 0), schema.get("maxLength")
    if most is not None and matches(pattern, "a" * (most + 1)):
        yield "maxLength", "form.too_long", "a" * (most + 1)
    if least > 1 and matches(pattern, "a" * (least - 1)):
        yield "minLength", "form.too_short", "a" * (least - 1)
    for word in WORDS if pattern else ():
        if not matches(pattern, word) and least <= len(word) <= (most or len(word)):
            yield "pattern", "form.wrong_pattern", word


def _numbers(schema: Mapping[str, Any], answer: Decimal) -> Iterator[tuple[str, str, Any]]:
    whole = schema.get("type") == "integer"
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None:
        yield "minimum", "form.too_small", _number(Decimal(low) - 1, whole)
    if high is not None:
        yield "maximum", "form.too_large", _number(Decimal(high) + 1, whole)
    if "exclusiveMinimum" in schema:
        yield "exclusiveMinimum", "form.not_above", _number(Decimal(schema["exclusiveMinimum"]), whole)
    if "exclusiveMaximum" in schema:
        yield "exclusiveMaximum", "form.not_below", _number(Decimal(schema["exclusiveMaximum"]), whole)
    step = Decimal(schema.get("multipleOf", 0))
    between = answer + step / 10 if high is None or answer + step / 10 <= high else answer - step / 10
    if step and not whole and (low is None or between >= low):
        yield "multipleOf", ANY, between


def _number(value: Decimal, whole: bool) -> Any:
    return int(value) if whole else value


def _lists(field: Field, answer: list[Any]) -> Iterator[tuple[str, str, Any]]:
    least, most = field.schema.get("minItems", 0), field.schema.get("maxItems")
    values = [choice.value for choice in field.choices]
    if field.kind == "choices":
        yield "oneOf", "form.not_offered", [UNOFFERED, *answer[1:]]
        if most is None or most > 1:
            yield "uniqueItems", "form.twice", [answer[0], answer[0]]
        if most is not None and len(values) > most:
            yield "maxItems", "form.too_many", values[: most + 1]
    elif most is not None:
        many = [{**deepcopy(answer[0]), ROW_ID: f"m{number}"} for number in range(most + 1)]
        yield "maxItems", "form.too_many", many
    if least > 1:
        yield "minItems", "form.too_few", answer[: least - 1]
    if least:
        yield "minItems", KINDS[field.kind].missing, []


def _with(answers: Mapping[str, Any], where: str, value: Any) -> dict[str, Any]:
    spoilt = deepcopy(dict(answers))
    *path, last = where.split(".")
    holder: Any = spoilt
    for part in path:
        holder = holder[int(part) if isinstance(holder, list) else part]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return spoilt
