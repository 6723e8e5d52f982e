"""Nodes at another place: those that were read from a cell stand where the cell is."""

from dataclasses import fields, replace
from typing import Any, TypeVar

from rules_dsl import nodes as n

Placed = TypeVar("Placed")


def at(node: Placed, place: n.Place) -> Placed:
    """The node and everything inside it at one place."""
    return _moved(node, place)  # type: ignore[no-any-return]


def _moved(value: Any, place: n.Place) -> Any:
    if isinstance(value, tuple):
        return tuple(_moved(each, place) for each in value)
    if isinstance(value, n.Bound | n.CellBound):
        return replace(value, limit=_moved(value.limit, place))
    if isinstance(value, n.Node):
        inner = (field.name for field in fields(value) if field.name != "place")
        return replace(value, place=place, **{name: _moved(getattr(value, name), place) for name in inner})
    return value
