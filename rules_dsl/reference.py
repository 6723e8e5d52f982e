"""Reads calendars and local parameters from the JSON in which commands are given them (docs/formats.md)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from common.calendar import WorkingCalendar
from common.money import Money
from rules_dsl.evaluation import ParameterValue


def read_calendar(body: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar of {"key", "version", "covers_from", "covers_until", "closed", "working", "notes"}.

    Raises KeyError, TypeError or ValueError for anything else.
    """
    return WorkingCalendar(
        key=str(body["key"]),
        version=int(body["version"]),
        covers_from=date.fromisoformat(body["covers_from"]),
        covers_until=date.fromisoformat(body["covers_until"]),
        closed=frozenset(map(date.fromisoformat, body["closed"])),
        working=frozenset(map(date.fromisoformat, body.get("working", ()))),
        notes={date.fromisoformat(day): str(note) for day, note in body.get("notes", {}).items()},
    )


def read_parameters(body: Mapping[str, Any]) -> dict[str, tuple[ParameterValue, ...]]:
    """The local values of {"permit_fee": [{"value", "from", "until", "keys", "version", "cites"}, …]}.

    `value` is a number or {"amount", "currency"}; all but it may be left out. Raises like `read_calendar`.
    """
    return {str(name): tuple(map(_value, rows)) for name, rows in body.items()}


def _value(row: Mapping[str, Any]) -> ParameterValue:
    value = row["value"]
    return ParameterValue(
        value=Money.from_json(dict(value)) if isinstance(value, Mapping) else Decimal(str(value)),
        from_on=_day(row.get("from")),
        until_on=_day(row.get("until")),
        keys=tuple(map(str, row.get("keys", ()))),
        version=int(row.get("version", 1)),
        cites=tuple(map(str, row.get("cites", ()))),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
