"""The moments to which the clock of a trial is set by one press: those at which procedures go wrong."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from common.calendar import ONE_DAY, CalendarNotLoaded, WorkingCalendar
from common.clock import ZONE, local_date
from procedure_library.playing import Played

MORNING, OPENS, AFTERNOON = time(8, 0), time(9, 0), time(16, 0)
# Decree 61/2018 art. 18: what comes after 15:00 may be handed on the next working day.
AFTER_CUT_OFF = time(15, 30)
# No other holiday closes offices for so long.
TET_DAYS = 7
SATURDAY = 5


def moments(played: Played, calendar: WorkingCalendar | None) -> tuple[tuple[str, datetime], ...]:
    """Key and instant of each, all later than what the clock shows; those that cannot be told are left out."""
    assert played.at is not None
    found = dict(_known(played, played.at, calendar))
    return tuple((key, at) for key, at in found.items() if at > played.at)


def _known(played: Played, at: datetime, calendar: WorkingCalendar | None) -> Iterator[tuple[str, datetime]]:
    yield "hour", at + timedelta(hours=1)
    if calendar is not None:
        yield from _working(at, calendar)
    yield "weekend", _at(_saturday(local_date(at)), MORNING)
    if played.limit_at is not None:
        yield "limit", played.limit_at
    if played.standing.due_at is not None:
        yield "due", played.standing.due_at
        yield "late", played.standing.due_at + ONE_DAY


def _working(at: datetime, calendar: WorkingCalendar) -> Iterator[tuple[str, datetime]]:
    today = local_date(at)
    try:
        tomorrow = calendar.working_day_from(today + ONE_DAY)
        yield "working_day", _at(tomorrow, MORNING)
        late = _at(calendar.working_day_from(today), AFTER_CUT_OFF)
        yield "cut_off", late if late > at else _at(tomorrow, AFTER_CUT_OFF)
        yield "tet", _at(_before_tet(today, calendar), AFTERNOON)
    except CalendarNotLoaded:
        return


def _before_tet(today: date, calendar: WorkingCalendar) -> date:
    """The last working day before the next long holiday; raises CalendarNotLoaded."""
    last = calendar.working_day_from(today)
    while True:
        following = calendar.working_day_from(last + ONE_DAY)
        if (following - last).days > TET_DAYS:
            return last
        last = following


def _saturday(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7 or 7)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZONE)


def first_morning(at: datetime, calendar: WorkingCalendar | None) -> datetime:
    """Nine o'clock of the day, or of the next on which offices work, as far as that can be told."""
    try:
        day = calendar.working_day_from(local_date(at)) if calendar else local_date(at)
    except CalendarNotLoaded:
        day = local_date(at)
    return _at(day, OPENS)


def working_days_left(played: Played, calendar: WorkingCalendar | None) -> int | None:
    """From the day that the clock shows to the deadline; negative once it has passed, None where none runs."""
    standing = played.standing
    if calendar is None or standing.due_on is None or standing.finished_on is not None or played.at is None:
        return None
    today = local_date(played.at)
    first, last = sorted((today, standing.due_on))
    days = (first + timedelta(days=count) for count in range(1, (last - first).days + 1))
    try:
        count = sum(calendar.is_working(day) for day in days)
    except CalendarNotLoaded:
        return None
    return count if standing.due_on >= today else -count
