"""A calendar that somebody has confirmed, from a file: judged against the one before, then recorded."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.calendar import SATURDAY, WorkingCalendar
from common.changed_days import days_changed
from common.identity.actor import Actor
from common.problems import Finding, Parameter
from procedure_library.calendar_year import first_difference
from procedure_library.reference import NATIONAL, CalendarRow, calendar_version, record_calendar
from rules_dsl.reference import read_calendar

LONGEST_KEY = 40
DAYS = ("covers_from", "covers_until", "effective_from")


def record_calendar_file(
    session: Session, body: Mapping[str, Any], *, by: Actor, at: datetime
) -> CalendarRow | tuple[Finding, ...] | None:
    """The calendar as recorded; None when it is there already; findings when anything is wrong with it."""
    if findings := tuple(_lacking(body)):
        return findings
    try:
        calendar = read_calendar(body)
    except (KeyError, TypeError, ValueError, AttributeError):
        return (Finding("reference.lacks", "closed", {"name": "closed"}),)
    latest = latest_row(session, calendar.key)
    if len(calendar.key) > LONGEST_KEY:
        return (Finding("reference.lacks", "key", {"name": "key"}),)
    if latest and latest.version == calendar.version and _same(session, latest, calendar, body):
        return None
    if findings := (*_inner(calendar), *_against(latest, calendar)):
        return findings
    before = latest and calendar_version(session, latest.key, latest.version)
    recorded = record_calendar(
        session, calendar, effective_from=body["effective_from"], basis=body["basis"], by=by, at=at
    )
    if before and (changed := first_difference(before, calendar)):
        days_changed(session, changed)
    return recorded


def latest_row(session: Session, key: str = NATIONAL) -> CalendarRow | None:
    """The last version recorded, in use already or not."""
    question = select(CalendarRow).where(CalendarRow.key == key).order_by(CalendarRow.version.desc())
    return session.scalars(question.limit(1)).first()


def latest_calendar(session: Session, key: str = NATIONAL) -> WorkingCalendar | None:
    """Its days."""
    row = latest_row(session, key)
    return calendar_version(session, key, row.version) if row else None


def _lacking(body: Mapping[str, Any]) -> Iterator[Finding]:
    kinds: dict[str, type] = {"key": str, "version": int, "basis": str, "closed": dict} | dict.fromkeys(
        DAYS, date
    )
    for name, kind in kinds.items():
        # A TOML instant is a date to Python, and no day.
        if not isinstance(body.get(name), kind) or isinstance(body[name], datetime) or not _fits(body[name]):
            yield Finding("reference.lacks", name, {"name": name})


def _fits(value: Any) -> bool:
    """Whether a column can hold it: texts neither empty nor with NUL, numbers of 32 bits."""
    if isinstance(value, str):
        return bool(value.strip()) and "\0" not in value
    return not isinstance(value, int) or 0 < value < 2**31


def _inner(calendar: WorkingCalendar) -> Iterator[Finding]:
    since, until = calendar.covers_from, calendar.covers_until
    if until < since:
        days = {"since": since.isoformat(), "until": until.isoformat()}
        yield Finding("reference.ends_before_it_begins", "covers_until", days)
    for name, days_named in (("closed", calendar.closed), ("working", calendar.working)):
        for day in sorted(days_named):
            where, what = f"{name}.{day.isoformat()}", {"day": day.isoformat()}
            if not since <= day <= until:
                yield Finding("reference.day_outside", where, what)
            elif (day.weekday() >= SATURDAY) == (name == "closed"):
                yield Finding("reference.usual_day", where, what)


def _against(latest: CalendarRow | None, calendar: WorkingCalendar) -> Iterator[Finding]:
    if latest is None:
        return
    if calendar.version <= latest.version:
        versions: dict[str, Parameter] = {
            "key": calendar.key,
            "version": calendar.version,
            "latest": latest.version,
        }
        yield Finding("reference.version_taken", "version", versions)
    if calendar.covers_from > latest.covers_from or calendar.covers_until < latest.covers_until:
        span = {"since": latest.covers_from.isoformat(), "until": latest.covers_until.isoformat()}
        yield Finding("reference.calendar_forgets", "covers_from", span)


def _same(session: Session, row: CalendarRow, calendar: WorkingCalendar, body: Mapping[str, Any]) -> bool:
    said = (body["effective_from"], body["basis"])
    return (
        calendar_version(session, row.key, row.version) == calendar
        and (row.effective_from, row.basis) == said
    )
