"""Trials of drafts: the definition as it stood, and the acts that were tried with it. Kept for thirty days."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from designer.models import Draft


class Trial(Base):
    """One supposed dossier of a draft. What it has come to is played from the acts whenever somebody looks.

    `definition` is the canonical JSON with the digest, compressed: what is tried is never kept for good.
    `starts_at` is what its clock shows before the first act. `revision` counts the changes to its acts: who knew
    another one is told. `key` is that of the form that began it.
    """

    __tablename__ = "trials"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    key: Mapped[str] = mapped_column(String(32), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    definition: Mapped[bytes]
    case_type: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(20))
    # The code of the area of the unit that would receive it; "": none is supposed.
    area: Mapped[str] = mapped_column(String(20))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSONB)
    acts: Mapped[list[Any]] = mapped_column(JSONB)
    revision: Mapped[int]
    starts_at: Mapped[Instant]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_by: Mapped[str] = mapped_column(String(200))

    draft: Mapped[Draft] = relationship()

    __table_args__ = (
        CheckConstraint("channel in ('counter', 'online', 'post')", name="channel"),
        CheckConstraint("revision > 0", name="revision"),
        # Answers "which trials of this draft are there", the latest first.
        Index("ix_trials_draft", "draft_id", "id"),
        # Answers "which has nobody gone on with for long".
        Index("ix_trials_changed", "changed_at"),
    )
