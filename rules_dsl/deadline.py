"""A derived deadline and the day lines that explain it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from common.clock import ZONE
from common.problems import Parameter

END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class DayLine:
    """What one day did to the count.

    `code` names its sentence in sentences.toml ("term.counted"). Behind the lines of its day, term.requested,
    term.halted, term.extended and term.start_corrected tell what happened on it.
    """

    day: date
    counted: bool
    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "counted": self.counted,
            "code": self.code,
            "parameters": dict(self.parameters),
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due_at` is 23:59 of `due_on` when whole days are counted, the exact minute when `to_the_minute`."""

    due_on: date
    due_at: datetime
    days: tuple[DayLine, ...]
    to_the_minute: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "due_on": self.due_on.isoformat(),
            "due_at": self.due_at.isoformat(),
            "to_the_minute": self.to_the_minute,
            "days": [line.to_json() for line in self.days],
        }


def end_of(day: date) -> datetime:
    """The last minute of the day where the unit is."""
    return datetime.combine(day, END_OF_DAY, ZONE)
