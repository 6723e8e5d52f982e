"""Answers that the account of who fills in the form already knows."""

from collections.abc import Iterator, Mapping
from typing import Any

from form_builder.form import Field
from form_builder.kinds.places import LONGEST_LINE
from form_builder.places import LINE
from form_builder.schema import Source, read_form

SOURCES = ("full_name", "identity_number", "born_on", "address", "phone", "email")


def prefill(source: Source, profile: Mapping[str, str]) -> dict[str, Any]:
    """First answers of a new application. `profile` maps the names of SOURCES to texts as answers keep them.

    Empty texts and sources the profile does not have leave their fields empty; rows are never prefilled.
    """
    return _known(read_form(source).fields, profile)


def prefilled_paths(source: Source, profile: Mapping[str, str], answers: Mapping[str, Any]) -> frozenset[str]:
    """The fields whose answer still is what the profile says: the page tells where it came from."""
    return frozenset(_same(read_form(source).fields, profile, answers))


def _known(fields: tuple[Field, ...], profile: Mapping[str, str]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for field in fields:
        if field.kind == "group":
            if inner := _known(field.fields, profile):
                answers[field.key] = inner
        elif known := _told_by(field, profile):
            answers[field.key] = known
    return answers


def _same(fields: tuple[Field, ...], profile: Mapping[str, str], answers: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        answer = answers.get(field.key)
        if field.kind == "group" and isinstance(answer, Mapping):
            yield from _same(field.fields, profile, answer)
        elif answer is not None and answer == _told_by(field, profile):
            yield field.path


def _told_by(field: Field, profile: Mapping[str, str]) -> Any:
    known = profile.get(field.prefill.removeprefix("profile.")) or None if field.prefill else None
    return _address(field, known) if known and field.kind == "address" else known


def _address(field: Field, known: str) -> dict[str, str]:
    """An account holds an address as one text. Where that does not end in a commune and a province of the list, the
    whole stands in the line, and the two are asked."""
    found = field.places.read(known) if field.places else None
    address = found or {LINE: known}
    return {key: part[:LONGEST_LINE] for key, part in address.items()}
