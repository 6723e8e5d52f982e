"""Applications: what an applicant is filling in. One stays with its dossier once it was sent."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, Instant


class Application(Base):
    """A form being filled in. It names the version its form came from; sending judges by the one in force.

    `owner_id` None: filled in at the counter for somebody without an account. `corrects_id` is the dossier whose result
    the office got wrong, `correction` what was wrong; `key` that of the form by which it was begun.
    """

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    begun_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    procedure_key: Mapped[str] = mapped_column(String(80))
    case_type: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    channel: Mapped[str] = mapped_column(String(20))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    # Pages saved so far, by key: where the applicant goes on next time.
    pages: Mapped[list[str]] = mapped_column(JSONB, default=list)
    begun_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    sent_at: Mapped[Instant | None]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"), unique=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    correction: Mapped[str | None] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(String(32), unique=True)

    __table_args__ = (
        CheckConstraint("channel in ('counter', 'online', 'post')", name="channel"),
        # Answers "what have I begun and not sent yet", the latest first.
        Index(
            "ix_applications_unsent", "owner_id", "changed_at", postgresql_where=text("dossier_id is null")
        ),
        # Answers "what puts the result of this dossier right".
        Index("ix_applications_corrects", "corrects_id", postgresql_where=text("corrects_id is not null")),
    )
