"""One year of the working calendar: what was confirmed, what may be proposed, and what becomes the next version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from holidays import country_holidays

from common.calendar import SATURDAY, WorkingCalendar
from common.problems import Finding
from procedure_library.reference import NATIONAL

# Day, month, and the first year in which the day is a public holiday on a fixed date: Labour Code art. 112, and
# for 24 November Resolution 28/2026/QH16.
FIXED_HOLIDAYS = ((1, 1, 1), (30, 4, 1), (1, 5, 1), (2, 9, 1), (24, 11, 2026))
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnusualDay:
    """A weekday that is closed, or (`working`) a Saturday or Sunday that is worked; `why` in Vietnamese."""

    day: date
    working: bool
    why: str


def confirmed(calendar: WorkingCalendar, year: int) -> tuple[UnusualDay, ...]:
    """The unusual days of the year, in order."""
    days = sorted(day for day in calendar.closed | calendar.working if day.year == year)
    return tuple(UnusualDay(day, day in calendar.working, calendar.notes.get(day, "")) for day in days)


def proposed(year: int) -> tuple[UnusualDay, ...]:
    """What a list of public holidays has for the year: to be compared with the announcement, never taken as it is.

    It may lack swaps that were announced and have days that were not.
    """
    listed = country_holidays("VN", years=year, language="vi")
    closed = [UnusualDay(day, False, str(why)) for day, why in listed.items() if _is_weekday(day)]
    made_up = getattr(listed, "weekend_workdays", ())
    worked = [UnusualDay(day, True, "Làm bù") for day in made_up if day.year == year]
    return tuple(sorted((*closed, *worked), key=lambda unusual: unusual.day))


def years_to_confirm(calendar: WorkingCalendar | None, today: date) -> tuple[int, ...]:
    """The years that may be confirmed or corrected: those covered, and the next. Years in between never miss."""
    if calendar is None:
        return (today.year, today.year + 1)
    return tuple(range(calendar.covers_from.year, calendar.covers_until.year + 2))


def with_year(
    calendar: WorkingCalendar | None, year: int, days: Sequence[UnusualDay], version: int
) -> WorkingCalendar:
    """The calendar with this year as given and every other year as it was."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    before = [
        unusual
        for other in (years_to_confirm(calendar, first) if calendar else ())
        if calendar and other != year
        for unusual in confirmed(calendar, other)
    ]
    every = (*before, *days)
    return WorkingCalendar(
        key=calendar.key if calendar else NATIONAL,
        version=version,
        covers_from=min(first, calendar.covers_from) if calendar else first,
        covers_until=max(last, calendar.covers_until) if calendar else last,
        closed=frozenset(unusual.day for unusual in every if not unusual.working),
        working=frozenset(unusual.day for unusual in every if unusual.working),
        notes={unusual.day: unusual.why for unusual in every},
    )


def holidays_left_open(calendar: WorkingCalendar, year: int) -> Iterator[Finding]:
    """Public holidays on a fixed date that fall on a weekday and are not closed: the law closes them."""
    for number, month, first in FIXED_HOLIDAYS:
        day = date(year, month, number)
        if year >= first and _is_weekday(day) and day not in calendar.closed:
            yield Finding("reference.holiday_open", "closed", {"day": f"{day:%d/%m/%Y}"})


def first_difference(before: WorkingCalendar, after: WorkingCalendar) -> date | None:
    """The earliest day which both cover and on which they differ; None: `after` only goes further."""
    changed = (before.closed ^ after.closed) | (before.working ^ after.working)
    known = (day for day in changed if before.covers_from <= day <= before.covers_until)
    return min(known, default=None)


def working_days(calendar: WorkingCalendar, year: int) -> int:
    """How many days of the year are worked; the calendar covers it."""
    first = date(year, 1, 1)
    days = (first + DAY * number for number in range((date(year + 1, 1, 1) - first).days))
    return sum(calendar.is_working(day) for day in days)


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY
