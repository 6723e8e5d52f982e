"""What ships with the product: the catalogue of procedures, and the reference data they were tried with."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from common.calendar import WorkingCalendar
from rules_dsl.evaluation import ParameterValue
from rules_dsl.reference import read_calendar, read_parameters

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


def packages() -> tuple[Path, ...]:
    """The folders of the ready-made procedures."""
    return tuple(sorted(path.parent for path in CATALOGUE.glob("*/procedure.toml")))


@cache
def national_calendar() -> ConfirmedCalendar:
    """The working days of the state as announced: 2025 and 2026."""
    body = tomllib.loads((REFERENCE / "calendar.toml").read_text(encoding="utf-8"))
    return ConfirmedCalendar(read_calendar(body), body["effective_from"], body["basis"])


def local_amounts(name: str = "demo_province") -> tuple[LocalAmount, ...]:
    """The amounts of a province, from the file of that name."""
    body = tomllib.loads((REFERENCE / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(_amount(entry) for entry in body["amounts"])


def _amount(entry: Mapping[str, Any]) -> LocalAmount:
    (value,) = read_parameters({entry["name"]: [entry]})[entry["name"]]
    return LocalAmount(entry["procedure"], entry["name"], value)
