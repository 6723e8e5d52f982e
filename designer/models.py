"""What is being written: drafts of procedures, and every saved state of each of their files."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from procedure_library.models import Version

STATES = ("open", "in_review", "published", "abandoned")
# A procedure has one draft in these states at most: two would overwrite each other at publication.
LIVING = ("open", "in_review")


class Draft(Base):
    """A procedure as it is being written: its package, file by file, in `DraftSave`.

    `based_on` is the version it began from; None: it began from nothing.
    """

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure_key: Mapped[str] = mapped_column(String(80))
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"))
    state: Mapped[str] = mapped_column(String(20), default="open")
    created_at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    created_by: Mapped[str] = mapped_column(String(200))

    based_on: Mapped[Version | None] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("state in ('open', 'in_review', 'published', 'abandoned')", name="state"),
        # Answers "is somebody writing this procedure already".
        Index(
            "uq_drafts_living",
            "procedure_key",
            unique=True,
            postgresql_where="state in ('open', 'in_review')",
        ),
    )


class DraftSave(Base):
    """One saved state of one file. Insert-only: the last revision counts, the others are its history."""

    __tablename__ = "draft_saves"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    path: Mapped[str] = mapped_column(String(120))
    revision: Mapped[int]
    # None: the file was taken out of the draft.
    content: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    saved_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        # Two people cannot both have written revision 7. Answers "the last state of each file", too.
        UniqueConstraint("draft_id", "path", "revision"),
        CheckConstraint("revision > 0", name="revision"),
    )
