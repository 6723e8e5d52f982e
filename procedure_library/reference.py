"""Reference data, the world outside the digest: working calendars and what provinces and units decided.

Versioned, dated, insert-only. A correction is a further row; every evaluation records the versions it read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from common import exact_json
from common.audit import record
from common.calendar import WorkingCalendar
from common.db import Base, Instant
from common.identity import models as _accounts  # noqa: F401 — our rows point to accounts
from common.identity.actor import Actor
from rules_dsl.evaluation import ParameterValue
from rules_dsl.reference import read_calendar
from rules_dsl.values import decode, encode

NATIONAL = "vn"


class CalendarRow(Base):
    """A confirmed calendar. `days` is {"closed": {day: why}, "working": {day: why}}, whys in Vietnamese."""

    __tablename__ = "calendars"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    covers_from: Mapped[date]
    covers_until: Mapped[date]
    days: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # Acts of this day and later read this version.
    effective_from: Mapped[date]
    basis: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (UniqueConstraint("key", "version"),)


class ParameterRow(Base):
    """What an area decided for a parameter of a procedure's rules, from a day on."""

    __tablename__ = "parameters"

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure_key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    area: Mapped[str] = mapped_column(String(20))
    # Which line of the parameter's own table this is: values of its `by` facts, "*" for any.
    keys: Mapped[list[str]] = mapped_column(ARRAY(String(80)), default=list)
    # JSON of the value as docs/formats.md spells it: {"amount": 8000, "currency": "VND"}.
    value: Mapped[dict[str, Any]] = mapped_column(JSONB)
    effective_from: Mapped[date]
    effective_until: Mapped[date | None]
    basis: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        # Answers "what has this area decided for this procedure".
        Index("ix_parameters_decided", "procedure_key", "area", "name", "effective_from", "id"),
    )


def calendar_for(session: Session, on: date, key: str = NATIONAL) -> WorkingCalendar | None:
    """The calendar that acts of that day read; None when nobody has loaded one."""
    question = (
        select(CalendarRow)
        .where(CalendarRow.key == key, CalendarRow.effective_from <= on)
        .order_by(CalendarRow.version.desc())
        .limit(1)
    )
    row = session.scalars(question).first()
    return _calendar(row) if row else None


def calendar_version(session: Session, key: str, version: int) -> WorkingCalendar:
    """The calendar that an earlier evaluation recorded."""
    question = select(CalendarRow).where(CalendarRow.key == key, CalendarRow.version == version)
    return _calendar(session.scalars(question).one())


def record_calendar(
    session: Session, calendar: WorkingCalendar, *, effective_from: date, basis: str, by: Actor, at: datetime
) -> CalendarRow:
    """A confirmed calendar becomes the one in use from that day; `notes` give the reason of each unusual day."""
    row = CalendarRow(
        key=calendar.key,
        version=calendar.version,
        covers_from=calendar.covers_from,
        covers_until=calendar.covers_until,
        days={
            "closed": _noted(calendar, calendar.closed),
            "working": _noted(calendar, calendar.working),
        },
        effective_from=effective_from,
        basis=basis,
        recorded_at=at,
        account_id=by.account_id,
        recorded_by=by.name,
    )
    session.add(row)
    record(session, "calendar.recorded", by=by, at=at, kind="calendar", key=row.key, version=row.version)
    return row


def parameters_for(
    session: Session, procedure_key: str, areas: Sequence[str]
) -> Mapping[str, tuple[ParameterValue, ...]]:
    """What the areas have decided for the procedure's parameters, the earliest first.

    `areas` run from the narrowest to the widest (commune, province); a name decided in several is taken from
    the narrowest. The version of each value is the id of its row.
    """
    question = (
        select(ParameterRow)
        .where(ParameterRow.procedure_key == procedure_key, ParameterRow.area.in_(areas))
        .order_by(ParameterRow.effective_from, ParameterRow.id)
    )
    decided: dict[tuple[str, str], list[ParameterRow]] = defaultdict(list)
    for row in session.scalars(question):
        decided[row.name, row.area].append(row)
    widest_first = [(name, area) for area in reversed(areas) for name, decider in decided if decider == area]
    return {name: tuple(_values(decided[name, area])) for name, area in widest_first}


def decided_in_areas(
    session: Session, procedure_key: str, on: date
) -> Mapping[tuple[str, str], tuple[ParameterValue, ...]]:
    """What is in force that day, by parameter and area; the lines of one table in the order of their keys."""
    question = (
        select(ParameterRow)
        .where(ParameterRow.procedure_key == procedure_key)
        .order_by(ParameterRow.effective_from, ParameterRow.id)
    )
    decided: dict[tuple[str, str], list[ParameterRow]] = defaultdict(list)
    for row in session.scalars(question):
        decided[row.name, row.area].append(row)
    in_force = {
        place: [each for each in _values(rows) if each.in_force(on)] for place, rows in decided.items()
    }
    return {
        place: tuple(sorted(rows, key=lambda each: each.keys)) for place, rows in in_force.items() if rows
    }


def decided_names(session: Session, procedure_key: str, on: date) -> frozenset[str]:
    """The parameters of the procedure for which some area has decided an amount that counts that day."""
    question = select(ParameterRow.name).where(
        ParameterRow.procedure_key == procedure_key,
        ParameterRow.effective_from <= on,
        or_(ParameterRow.effective_until.is_(None), ParameterRow.effective_until >= on),
    )
    return frozenset(session.scalars(question.distinct()))


def parameters_of_rows(session: Session, ids: Sequence[int]) -> Mapping[str, tuple[ParameterValue, ...]]:
    """The values that an earlier evaluation read, by the ids of their rows."""
    question = (
        select(ParameterRow)
        .where(ParameterRow.id.in_(ids))
        .order_by(ParameterRow.effective_from, ParameterRow.id)
    )
    decided: dict[str, list[ParameterRow]] = defaultdict(list)
    for row in session.scalars(question):
        decided[row.name].append(row)
    return {name: tuple(_values(rows)) for name, rows in decided.items()}


def record_parameter(
    session: Session,
    procedure_key: str,
    name: str,
    value: ParameterValue,
    *,
    area: str,
    basis: str,
    by: Actor,
    at: datetime,
) -> ParameterRow:
    """A decision of the area. For the same day and keys the later row corrects the earlier."""
    if value.from_on is None:
        raise ValueError("a local amount is in force from a day")
    row = ParameterRow(
        procedure_key=procedure_key,
        name=name,
        area=area,
        keys=list(value.keys),
        value=encode(value.value),
        effective_from=value.from_on,
        effective_until=value.until_on,
        basis=basis,
        recorded_at=at,
        account_id=by.account_id,
        recorded_by=by.name,
    )
    session.add(row)
    record(session, "parameter.recorded", by=by, at=at, kind="parameter", key=name, area=area)
    return row


def _values(rows: Sequence[ParameterRow]) -> "list[ParameterValue]":
    """Later rows replace earlier ones of the same day and keys; each lasts until the next begins."""
    by_line: dict[tuple[str, ...], dict[date, ParameterRow]] = defaultdict(dict)
    for row in rows:
        by_line[tuple(row.keys)][row.effective_from] = row
    return [
        _value(row, following)
        for dated in by_line.values()
        for row, following in zip(dated.values(), [*list(dated)[1:], None], strict=True)
    ]


def _value(row: ParameterRow, following: date | None) -> ParameterValue:
    before = following - timedelta(days=1) if following else None
    ends = [day for day in (row.effective_until, before) if day]
    return ParameterValue(
        value=decode(row.value),
        from_on=row.effective_from,
        until_on=min(ends, default=None),
        keys=tuple(row.keys),
        version=row.id,
        cites=(row.basis,),
    )


def _noted(calendar: WorkingCalendar, days: frozenset[date]) -> dict[str, str]:
    return {day.isoformat(): calendar.notes.get(day, "") for day in sorted(days)}


def _calendar(row: CalendarRow) -> WorkingCalendar:
    return _read(row.key, row.version, row.covers_from, row.covers_until, exact_json.write(row.days))


@lru_cache(maxsize=64)
def _read(key: str, version: int, covers_from: date, covers_until: date, days: str) -> WorkingCalendar:
    """One object for equal rows: many units read the same days, and each worker keeps what they read."""
    span = {"covers_from": covers_from, "covers_until": covers_until}
    return read_calendar({"key": key, "version": version, **span, **exact_json.read(days)})
