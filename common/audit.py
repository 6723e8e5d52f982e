"""Who did what to which thing, in the same transaction as the act. Insert-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.db import Base, Instant
from common.identity.actor import Actor


class AuditRow(Base):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[Instant]
    # No foreign key: the trail outlives what it speaks of.
    account_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_key: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)

    __table_args__ = (
        # Answers "everything that was done to this dossier, in order".
        Index("ix_audit_subject", "subject_kind", "subject_key", "id"),
    )


def record(
    session: Session, act: str, *, by: Actor, at: datetime, kind: str, key: str, **details: Any
) -> None:
    """Writes the act beside its effect. `details` holds codes and counts, no personal data."""
    session.add(AuditRow(**columns(act, by=by, at=at, kind=kind, key=key, **details)))


def columns(act: str, *, by: Actor, at: datetime, kind: str, key: str, **details: Any) -> dict[str, Any]:
    """The row by column, for whoever writes it together with others."""
    return {
        "at": at,
        "account_id": by.account_id,
        "actor": by.name,
        "act": act,
        "subject_kind": kind,
        "subject_key": key,
        "details": details,
    }
