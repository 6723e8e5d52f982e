"""M-HOUR: working minutes within the office hours, and the plain hours of the clock."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from common.calendar import WorkingCalendar
from common.clock import ZONE, local_date
from rules_dsl.allowance import Allowance
from rules_dsl.day_count import left_out
from rules_dsl.deadline import DayLine, Deadline
from rules_dsl.ledger import Run, Stop, event_day

DAY = timedelta(days=1)
Window = tuple[datetime, datetime]


def by_working_hours(
    allowance: Allowance, clock: tuple[Run, ...], extension: int, calendar: WorkingCalendar
) -> Deadline | None:
    """The minute at which the working time is used up; None while the clock stands still with time left.

    A term in working days is that many full days of `hours`. Only the last run of the clock is listed.
    """
    run = clock[-1]
    left = _working_time(allowance, extension)
    day, lines = _first_day(allowance, run, calendar), [_started(allowance, clock)]
    while True:
        worked = timedelta()
        for opens, closes in _windows(allowance, run, calendar, day):
            spent = min(left - worked, closes - opens)
            worked += spent
            if worked == left:
                lines.append(_line(day, worked))
                return Deadline(day, opens + spent, tuple(lines), to_the_minute=True)
        lines.append(_line(day, worked) if calendar.is_working(day) else left_out(day, calendar))
        left -= worked
        if _stands_still_after(run, day):
            return None
        day += DAY


def by_the_clock(
    allowance: Allowance, clock: tuple[Run, ...], extension: int, calendar: WorkingCalendar
) -> Deadline | None:
    """So many hours later by the clock, day and night, closed days included; stops push it back."""
    run = clock[-1]
    due = run.started_at + timedelta(hours=allowance.amount + extension)
    reached = run.started_at
    for stop in sorted((*run.stops, *_interruptions(calendar)), key=lambda stop: stop.since):
        if stop.since >= due:
            break
        if stop.until is None:
            return None
        due += max(stop.until - max(stop.since, reached), timedelta())
        reached = max(reached, stop.until)
    due = due.astimezone(ZONE)
    line = DayLine(due.date(), True, "term.clock", {"hours": allowance.amount + extension})
    return Deadline(due.date(), due, (_started(allowance, clock), line), to_the_minute=True)


def _started(allowance: Allowance, clock: tuple[Run, ...]) -> DayLine:
    """The minute at which the last run began."""
    started = clock[-1].started_at.astimezone(ZONE)
    first = "term.begun_at" if allowance.since else "term.received_at"
    code = "term.restarted_at" if len(clock) > 1 else first
    return DayLine(started.date(), False, code, {"time": f"{started:%H:%M}"})


def _interruptions(calendar: WorkingCalendar) -> Iterator[Stop]:
    """The days on which the unit cannot work, from midnight to midnight."""
    for day in calendar.interruptions.days:
        yield Stop(datetime.combine(day, time(), ZONE), datetime.combine(day + DAY, time(), ZONE))


def _working_time(allowance: Allowance, extension: int) -> timedelta:
    amount = allowance.amount + extension
    if allowance.unit == "working_hour":
        return timedelta(hours=amount)
    return amount * sum((_length(start, end) for start, end in allowance.hours), timedelta())


def _length(start: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)


def _first_day(allowance: Allowance, run: Run, calendar: WorkingCalendar) -> date:
    return (
        local_date(run.started_at)
        if allowance.cut_off is None
        else event_day(allowance, run.started_at, calendar)
    )


def _windows(allowance: Allowance, run: Run, calendar: WorkingCalendar, day: date) -> Iterator[Window]:
    """The stretches of that day in which working time runs."""
    if not calendar.is_working(day):
        return
    for start, end in allowance.hours:
        opens = max(datetime.combine(day, start, ZONE), run.started_at)
        yield from _outside_stops(run, opens, datetime.combine(day, end, ZONE))


def _outside_stops(run: Run, opens: datetime, closes: datetime) -> Iterator[Window]:
    for stop in run.stops:
        if opens < stop.since < closes:
            yield opens, stop.since
        if stop.since < closes and (stop.until is None or stop.until > opens):
            opens = closes if stop.until is None else max(opens, stop.until)
    if opens < closes:
        yield opens, closes


def _stands_still_after(run: Run, day: date) -> bool:
    return any(stop.until is None and local_date(stop.since) <= day for stop in run.stops)


def _line(day: date, worked: timedelta) -> DayLine:
    minutes = worked // timedelta(minutes=1)
    return DayLine(day, minutes > 0, "term.hours", {"hours": minutes // 60, "minutes": minutes % 60})
