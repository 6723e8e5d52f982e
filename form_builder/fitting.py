"""Invented answers made to fit the list of provinces and communes, of which whoever invented them knows nothing."""

from collections.abc import Mapping
from typing import Any

from form_builder.form import Field, Form
from form_builder.places import COMMUNE, PROVINCE, Places
from form_builder.sampling import USUAL_COMMUNE

Answers = Mapping[str, Any]


def fitted(form: Form, answers: Answers) -> Answers:
    """The answers, each address with a commune of its province; itself where none has to change."""
    return _fitted(form.fields, answers) if form.asks_places else answers


def _fitted(fields: tuple[Field, ...], answers: Answers) -> Answers:
    known = {field.key: field for field in fields}
    return {key: _one(known[key], each) if key in known else each for key, each in answers.items()}


def _one(field: Field, answer: Any) -> Any:
    if field.kind == "address" and field.places and isinstance(answer, Mapping):
        return _address(field.places, answer)
    if field.kind == "group" and isinstance(answer, Mapping):
        return _fitted(field.fields, answer)
    if field.kind == "rows" and isinstance(answer, list):
        return [_fitted(field.fields, row) if isinstance(row, Mapping) else row for row in answer]
    return answer


def _address(places: Places, address: Answers) -> Answers:
    """A commune that nobody asked for gives way to the province, any other one brings its own."""
    found = places.misplaced(address)
    if found is None:
        return address
    commune, province = found
    if commune.code != USUAL_COMMUNE.code:
        return {**address, PROVINCE: commune.province}
    there = places.communes_of(province.code)
    return {**address, COMMUNE: there[0].value} if there else address
