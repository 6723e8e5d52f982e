"""Counting days, months and years as the Civil Code does (articles 146 to 148)."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from common.calendar import CalendarNotLoaded, WorkingCalendar
from rules_dsl.unknown import Unknown, calendar_unknown

PeriodUnit = Literal["calendar_day", "working_day", "month"]
AskCalendar = Callable[[], WorkingCalendar | None]

# No public holiday, swap or Tết keeps the administration closed this long. So a day further than this behind
# a period's last day is late for certain, whatever the calendar of that year was: someone born in 1990 is not
# left without an answer because nobody loaded 1990.
LONGEST_CLOSURE = timedelta(days=31)


def add_months(day: date, count: int) -> date:
    """The same-numbered day `count` months later, or that month's last day (article 148(3))."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_years(born_on: date, on: date) -> int:
    """Age in completed years. Who was born on 29 February comes of age on 28 February of a common year."""
    years = on.year - born_on.year
    return years if add_months(born_on, years * 12) <= on else years - 1


def added(day: date, amount: int, unit: PeriodUnit, calendar: WorkingCalendar | None) -> date:
    """The last day of a period that begins the day after `day` (147(2)), before any roll-over.

    A negative amount counts back, from the day before. Only working days need the calendar.
    """
    if unit == "working_day" and calendar is not None:
        return calendar.add_working_days(day, amount)
    return add_months(day, amount) if unit == "month" else day + timedelta(days=amount)


def is_within(day: date, amount: int, unit: PeriodUnit, since: date, calendar: AskCalendar) -> bool | Unknown:
    """Whether `day` lies in the legal period of `amount` units counted from `since`.

    The first day is out, a closed last day rolls on to the next working day (148(5)); a day before `since`
    is not within. The calendar is asked only where the answer depends on it.
    """
    if day < since:
        return False
    if unit == "working_day":
        return _asked(calendar, day, lambda known: day <= known.add_working_days(since, amount))
    last = add_months(since, amount) if unit == "month" else since + timedelta(days=amount)
    if day <= last:
        return True
    if day > last + LONGEST_CLOSURE:
        return False
    return _asked(calendar, last, lambda known: day <= known.working_day_from(last))


def _asked(calendar: AskCalendar, day: date, question: Callable[[WorkingCalendar], bool]) -> bool | Unknown:
    known = calendar()
    if known is None:
        return calendar_unknown(day)
    try:
        return question(known)
    except CalendarNotLoaded as error:
        return calendar_unknown(error.day)
