"""A year as a wall calendar: months of weeks, each day with the word for what it is."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from common.calendar import SATURDAY, WorkingCalendar

Look = Literal["working", "weekend", "closed", "made_up", "unknown"]


@dataclass(frozen=True, slots=True)
class Day:
    """`made_up` is a Saturday or Sunday that is worked, `unknown` lies outside the confirmed span."""

    day: date
    look: Look
    why: str


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks` begin on Monday; None stands for days of the neighbouring months."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]


def year_view(calendar: WorkingCalendar, year: int) -> tuple[Month, ...]:
    return tuple(_month(calendar, year, number) for number in range(1, 13))


def _month(calendar: WorkingCalendar, year: int, number: int) -> Month:
    weeks = Calendar().monthdatescalendar(year, number)
    return Month(
        number,
        tuple(tuple(_day(calendar, day) if day.month == number else None for day in week) for week in weeks),
    )


def _day(calendar: WorkingCalendar, day: date) -> Day:
    return Day(day, _look(calendar, day), calendar.notes.get(day, ""))


def _look(calendar: WorkingCalendar, day: date) -> Look:
    if not calendar.covers_from <= day <= calendar.covers_until:
        return "unknown"
    if day in calendar.working:
        return "made_up"
    if day.weekday() >= SATURDAY:
        return "weekend"
    return "closed" if day in calendar.closed else "working"
