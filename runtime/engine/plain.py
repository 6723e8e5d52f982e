"""Engine values as plain JSON and back: one rule for every `Struct`, so that no format is written twice.

A record becomes an object without the fields that equal their default; instants carry the offset of the
administration, so equal values always give equal JSON. Types that bring `to_json`/`from_json` keep their own.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT
from msgspec.structs import FieldInfo, fields

from common.clock import ZONE

T = TypeVar("T")
Reader = Callable[[Any], Any]
Writer = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """The value as JSON types only."""
    return _writer(_kind_of(value))(value)


def to_plain_after(value: T, before: T, body: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a record made from `before`, whose JSON is known: what it shares with it is not written again."""
    written = {}
    for name, default, write in _written_fields(_kind_of(value)):
        entry = getattr(value, name)
        if entry is default or entry == default:
            continue
        written[name] = body[name] if entry is getattr(before, name) else write(entry)
    return written


def _kind_of(value: Any) -> Any:
    return type(value)


def from_plain(kind: type[T], body: Any) -> T:
    """The value that `to_plain` wrote; absent fields take their default."""
    asked: Any = kind
    return cast(T, _reader(asked)(body))


@cache
def _writer(kind: Any) -> Writer:
    """How to write a value of the annotated type; where it tells nothing, what the value itself is."""
    if kind in (str, int, bool, NoneType) or get_origin(kind) is Literal:
        return _as_is
    if get_origin(kind) in (Union, UnionType):
        write = _writer(_inner(kind))
        return lambda value: None if value is None else write(value)
    holder = get_origin(kind) or kind
    if not isinstance(holder, type) or kind in (object, Any):
        return to_plain
    if issubclass(holder, tuple | list):
        entry = _writer((get_args(kind) or (Any,))[0])
        return lambda value: [entry(one) for one in value]
    if issubclass(holder, Mapping):
        entry = _writer((get_args(kind) or (Any, Any))[1])
        return lambda value: {str(key): entry(one) for key, one in value.items()}
    return _scalar_writer(kind)


def _scalar_writer(kind: Any) -> Writer:
    if issubclass(kind, datetime):
        return _instant
    if issubclass(kind, date | time):
        return lambda value: value.isoformat()
    if hasattr(kind, "to_json"):
        return lambda value: value.to_json()
    return _record_writer(kind) if hasattr(kind, "__struct_fields__") else _as_is


def _instant(value: datetime) -> str:
    return (value if value.tzinfo is ZONE else value.astimezone(ZONE)).isoformat()


def _record_writer(kind: Any) -> Writer:
    """Fields that equal their default are left out; NODEFAULT, where there is none, equals nothing."""

    def write(value: Any) -> dict[str, Any]:
        written = {}
        for name, default, one in _written_fields(kind):
            entry = getattr(value, name)
            if entry is not default and entry != default:
                written[name] = one(entry)
        return written

    return write


@cache
def _written_fields(kind: Any) -> tuple[tuple[str, Any, Writer], ...]:
    """Each field with its default and how it is written."""
    hints = get_type_hints(kind)
    return tuple((field.name, _default(field), _writer(hints[field.name])) for field in fields(kind))


def _default(field: FieldInfo) -> Any:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


@cache
def _reader(kind: Any) -> Reader:
    """How to read a value of the annotated type."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(kind)
    if origin is tuple:
        entry = _reader(get_args(kind)[0])
        return lambda body: tuple([entry(one) for one in body])
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        entry = _reader(get_args(kind)[1])
        return lambda body: {key: entry(one) for key, one in body.items()}
    if isinstance(kind, type) and issubclass(kind, date | time):
        return kind.fromisoformat
    if hasattr(kind, "from_json"):
        return cast(Reader, kind.from_json)
    return _record_reader(kind) if hasattr(kind, "__struct_fields__") else _as_is


def _as_is(body: Any) -> Any:
    return body


def _inner(kind: Any) -> Any:
    """X of `X | None`: the only union that a stored record may have."""
    (inner,) = (part for part in get_args(kind) if part is not NoneType)
    return inner


def _optional(kind: Any) -> Reader:
    read = _reader(_inner(kind))
    return read if read is _as_is else lambda body: None if body is None else read(body)


def _record_reader(kind: Any) -> Reader:
    parts: tuple[tuple[str, Reader], ...] | None = None

    def read(body: Mapping[str, Any]) -> Any:
        nonlocal parts
        if parts is None:  # at first use: a record may hold records of its own kind
            parts = _read_fields(kind)
        entries = dict(body)
        for name, one in parts:
            if name in entries:
                entries[name] = one(entries[name])
        return kind(**entries)

    return read


def _read_fields(kind: Any) -> tuple[tuple[str, Reader], ...]:
    """The fields that are not in JSON as they are."""
    hints = get_type_hints(kind)
    readers = ((each.name, _reader(hints[each.name])) for each in fields(kind))
    return tuple((name, read) for name, read in readers if read is not _as_is)
