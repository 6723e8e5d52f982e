"""An administrator confirms a year: judged like a file, then the next version of the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.problems import Finding
from procedure_library.calendar_files import latest_calendar, record_calendar_file
from procedure_library.calendar_year import UnusualDay, holidays_left_open, with_year
from procedure_library.reference import CalendarRow


@dataclass(frozen=True, slots=True)
class ConfirmedYear:
    """What was confirmed. `seen` is the version of the calendar that the administrator looked at; 0: none."""

    year: int
    days: Sequence[UnusualDay]
    seen: int
    effective_from: date
    basis: str


def confirm_year(
    session: Session, year: ConfirmedYear, *, by: Actor, at: datetime
) -> CalendarRow | tuple[Finding, ...]:
    """Records it as the next version. Findings when anything is wrong, or somebody else recorded meanwhile."""
    before = latest_calendar(session)
    if year.seen != (before.version if before else 0):
        return (Finding("reference.calendar_newer", "version"),)
    calendar = with_year(before, year.year, year.days, year.seen + 1)
    if findings := tuple(holidays_left_open(calendar, year.year)):
        return findings
    body = {
        "key": calendar.key,
        "version": calendar.version,
        "covers_from": calendar.covers_from,
        "covers_until": calendar.covers_until,
        "effective_from": year.effective_from,
        "basis": year.basis,
        "closed": {day.isoformat(): calendar.notes[day] for day in sorted(calendar.closed)},
        "working": {day.isoformat(): calendar.notes[day] for day in sorted(calendar.working)},
    }
    try:
        with session.begin_nested():
            recorded = record_calendar_file(session, body, by=by, at=at)
    except IntegrityError:
        return (Finding("reference.calendar_newer", "version"),)
    assert recorded is not None, "a next version is never there already"
    return recorded
