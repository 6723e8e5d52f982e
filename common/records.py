"""Frozen records with some fields otherwise."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

T = TypeVar("T")


def changed(record: T, **values: Any) -> T:
    """What `dataclasses.replace` answers, for records with many fields: it asks each field anew what it is, which is
    most of its time."""
    names, read = _fields(cast(Any, type(record)))
    return type(record)(**(dict(zip(names, read(record), strict=True)) | values))


@cache
def _fields(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Names of the fields, at least two, and how all of them are read at once."""
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)
