"""Turns what validators report into Problems that name the field and the remedy."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.problems import Parameter, Problem
from common.text import Text
from form_builder import places
from form_builder.form import Field, Form
from form_builder.formats import PLACE_FORMATS
from form_builder.kinds import KINDS
from form_builder.kinds.kind import Unreadable
from form_builder.numerals import write_number
from form_builder.official_numbers import WrongPart, wrong_in_identity_number, wrong_in_tax_number

# keyword → code of the Problem whose parameter `limit` is the keyword's value
LIMITS: Mapping[str, str] = {
    "minLength": "form.too_short",
    "maxLength": "form.too_long",
    "minimum": "form.too_small",
    "maximum": "form.too_large",
    "exclusiveMinimum": "form.not_above",
    "exclusiveMaximum": "form.not_below",
    "multipleOf": "form.not_a_step",
    "minItems": "form.too_few",
    "maxItems": "form.too_many",
}
OF_FILES: Mapping[str, str] = {"minItems": "form.too_few_files", "maxItems": "form.too_many_files"}
CODES: Mapping[str, str] = {
    "enum": "form.not_offered",
    "oneOf": "form.not_offered",
    "const": "form.not_offered",
    "pattern": "form.wrong_pattern",
    "uniqueItems": "form.twice",
    "type": "form.wrong_type",
}
ORDER = (
    "type",
    "const",
    "enum",
    "oneOf",
    "minLength",
    "maxLength",
    "format",
    "pattern",
    "minimum",
    "maximum",
)
FORMATS: Mapping[str, str] = {
    "date": "form.no_such_day",
    "local-time": "form.unreadable_time",
    "email": "form.not_an_email",
    "phone": "form.not_a_phone",
    "month": "form.unreadable_month",
    "nationality": "form.not_offered",
    "ethnic-group": "form.not_offered",
    "province": "form.no_such_province",
    "commune": "form.no_such_commune",
    "file-digest": "form.unknown_file",
}
# Formats of several parts: which of them is wrong.
PARTS: Mapping[str, Callable[[str], WrongPart | None]] = {
    "identity-number": wrong_in_identity_number,
    "tax-number": wrong_in_tax_number,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What a validator found, whichever it is.

    `keyword` of the schema was not kept by `answer`, which stands at `where` (a dotted path, "" for all answers);
    `limit` is what the keyword says. `keys` are those that are missing, or not asked, of an object.
    """

    keyword: str
    where: str
    limit: Any
    answer: Any
    keys: tuple[str, ...] = ()


def problems_of(form: Form, fault: Fault) -> Iterator[Problem]:
    """The problems one fault stands for: one for each answer that is missing or not asked, else one."""
    match fault.keyword:
        case "required" | "dependentRequired":
            yield from (missing(form, _under(fault.where, key)) for key in fault.keys)
        case "additionalProperties" | "unevaluatedProperties":
            yield from (problem(form, "form.not_asked", _under(fault.where, key)) for key in fault.keys)
        case places.LIST:
            yield _misplaced(form, fault)
        case _:
            yield _at_value(form, fault)


def rank(fault: Fault) -> tuple[int, str]:
    """Of several faults of one answer the first in this order is told: what kind of thing it is, then how much."""
    place = ORDER.index(fault.keyword) if fault.keyword in ORDER else len(ORDER)
    return place, str(fault.limit)


def missing(form: Form, where: str) -> Problem:
    """The problem of a field that must be answered and is not."""
    field = form.field_at(where)
    return problem(form, KINDS[field.kind].missing if field else "form.required", where)


def problem(form: Form, code: str, where: str, **parameters: Parameter) -> Problem:
    """A problem whose parameters name the field in both languages, with the group or row it stands in."""
    return Problem(
        code,
        where,
        {"field": called(form, where, "vi"), "field_en": called(form, where, "en"), **parameters},
    )


def called(form: Form, where: str, language: str) -> str:
    """The field at a path as people know it: "Mẹ – Họ tên", "Giấy tờ 2 – Số bản sao"."""
    names: list[str] = []
    parts = where.split(".")
    for place, part in enumerate(parts):
        field = form.field_at(".".join(parts[: place + 1]))
        if part.isdecimal() and field is not None and field.fields:
            names[-1] = f"{row_title(field).in_(language)} {int(part) + 1}"
        elif not part.isdecimal():
            names.append(field.title.in_(language) if field else part)
    return " – ".join(names)


def row_title(field: Field) -> Text:
    """What one row is called: its own title, else that of the rows."""
    return field.row_title if field.row_title.vi else field.title


def _at_value(form: Form, fault: Fault) -> Problem:
    where, limit = _question_at(form, fault.where), fault.limit
    if _is_nothing(fault):
        return missing(form, where)
    if fault.keyword == "format":
        return _misshapen(form, str(limit), where, fault.answer)
    if fault.keyword == "multipleOf" and (places := _decimals(limit)):
        return problem(form, "form.too_many_decimals", where, limit=places, limit_en=places)
    if fault.keyword in LIMITS:
        field = form.field_at(where)
        told = {"limit": _limit(field, limit, "vi"), "limit_en": _limit(field, limit, "en")}
        codes = OF_FILES if field is not None and field.kind == "document" else LIMITS
        return problem(form, codes[fault.keyword], where, **told)
    return problem(form, CODES.get(fault.keyword, "form.not_accepted"), where)


def _question_at(form: Form, where: str) -> str:
    """The question that an answer belongs to: of several choices, or of rows, none is a question by itself."""
    holder, _, number = where.rpartition(".")
    return holder if number.isdecimal() and form.field_at(holder) is not None else where


def _misshapen(form: Form, name: str, where: str, answer: Any) -> Problem:
    """An answer that is not of its format, by the part that is wrong where the format has parts."""
    if name in PLACE_FORMATS and form.places is None:
        return problem(form, "form.no_list", where)
    wrong = PARTS[name](str(answer)) if name in PARTS else _unreadable(form.field_at(where), answer)
    if wrong is not None:
        return problem(form, wrong.code, where, **wrong.parameters)
    return problem(form, FORMATS.get(name, "form.not_accepted"), where)


def _unreadable(field: Field | None, answer: Any) -> Unreadable | None:
    """What the page would say of the answer, were it typed: a day that does not exist is another matter than no day."""
    if field is None:
        return None
    kind = KINDS[field.kind]
    read = kind.read(field, kind.typed(field, answer))
    return read if isinstance(read, Unreadable) else None


def _misplaced(form: Form, fault: Fault) -> Problem:
    """An address whose commune lies in another province: said of the commune, which is picked after it."""
    found = form.places.misplaced(fault.answer) if form.places else None
    named = dict(zip(("commune", "province"), (each.full for each in found or ()), strict=False))
    return problem(form, "form.commune_elsewhere", _under(fault.where, places.COMMUNE), **named)


def _is_nothing(fault: Fault) -> bool:
    """Whether the answer is as good as none: an empty text, no rows, a box not ticked."""
    return fault.answer in ("", [], None) or (fault.keyword == "const" and fault.answer is False)


def _limit(field: Field | None, value: Any, language: str) -> str:
    """A limit as the field's own values are told: with its currency, in groups of thousands."""
    if field is not None and field.kind in ("integer", "decimal", "money"):
        return KINDS[field.kind].told(field, value, language)
    return write_number(Decimal(str(value)), language)


def _decimals(step: Any) -> int:
    """How many decimals a step of 0.1, 0.01 … leaves; 0 for every other step."""
    sign, digits, exponent = Decimal(str(step)).normalize().as_tuple()
    return -exponent if isinstance(exponent, int) and digits == (1,) and not sign and exponent < 0 else 0


def _under(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
