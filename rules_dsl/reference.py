"""Reads calendars, local parameters and rates of exchange as files give them, JSON or TOML (docs/formats.md)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from common.calendar import WorkingCalendar
from common.money import Money
from rules_dsl.evaluation import ParameterValue, PublishedRate


def read_calendar(body: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar of {"key", "version", "covers_from", "covers_until", "closed", "working"}.

    Unusual days are a list, or an object that says why each is unusual. Raises KeyError, TypeError or
    ValueError for anything else.
    """
    closed, working = _days(body["closed"]), _days(body.get("working", ()))
    return WorkingCalendar(
        key=str(body["key"]),
        version=int(body["version"]),
        covers_from=_day(body["covers_from"]),
        covers_until=_day(body["covers_until"]),
        closed=frozenset(closed),
        working=frozenset(working),
        notes={day: why for day, why in {**closed, **working}.items() if why},
    )


def _days(body: Any) -> dict[date, str]:
    return {_day(day): str(body[day]) if isinstance(body, Mapping) else "" for day in body}


def read_parameters(body: Mapping[str, Any]) -> dict[str, tuple[ParameterValue, ...]]:
    """The local values of {"permit_fee": [{"value", "from", "until", "keys", "version", "cites"}, …]}.

    All but the value may be left out. A list "amounts" whose rows carry their `name`, as the catalogue's
    province has it, reads as well. Raises like `read_calendar`.
    """
    if isinstance(body.get("amounts"), list):
        named: dict[str, list[Mapping[str, Any]]] = {}
        for row in body["amounts"]:
            named.setdefault(str(row["name"]), []).append(row)
        return read_parameters(named)
    return {str(name): tuple(map(_value, rows)) for name, rows in body.items()}


def read_rates(body: Mapping[str, Any]) -> dict[str, dict[date, PublishedRate]]:
    """The published rates of {"usd_buying": [{"on", "value", "version", "cites"}, …]}; raises like the others.

    Of two rates of one day the one with the higher version counts.
    """
    return {str(name): _rates(rows) for name, rows in body.items()}


def _rates(rows: Sequence[Mapping[str, Any]]) -> dict[date, PublishedRate]:
    found: dict[date, PublishedRate] = {}
    for row in sorted(rows, key=lambda row: int(row.get("version", 1))):
        value = Decimal(str(row["value"]))
        if not value.is_finite() or value <= 0:
            raise ValueError(f"a rate of exchange is above zero: {row['value']}")
        cites = tuple(map(str, row.get("cites", ())))
        found[_day(row["on"])] = PublishedRate(value, int(row.get("version", 1)), cites)
    return found


def _value(row: Mapping[str, Any]) -> ParameterValue:
    cites = row.get("cites", [row["basis"]] if "basis" in row else [])
    return ParameterValue(
        value=_amount(row),
        from_on=_day(row["from"]) if row.get("from") else None,
        until_on=_day(row["until"]) if row.get("until") else None,
        keys=tuple(map(str, row.get("keys", ()))),
        version=int(row.get("version", 1)),
        cites=tuple(map(str, cites)),
    )


def _amount(row: Mapping[str, Any]) -> Money | Decimal:
    """`value` is a number or {"amount", "currency"}; a bare `amount` is in đồng unless it says otherwise."""
    if "value" not in row:
        return Money(int(row["amount"]), str(row.get("currency", "VND")))
    value = row["value"]
    return Money.from_json(dict(value)) if isinstance(value, Mapping) else Decimal(str(value))


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
