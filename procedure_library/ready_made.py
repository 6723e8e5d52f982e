"""What ships with the product: the catalogue of procedures, and the reference data they were tried with."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from common.calendar import WorkingCalendar
from common.money import Money
from rules_dsl.evaluation import ParameterValue

CATALOGUE = Path(__file__).resolve().parent / "catalogue"
REFERENCE = CATALOGUE / "_reference"


@dataclass(frozen=True, slots=True)
class ConfirmedCalendar:
    """A calendar with the day from which acts read it and the decisions it rests on."""

    calendar: WorkingCalendar
    effective_from: date
    basis: str


@dataclass(frozen=True, slots=True)
class LocalAmount:
    """What a province decides for a parameter of a procedure."""

    procedure: str
    name: str
    value: ParameterValue
    basis: str


def packages() -> tuple[Path, ...]:
    """The folders of the ready-made procedures."""
    return tuple(sorted(path.parent for path in CATALOGUE.glob("*/procedure.toml")))


@cache
def national_calendar() -> ConfirmedCalendar:
    """The working days of the state as announced: 2025 and 2026."""
    body = tomllib.loads((REFERENCE / "calendar.toml").read_text(encoding="utf-8"))
    calendar = read_calendar(body["key"], body["version"], body["covers_from"], body["covers_until"], body)
    return ConfirmedCalendar(calendar, body["effective_from"], body["basis"])


def local_amounts(name: str = "demo_province") -> tuple[LocalAmount, ...]:
    """The amounts of a province, from the file of that name."""
    body = tomllib.loads((REFERENCE / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(_amount(entry) for entry in body["amounts"])


def read_calendar(
    key: str, version: int, covers_from: date, covers_until: date, days: Mapping[str, Mapping[str, str]]
) -> WorkingCalendar:
    """A calendar from its unusual days: {"closed": {day: why}, "working": {day: why}}."""
    closed, working = (
        {date.fromisoformat(day): why for day, why in days[kind].items()} for kind in ("closed", "working")
    )
    return WorkingCalendar(
        key, version, covers_from, covers_until, frozenset(closed), frozenset(working), {**closed, **working}
    )


def _amount(entry: Mapping[str, Any]) -> LocalAmount:
    value = ParameterValue(
        value=Money(entry["amount"], entry.get("currency", "VND")),
        from_on=entry["from"],
        until_on=entry.get("until"),
        keys=tuple(entry.get("keys", ())),
        cites=(entry["basis"],),
    )
    return LocalAmount(entry["procedure"], entry["name"], value, entry["basis"])
