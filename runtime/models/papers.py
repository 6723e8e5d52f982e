"""Papers of a dossier: documents handed in, letters we print, decisions, and notices sent."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, Instant
from common.sweep import FileDigest


class Document(Base):
    """A file handed in for a component ("" when it answers a supplement freely). Content-addressed.

    `field` is the question of the form it was attached for, rows without their numbers; "" on the page of papers.
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    component: Mapped[str] = mapped_column(String(80))
    field: Mapped[str] = mapped_column(String(200), default="")
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[FileDigest] = mapped_column(index=True)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    uploaded_at: Mapped[Instant]


class Letter(Base):
    """An official form that was printed. `number` is its own ("12/HDHS"), "" when it bears none.

    `digest` names the stored PDF; None while a job still renders it.
    """

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    event: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80), default="")
    number: Mapped[str] = mapped_column(String(60), default="")
    language: Mapped[str] = mapped_column(String(5), default="vi")
    digest: Mapped[FileDigest | None]
    size: Mapped[int | None]
    issued_at: Mapped[Instant]

    __table_args__ = (
        # Answers "the letters of this dossier, in order"; one of a kind, key and language per event.
        Index("uq_letters_event", "dossier_id", "event", "kind", "key", "language", unique=True),
        # Answers "which stored files are still needed".
        Index("ix_letters_digest", "digest"),
        # Answers "how often were applicants asked for more in this period".
        Index("ix_letters_supplements", "issued_at", postgresql_where=text("kind = 'supplement_request'")),
    )


class Decision(Base):
    """The official act: outcome, ending, reasons, legal basis and who signed. Never changed.

    `grounds` are the rules that were met ({"rule", "evaluation"}), `legal_basis` the citations in force.
    """

    __tablename__ = "decisions"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    event: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(80))
    ending: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    grounds: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    legal_basis: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    decided_at: Mapped[Instant]
    signatory_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    __table_args__ = (
        CheckConstraint("ending in ('granted', 'refused', 'withdrawn', 'stopped')", name="ending"),
    )


class Notice(Base):
    """News for the applicant by e-mail. `status`: waiting, sent, not_sent (and `why`)."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    event: Mapped[int]
    news: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(5))
    status: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(String(40), default="")
    asked_at: Mapped[Instant]
    sent_at: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("status in ('waiting', 'sent', 'not_sent')", name="status"),
        # Answers "what could not be sent yet", when the mail server comes back.
        Index("ix_notices_waiting", "asked_at", postgresql_where=text("status = 'waiting'")),
    )
