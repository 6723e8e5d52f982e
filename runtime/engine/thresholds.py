"""On which day a limit begins to concern somebody, before it passes or after: pure dates, nothing is acted on.

A threshold that the loaded calendar cannot tell is None: it is crossed once the year is loaded.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from common.calendar import CalendarNotLoaded, WorkingCalendar
from common.clock import local_date
from runtime.engine.timing import WARNING_DAYS, last_day_to_apologise


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many working days ahead, or after. `due_soon` before a limit; `apology` before the last day on which an
    apology is lawful; `collect` after a result lies ready and its promised day has come. `delay` is by how many
    working days a proposed apology moves the promise.
    """

    due_soon: int = WARNING_DAYS
    apology: int = 1
    collect: int = 5
    delay: int = 3


def due_soon_from(limit: date, days: int, calendar: WorkingCalendar) -> date | None:
    """The first day on which the limit is at most `days` working days ahead (D12)."""
    return _counted(limit, -days, calendar)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a leader is asked on a day: "apology", or "apology_last" on the last lawful day; and since when."""

    name: Literal["apology", "apology_last"]
    since: date


def apology_asked(
    promised: date, received: date, today: date, days: int, calendar: WorkingCalendar
) -> Asked | None:
    """Whether the leader is to be proposed an apology that day (D9); None: not yet, or no longer lawful.

    `days` working days before the last day on which it is lawful, and again on that day. A proposal does not come
    before half of the time is over: nobody knows by then that it will not do. On the day of reception there is none.
    """
    try:
        last = last_day_to_apologise(promised, calendar)
        first = max(
            calendar.add_working_days(last, -days) if days else last, _half(received, promised, calendar)
        )
    except CalendarNotLoaded:
        return None
    if today == last > received:
        return Asked("apology_last", last)
    return Asked("apology", first) if received < first <= today < last else None


def apology_until(promised: date, calendar: WorkingCalendar) -> date | None:
    """The last day on which an apology is lawful."""
    try:
        return last_day_to_apologise(promised, calendar)
    except CalendarNotLoaded:
        return None


def _half(received: date, promised: date, calendar: WorkingCalendar) -> date:
    """The day on which half of the working days up to the promise are over, rounded up."""
    days = (received + timedelta(days=n) for n in range(1, (promised - received).days + 1))
    count = sum(calendar.is_working(day) for day in days)
    return calendar.add_working_days(received, (count + 1) // 2) if count else received


def collect_from(ready: date, days: int, calendar: WorkingCalendar) -> date | None:
    """When the applicant is reminded that a result waits."""
    return _counted(ready, days, calendar)


def new_day_proposed(promised: date, today: date, delay: int, calendar: WorkingCalendar) -> date | None:
    """The day that an apology proposes: so many working days after the promise, or after today when it is over."""
    return _counted(max(promised, today), delay, calendar)


def is_expired(answer_by: datetime | None, at: datetime) -> bool:
    """Whether the last day for a supplement is over: stopping is lawful from the day after (D6b)."""
    return answer_by is not None and local_date(at) > local_date(answer_by)


def widest(today: date, days: int, calendar: WorkingCalendar | None) -> date:
    """The furthest limit that could concern anybody today; where no calendar reaches, a week for every five days."""
    found = _counted(today, days, calendar) if calendar else None
    return found or today + timedelta(days=7 * (1 + days // 5))


def _counted(day: date, days: int, calendar: WorkingCalendar) -> date | None:
    try:
        return calendar.add_working_days(day, days) if days else day
    except CalendarNotLoaded:
        return None
