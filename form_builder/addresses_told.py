"""Answers for a letter: each address with its words beside its codes, which no letter could look up."""

from collections.abc import Mapping
from typing import Any

from form_builder.form import Field, Form
from form_builder.kinds import KINDS

# What is added to an address: {"province": "01", …, "text": "Số 5, phường Ba Đình, thành phố Hà Nội"}.
WORDS = "text"


def with_addresses_told(form: Form, answers: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The answers with `text` in each address, wherever it stands; all else as it is."""
    return _told(form.fields, answers, language) if form.asks_places else dict(answers)


def _told(fields: tuple[Field, ...], answers: Mapping[str, Any], language: str) -> dict[str, Any]:
    known = {field.key: field for field in fields}
    return {
        key: _one(known[key], answer, language) if key in known else answer for key, answer in answers.items()
    }


def _one(field: Field, answer: Any, language: str) -> Any:
    if field.kind == "address" and isinstance(answer, Mapping):
        return {**answer, WORDS: KINDS[field.kind].told(field, answer, language)}
    if field.kind == "group" and isinstance(answer, Mapping):
        return _told(field.fields, answer, language)
    if field.kind == "rows" and isinstance(answer, list):
        return [_told(field.fields, row, language) if isinstance(row, Mapping) else row for row in answer]
    return answer
