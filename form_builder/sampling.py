"""Answers that nobody gave: every question answered with what its kind allows, to see a letter or a page filled."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from form_builder.form import ROW_ID, Field
from form_builder.kinds.documents import sample_digests
from form_builder.places import COMMUNE, LINE, PROVINCE, Place
from form_builder.schema import Source, read_form
from form_builder.visibility import prune

DAY = date(2026, 3, 2)
USUAL_COMMUNE = Place("00004", "phường", "Ba Đình", "01")


def sample(source: Source, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Answers to the whole form; `known` wins, field by field. What is then not asked is left out."""
    form = read_form(source)
    return prune(form, {**dict(_answers(form.fields)), **(known or {})})


def _answers(fields: tuple[Field, ...]) -> Iterator[tuple[str, Any]]:
    for field in fields:
        answer = SAMPLES[field.kind](field)
        if answer is not None:
            yield field.key, answer


def _text(field: Field) -> str:
    return field.title.vi[: field.schema.get("maxLength", 200)]


def _number(field: Field) -> int:
    return int(field.schema.get("minimum", field.schema.get("exclusiveMinimum", 0) + 1))


def _choice(field: Field) -> str | None:
    return field.choices[0].value if field.choices else None


def _rows(field: Field) -> list[dict[str, Any]]:
    return [{ROW_ID: "r1", **dict(_answers(field.fields))}]


def _address(field: Field) -> dict[str, Any]:
    """The first commune of the list; without a list one that has been there since 2025."""
    commune = field.places.communes[0] if field.places else USUAL_COMMUNE
    return {PROVINCE: commune.province, COMMUNE: commune.code, LINE: "Số 1"}


SAMPLES: Mapping[str, Callable[[Field], Any]] = {
    "text": _text,
    "long_text": _text,
    "integer": _number,
    "decimal": lambda field: Decimal(_number(field)),
    "money": _number,
    "date": lambda _: DAY.isoformat(),
    "month": lambda _: f"{DAY:%Y-%m}",
    "time": lambda _: "08:00",
    "boolean": lambda _: True,
    "choice": _choice,
    "choices": lambda field: [field.choices[0].value] if field.choices else None,
    "email": lambda _: "mau@example.vn",
    "phone": lambda _: "0912345678",
    "identity_number": lambda _: "092190001234",
    "tax_number": lambda _: "0100233488",
    "nationality": lambda _: "VN",
    "ethnic_group": lambda _: "01",
    "address": _address,
    "province": lambda field: _address(field)[PROVINCE],
    "commune": lambda field: _address(field)[COMMUNE],
    "declaration": lambda _: True,
    "document": lambda field: list(sample_digests(field)),
    "group": lambda field: dict(_answers(field.fields)),
    "rows": _rows,
}


def without_optional(source: Source, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without those that may be missing, inside groups and rows as well."""
    return prune(source, dict(_demanded(read_form(source).fields, answers)))


def _demanded(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    known = {field.key: field for field in fields}
    for key, answer in answers.items():
        field = known.get(key)
        if field is None:
            yield key, answer
        elif field.required and field.kind == "group":
            yield key, dict(_demanded(field.fields, answer))
        elif field.required and field.kind == "rows":
            yield key, [dict(_demanded(field.fields, row)) for row in answer]
        elif field.required:
            yield key, answer
