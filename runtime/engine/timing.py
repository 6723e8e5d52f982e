"""Dates that one-stop law fixes for every procedure: handing on, apologising, and the colour of the board."""

from datetime import date, datetime, time, timedelta
from typing import Literal

from common.calendar import CalendarNotLoaded, WorkingCalendar
from common.clock import ZONE, local_date, to_the_minute

Progress = Literal["early", "on_time", "overdue", "in_limit", "due_soon", "no_date"]

CUT_OFF = time(15, 0)
# The administration has not said how many working days before the deadline the board turns yellow.
WARNING_DAYS = 1
REAPPOINTMENTS_ALLOWED = 1


def end_of(day: date) -> datetime:
    """The last minute of the day: a period ends at 24:00 (Civil Code art. 148.5)."""
    return datetime.combine(day, time(23, 59), ZONE)


def next_session_on(received_at: datetime, calendar: WorkingCalendar) -> date:
    """The day on which one-stop hands the dossier on: the same, or after 15:00 the next working day.

    Decree 61/2018 art. 18, kept in Decree 309/2026. Raises CalendarNotLoaded.
    """
    day = local_date(received_at)
    late = to_the_minute(received_at).astimezone(ZONE).time() > CUT_OFF
    return calendar.working_day_from(day + timedelta(days=1) if late else day)


def next_session_ends(received_at: datetime, calendar: WorkingCalendar) -> datetime:
    """The end of that day."""
    return end_of(next_session_on(received_at, calendar))


def last_day_to_apologise(appointment_on: date, calendar: WorkingCalendar) -> date:
    """The last working day at least one day before the appointment (Decree 61/2018 art. 19.9).

    The law says one day, of the calendar: when the day before is closed, the office acts before that.
    Raises CalendarNotLoaded.
    """
    day = appointment_on - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def progress(
    due_on: date | None, finished_on: date | None, today: date, calendar: WorkingCalendar | None
) -> Progress:
    """The class of a dossier in report 06a and on the board; a moved appointment does not change it."""
    if due_on is None:
        return "no_date"
    if finished_on is not None:
        return "early" if finished_on < due_on else "on_time" if finished_on == due_on else "overdue"
    if today > due_on:
        return "overdue"
    return "due_soon" if due_on <= warned_until(today, calendar) else "in_limit"


def warned_until(today: date, calendar: WorkingCalendar | None) -> date:
    """Deadlines up to this day are "due soon". Where no calendar reaches, only today's are."""
    if calendar is None:
        return today
    try:
        return calendar.add_working_days(today, WARNING_DAYS)
    except CalendarNotLoaded:
        return today
