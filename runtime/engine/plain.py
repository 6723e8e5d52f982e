"""Engine values as plain JSON and back: one rule for every frozen record, so that no format is written twice.

A record becomes an object without the fields that equal their default; instants carry the offset of the
administration, so equal values always give equal JSON. Types that bring `to_json`/`from_json` keep their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from common.clock import ZONE

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """The value as JSON types only."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(entry) for entry in value]
    if hasattr(value, "to_json"):
        return value.to_json()
    return _record(value)


def from_plain(kind: type[T], body: Any) -> T:
    """The value that `to_plain` wrote; absent fields take their default."""
    asked: Any = kind
    return cast(T, _reader(asked)(body))


def _record(value: Any) -> dict[str, Any]:
    written = {}
    kind: Any = type(value)
    for name, default in _defaults(kind):
        entry = getattr(value, name)
        if entry != default:
            written[name] = to_plain(entry)
    return written


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    """Field names with their defaults; MISSING, which equals nothing, where a field must be written."""
    return tuple(
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default) for f in fields(kind)
    )


@cache
def _reader(kind: Any) -> Reader:
    """How to read a value of the annotated type."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(kind)
    if origin is tuple:
        entry = _reader(get_args(kind)[0])
        return lambda body: tuple(entry(one) for one in body)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        entry = _reader(get_args(kind)[1])
        return lambda body: {key: entry(one) for key, one in body.items()}
    if isinstance(kind, type) and issubclass(kind, date | time):
        return kind.fromisoformat
    if hasattr(kind, "from_json"):
        return cast(Reader, kind.from_json)
    return _record_reader(kind) if hasattr(kind, "__dataclass_fields__") else _as_is


def _as_is(body: Any) -> Any:
    return body


def _optional(kind: Any) -> Reader:
    """`X | None`: the only union that a stored record may have."""
    (inner,) = (part for part in get_args(kind) if part is not NoneType)
    read = _reader(inner)
    return lambda body: None if body is None else read(body)


def _record_reader(kind: Any) -> Reader:
    readers: dict[str, Reader] = {}

    def read(body: Mapping[str, Any]) -> Any:
        if not readers:  # at first use: a record may hold records of its own kind
            hints = get_type_hints(kind)
            readers.update({f.name: _reader(hints[f.name]) for f in fields(kind)})
        return kind(**{name: readers[name](entry) for name, entry in body.items()})

    return read
