"""Frozen records ⇄ plain JSON values, driven by the records' own annotations.

Writing leaves out attributes that have their default value: a later format may add an attribute without
changing what was written before. Reading collects everything that is wrong, each with its dotted path.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from common.problems import Finding
from common.text import Text, nfc

Note = Callable[[Finding], None]

# Neither XML nor the database takes them, and no person types them.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(value: Any) -> Any:
    """The JSON value of a record, a text, a date or a container of these."""
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if _is_said(value, f)}
    if isinstance(value, Mapping):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def read(kind: Any, body: Any, where: str, note: Note) -> Any:
    """The record of type `kind` that `body` spells. What is wrong goes to `note`; the value is then None."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if body is None else read(_given(kind), body, where, note)
    if origin is Literal:
        return body if body in get_args(kind) else _not_one_of(get_args(kind), body, where, note)
    if origin is tuple:
        return _read_tuple(get_args(kind), body, where, note)
    if origin is not None:
        return _read_mapping(get_args(kind), body, where, note)
    if kind is Text:
        return _read_text(body, where, note)
    if is_dataclass(kind):
        return _read_record(kind, body, where, note)
    return _read_plain(kind, body, where, note)


def _is_said(value: Any, attribute: "Field[Any]") -> bool:
    return bool(getattr(value, attribute.name) != _default(attribute))


def _default(attribute: "Field[Any]") -> Any:
    if attribute.default_factory is not MISSING:
        return attribute.default_factory()
    return attribute.default


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _given(kind: Any) -> Any:
    return next(member for member in get_args(kind) if member is not NoneType)


def _read_record(kind: Any, body: Any, where: str, note: Note) -> Any:
    if not isinstance(body, Mapping):
        return _wrong_shape("object", where, note)
    known = {f.name: f for f in fields(kind)}
    for name in body.keys() - known.keys():
        near = get_close_matches(name, known, 1) or [", ".join(known)]
        note(Finding("procedures.file.unknown_key", _under(where, name), {"suggestion": near[0]}))
    return kind(**dict(_attributes(known, _hints(kind), body, where, note)))


def _attributes(
    known: "Mapping[str, Field[Any]]", hints: Mapping[str, Any], body: Any, where: str, note: Note
) -> Iterator[tuple[str, Any]]:
    for name, attribute in known.items():
        if name in body:
            yield name, read(hints[name], body[name], _under(where, name), note)
        elif (default := _default(attribute)) is not MISSING:
            yield name, default
        else:
            note(Finding("procedures.file.missing_key", _under(where, name)))
            yield name, None


def _read_tuple(members: tuple[Any, ...], body: Any, where: str, note: Note) -> Any:
    if not isinstance(body, list | tuple):
        return _wrong_shape("list", where, note)
    if members[-1] is Ellipsis:
        return tuple(read(members[0], item, _under(where, str(i)), note) for i, item in enumerate(body))
    if len(body) != len(members):
        return _wrong_shape("list", where, note)
    return tuple(read(m, item, where, note) for m, item in zip(members, body, strict=True))


def _read_mapping(members: tuple[Any, ...], body: Any, where: str, note: Note) -> Any:
    if not isinstance(body, Mapping):
        return _wrong_shape("object", where, note)
    if members[1] is Any:
        return body
    return {key: read(members[1], item, _under(where, key), note) for key, item in body.items()}


def _read_text(body: Any, where: str, note: Note) -> Any:
    said = {"vi": body} if isinstance(body, str) else body
    if not isinstance(said, Mapping) or "vi" not in said or said.keys() - {"vi", "en"}:
        return _wrong_shape("text", where, note)
    sentences = {name: _read_plain(str, sentence, where, note) for name, sentence in said.items()}
    return None if None in sentences.values() else Text(**sentences)


def _read_plain(kind: Any, body: Any, where: str, note: Note) -> Any:
    if kind is date:
        return _read_date(body, where, note)
    # bool is an int for Python, not for us.
    if not isinstance(body, kind) or (kind is int and isinstance(body, bool)):
        return _wrong_shape({str: "string", int: "integer", bool: "boolean"}[kind], where, note)
    if kind is not str:
        return body
    if UNPRINTABLE.search(body):
        return note(Finding("procedures.file.control_character", where))
    return nfc(body)


def _read_date(body: Any, where: str, note: Note) -> Any:
    if isinstance(body, date):
        return body
    try:
        return date.fromisoformat(body)
    except (TypeError, ValueError):
        return _wrong_shape("date", where, note)


def _not_one_of(allowed: tuple[Any, ...], body: Any, where: str, note: Note) -> None:
    words = ", ".join(str(word) for word in allowed)
    note(Finding("procedures.file.not_one_of", where, {"value": str(body), "allowed": words}))


def _wrong_shape(expected: str, where: str, note: Note) -> None:
    note(Finding("procedures.file.wrong_shape", where, {"expected": expected}))


def _under(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
