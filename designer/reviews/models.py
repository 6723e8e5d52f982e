"""What is asked to be published, and what controller and publisher said to it. Insert-only."""

from datetime import date
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from common.sweep import FileDigest
from designer.models import Draft
from procedure_library.models import Version

ACTS = ("agreed", "returned", "recalled", "published")


class Submission(Base):
    """The first act: an author asks that exactly this definition be published, on this basis, from this day.

    `digest` is what the two others read and what is published: a draft changed later is another submission.
    `effective_from` None: from the day of publication.
    """

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    digest: Mapped[str] = mapped_column(ForeignKey("definitions.digest"))
    basis_number: Mapped[str] = mapped_column(String(200))
    basis_signed_on: Mapped[date]
    # The scanned decision among the stored files.
    basis_file: Mapped[FileDigest]
    effective_from: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    # What the version says about dossiers under way (`procedure_library.transition`).
    transition: Mapped[Literal["", "stay_before", "stay_received", "move_all"]] = mapped_column(
        String(20), default="", server_default=""
    )
    transition_before: Mapped[date | None]
    submitted_at: Mapped[Instant]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    submitted_by: Mapped[str] = mapped_column(String(200))

    draft: Mapped[Draft] = relationship(lazy="joined", innerjoin=True)
    acts: Mapped[list["ReviewAct"]] = relationship(
        order_by="ReviewAct.id", lazy="selectin", back_populates="submission"
    )

    # Answers "what was asked for this draft, the last first".
    __table_args__ = (Index("ix_submissions_draft", "draft_id", "id"),)

    @property
    def last_act(self) -> "ReviewAct | None":
        """The last word on it; None: the controller has not read it yet."""
        return self.acts[-1] if self.acts else None

    @property
    def waits_for(self) -> str | None:
        """The role whose act comes next; None: it is decided."""
        if self.last_act is None:
            return "procedure_controller"
        return "publisher" if self.last_act.act == "agreed" else None

    def act(self, name: str) -> "ReviewAct | None":
        """The act of that name, if it was done."""
        return next((act for act in self.acts if act.act == name), None)


class ReviewAct(Base):
    """A later act: controller agrees or returns, publisher publishes or returns, author takes it back."""

    __tablename__ = "review_acts"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    act: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text, default="")
    # The version that publishing made; None for the other acts.
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"), unique=True)
    acted_at: Mapped[Instant]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    acted_by: Mapped[str] = mapped_column(String(200))

    submission: Mapped[Submission] = relationship(back_populates="acts")
    version: Mapped[Version | None] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("act in ('agreed', 'returned', 'recalled', 'published')", name="act"),
        CheckConstraint("(act = 'published') = (version_id is not null)", name="version"),
        # Each is said once; what has ended a submission is not said twice, whoever clicks at the same time.
        Index("uq_review_acts_agreed", "submission_id", unique=True, postgresql_where="act = 'agreed'"),
        Index("uq_review_acts_ended", "submission_id", unique=True, postgresql_where="act <> 'agreed'"),
    )
