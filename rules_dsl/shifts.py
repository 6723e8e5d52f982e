"""A date that moves because days count otherwise than was known: which days, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.calendar import CalendarNotLoaded, WorkingCalendar
from rules_dsl.allowance import Allowance
from rules_dsl.deadline import DayLine, Deadline
from rules_dsl.ledger import LedgerEntry
from rules_dsl.terms import derive

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """The deadline as it was and as it is now; `why` are the days between that count otherwise, in order."""

    before: Deadline
    after: Deadline
    why: tuple[DayLine, ...]


def shift(
    allowance: Allowance,
    entries: Sequence[LedgerEntry],
    before: WorkingCalendar,
    after: WorkingCalendar,
) -> Shift | None:
    """How the deadline moves from one calendar to the other; None: it stays, or one of them cannot tell it."""
    then, now = (derive(allowance, entries, calendar) for calendar in (before, after))
    if not isinstance(then, Deadline) or not isinstance(now, Deadline) or then.due_at == now.due_at:
        return None
    since, until = then.days[0].day, max(then.due_on, now.due_on)
    return Shift(then, now, tuple(_otherwise(since, until, before, after)))


def _otherwise(
    since: date, until: date, before: WorkingCalendar, after: WorkingCalendar
) -> Iterator[DayLine]:
    """The days that one calendar takes for another kind of day than the other does."""
    for number in range((until - since).days + 1):
        day = since + number * DAY
        if (code := _change(day, before, after)) is not None:
            note = after.interruptions.days.get(day) or after.notes.get(day, "")
            yield DayLine(day, False, code, {"note": note})


def _change(day: date, before: WorkingCalendar, after: WorkingCalendar) -> str | None:
    try:
        if before.is_interrupted(day) != after.is_interrupted(day):
            return "term.interrupted" if after.is_interrupted(day) else "term.now_uninterrupted"
        if before.is_working(day) != after.is_working(day):
            return "term.now_working" if after.is_working(day) else "term.now_closed"
    except CalendarNotLoaded:
        # Only hours of the clock reach beyond a calendar, and they ask for interruptions alone.
        return None
    return None
