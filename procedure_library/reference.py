"""Reference data, the world outside the digest: working calendars and what provinces decided.

Versioned, dated, insert-only. A correction is a further row; every evaluation records the versions it read.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.audit import record
from common.calendar import WorkingCalendar
from common.db import Base, Instant
from common.identity.actor import Actor
from rules_dsl.evaluation import ParameterValue

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
