"""Dossiers and what happened to them. The record of acts is insert-only; what was said can be erased."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from common.identity.models import Unit
from runtime.models import tracks

RUNNING = text("status = 'in_process'")
OPEN = text("status not in ('not_accepted', 'returned', 'withdrawn', 'stopped')")
SOLVED_ELSEWHERE = text("solving_unit_id <> unit_id")


class Dossier(Base):
    """One applicant's run through one version. Columns beside `state` are projections of it, for lists.

    `version_id` is the version that filing was judged by, and from reception on the pinned one.
    `applicant` is the person as printed on letters: full_name, identity_number, address, phone, email.
    """

    __tablename__ = "dossiers"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    filing_number: Mapped[str] = mapped_column(String(60), unique=True)
    # None until reception. Printed on the slip, kept when the unit's own code changes.
    code: Mapped[str | None] = mapped_column(String(60), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    procedure_key: Mapped[str] = mapped_column(String(80))
    case_type: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    solving_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    # Who took work of it over by the last order; the state says of which areas. None: it never went over.
    carried_by_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    # The dossier of which this is a part, and which of its children it is. None: it stands by itself.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    child_number: Mapped[int | None] = mapped_column(SmallInteger)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    applicant: Mapped[dict[str, Any]] = mapped_column(JSONB)
    applicant_folded: Mapped[str] = mapped_column(String(200))
    identity_hash: Mapped[str | None] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    status: Mapped[str] = mapped_column(String(30))
    state: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # How many events there are: the next one is number events + 1.
    events: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[Instant]
    received_at: Mapped[Instant | None]
    due_at: Mapped[Instant | None]
    appointment_at: Mapped[Instant | None]
    # When the office was finished with it: decided, withdrawn, stopped or not accepted.
    finished_at: Mapped[Instant | None]
    # When the machine has to look at it: the first limit of a step that it watches.
    limit_at: Mapped[Instant | None]
    # Until when the applicant may answer a supplement, as the state writes instants: all in one zone.
    answer_by: Mapped[str | None] = mapped_column(Text, Computed("state ->> 'answer_by'", persisted=True))
    payment: Mapped[str] = mapped_column(Text, Computed(tracks.PAYMENT, persisted=True))
    handover: Mapped[str] = mapped_column(Text, Computed(tracks.HANDOVER, persisted=True))
    sync: Mapped[str] = mapped_column(Text, Computed(tracks.SYNC, persisted=True))

    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    solving_unit: Mapped[Unit] = relationship(foreign_keys=solving_unit_id)

    __table_args__ = (
        CheckConstraint("channel in ('counter', 'online', 'post')", name="channel"),
        # Answers "how many dossiers of this unit are in which status" without reading closed ones.
        Index("ix_dossiers_open", "unit_id", "status", postgresql_where=OPEN),
        # Answers "which dossiers of this unit match", the latest first.
        Index("ix_dossiers_unit", "unit_id", "submitted_at", "id"),
        # Answers "what had this unit to resolve in this period" without reading what was finished before it.
        Index(
            "ix_dossiers_figures",
            "solving_unit_id",
            "finished_at",
            postgresql_where=text("received_at is not null"),
        ),
        # Answers "at which dossiers does the machine have to look by now".
        Index("ix_dossiers_limit", "limit_at", postgresql_where=text("limit_at is not null")),
        # Answers "what has this unit taken over by an order".
        Index(
            "ix_dossiers_carried",
            "carried_by_id",
            "submitted_at",
            "id",
            postgresql_where=text("carried_by_id is not null"),
        ),
        # Answers "which are the parts of this dossier"; each is opened once.
        Index(
            "uq_dossiers_part",
            "parent_id",
            "child_number",
            unique=True,
            postgresql_where=text("parent_id is not null"),
        ),
        # Answers "my dossiers", the latest first.
        Index("ix_dossiers_owner", "owner_id", "submitted_at", postgresql_where=text("owner_id is not null")),
        # Answers "dossiers of the person with this identity number".
        Index("ix_dossiers_identity", "identity_hash", postgresql_where=text("identity_hash is not null")),
        # Answers "dossiers of this unit whose applicant's name begins so", accents left out.
        Index(
            "ix_dossiers_applicant",
            "unit_id",
            "applicant_folded",
            postgresql_ops={"applicant_folded": "text_pattern_ops"},
        ),
        # Answers "whose deadline", "whose promised day comes near or has passed".
        Index("ix_dossiers_due_at", "due_at", "id", postgresql_where=RUNNING),
        Index("ix_dossiers_appointment_at", "appointment_at", "id", postgresql_where=RUNNING),
        # Answers "which supplements have not come in time": instants of a state are written in one zone.
        Index(
            "ix_dossiers_answer_by",
            "answer_by",
            "id",
            postgresql_where=text("status = 'awaiting_supplement'"),
        ),
        # Answers "which results wait to be collected".
        Index("ix_dossiers_ready", "finished_at", "id", postgresql_where=text("status = 'decided'")),
        # The same two for dossiers that one unit received and another solves.
        Index(
            "ix_dossiers_elsewhere",
            "solving_unit_id",
            "submitted_at",
            "id",
            postgresql_where=SOLVED_ELSEWHERE,
        ),
        Index(
            "ix_dossiers_elsewhere_applicant",
            "solving_unit_id",
            "applicant_folded",
            postgresql_ops={"applicant_folded": "text_pattern_ops"},
            postgresql_where=SOLVED_ELSEWHERE,
        ),
    )


class Answers(Base):
    """What the applicant and the office said, as of one event. Erasing empties `body`; the digest stays."""

    __tablename__ = "answers"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    body: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    digest: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[Instant]


class DossierEvent(Base):
    """What happened, append-only. `record` is a `runtime.engine.record.Record`; folding them gives the state."""

    __tablename__ = "dossier_events"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(40))
    at: Mapped[Instant]
    # No foreign key: the history outlives the account.
    account_id: Mapped[int | None]
    record: Mapped[dict[str, Any]] = mapped_column(JSONB)


class EvaluationRow(Base):
    """A rule as it was read for an event, with its trace; erasable, the record keeps value and digest."""

    __tablename__ = "evaluations"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    event: Mapped[int] = mapped_column(primary_key=True)
    # In the order in which the rules were read.
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    rule: Mapped[str] = mapped_column(String(80))
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Reason(Base):
    """What an official typed for an event; erasable, the record keeps its digest."""

    __tablename__ = "reasons"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    event: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class Counter(Base):
    """The last number given out, per unit, kind and period. Its row lock keeps numbers without gaps."""

    __tablename__ = "counters"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    # A day (20260310) or a year (2026).
    period: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
