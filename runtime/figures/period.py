"""The days a report is about: a month, a quarter, a year, or any stretch of days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from common.clock import ZONE

Kind = Literal["month", "quarter", "year", "free"]

MONTHS_OF: dict[Kind, int] = {"month": 1, "quarter": 3, "year": 12}
DAY = timedelta(days=1)
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
_WRITTEN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are inclusive, in the zone of the administration."""

    kind: Kind
    since: date
    until: date

    @property
    def begins_at(self) -> datetime:
        """The first instant of the period."""
        return midnight(self.since)

    @property
    def ends_at(self) -> datetime:
        """The first instant after the period."""
        return midnight(self.until + DAY)

    def __str__(self) -> str:
        """As part of an address: 2026-03, 2026-Q1, 2026, 2026-03-02~2026-03-10; `read` understands it."""
        match self.kind:
            case "month":
                return f"{self.since:%Y-%m}"
            case "quarter":
                return f"{self.since.year}-Q{self.number}"
            case "year":
                return f"{self.since.year}"
        return f"{self.since.isoformat()}~{self.until.isoformat()}"

    @property
    def number(self) -> int:
        """Which month or quarter of its year it begins in."""
        return self.since.month if self.kind == "month" else (self.since.month + 2) // 3

    def earlier(self) -> "Period":
        """The period of the same length just before."""
        last = self.since - DAY
        return (
            around(last, self.kind) if self.kind != "free" else free(last - (self.until - self.since), last)
        )

    def later(self) -> "Period":
        """The period of the same length just after."""
        first = self.until + DAY
        return (
            around(first, self.kind)
            if self.kind != "free"
            else free(first, first + (self.until - self.since))
        )


def around(day: date, kind: Kind) -> Period:
    """The month, quarter or year in which the day lies."""
    length = MONTHS_OF[kind]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return Period(kind, date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]))


def free(since: date, until: date) -> Period:
    """Any days, in the order of the calendar however they were given."""
    return Period("free", min(since, until), max(since, until))


def read(text: str) -> Period | None:
    """The period that an address names; None when it names none, or nonsense."""
    try:
        if "~" in text:
            since, _, until = text.partition("~")
            named = free(date.fromisoformat(since), date.fromisoformat(until))
        elif written := _WRITTEN.fullmatch(text):
            named = _named(*written.groups())
        else:
            return None
    except ValueError:
        return None
    return named if named.since >= EARLIEST and named.until <= LATEST else None


def midnight(day: date) -> datetime:
    """The first instant of the day where the administration is."""
    return datetime.combine(day, time(), ZONE)


def _named(year: str, quarter: str | None, month: str | None) -> Period:
    if quarter:
        return around(date(int(year), int(quarter) * 3, 1), "quarter")
    if month:
        return around(date(int(year), int(month), 1), "month")
    return around(date(int(year), 1, 1), "year")
