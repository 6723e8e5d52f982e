"""What the clock has said: which threshold of which limit was crossed, to whom that matters, which mail told it."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, Instant


class Reminder(Base):
    """A threshold of one limit, crossed: noted once, whoever notes it and how late.

    `task` is the number of the task whose limit it is; 0: the dossier's deadline, appointment or waiting result.
    A limit that moves is another limit. `crossed_on` is the day by the law, `noted_at` when the house saw it.
    `role` in `unit_id` is who is to hear of it. `ended_at`: it matters no more.
    """

    __tablename__ = "reminders"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    task: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(20))
    limit_at: Mapped[Instant]
    crossed_on: Mapped[date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    role: Mapped[str] = mapped_column(String(40))
    noted_at: Mapped[Instant]
    told_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]

    __table_args__ = (
        # Two workers at once note a crossing once.
        UniqueConstraint("dossier_id", "task", "kind", "limit_at"),
        CheckConstraint(
            "kind in ('due_soon', 'overdue', 'apology', 'apology_last', 'not_collected')", name="kind"
        ),
        # Answers "what does the clock tell this role in this unit", the earliest limit first.
        Index(
            "ix_reminders_open",
            "unit_id",
            "role",
            "limit_at",
            "id",
            postgresql_where=text("ended_at is null"),
        ),
        # Answers "what has no mail told yet".
        Index("ix_reminders_untold", "id", postgresql_where=text("told_at is null and ended_at is null")),
    )


class ReminderMail(Base):
    """The one mail of a day to an official. `reminders` are the ids it tells of. `status`: waiting, sent, not_sent."""

    __tablename__ = "reminder_mails"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    on: Mapped[date]
    reminders: Mapped[list[Any]] = mapped_column(JSONB)
    status: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[Instant]
    sent_at: Mapped[Instant | None]

    __table_args__ = (
        # One mail per person and day, and which days had any.
        UniqueConstraint("on", "account_id"),
        CheckConstraint("status in ('waiting', 'sent', 'not_sent')", name="status"),
    )


class ReminderSetting(Base):
    """When a unit, and those below it, want to be reminded, from a day on. Added to, never changed."""

    __tablename__ = "reminder_settings"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    valid_from: Mapped[date]
    due_soon_days: Mapped[int] = mapped_column(SmallInteger)
    apology_days: Mapped[int] = mapped_column(SmallInteger)
    collect_days: Mapped[int] = mapped_column(SmallInteger)
    delay_days: Mapped[int] = mapped_column(SmallInteger)
    basis: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[Instant]

    __table_args__ = (
        CheckConstraint("least(due_soon_days, apology_days) >= 0", name="days_ahead"),
        CheckConstraint("least(collect_days, delay_days) >= 1", name="days_after"),
    )
