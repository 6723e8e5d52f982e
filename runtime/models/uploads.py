"""Files on their way: what has come of a document so far."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, Instant


class Upload(Base):
    """A file that arrives in pieces; it becomes one Document once all of it is there.

    `arrived` of its `length` bytes count, whatever lies on the disk. `promised` is the SHA-256 that whoever sends
    it has told ("": told none): by it the same file is known again on another device. `component` and `field` are
    those of the document. `document_id` None: not finished, or the document was taken back since.
    """

    __tablename__ = "uploads"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    component: Mapped[str] = mapped_column(String(80))
    field: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    length: Mapped[int] = mapped_column(BigInteger)
    arrived: Mapped[int] = mapped_column(BigInteger)
    promised: Mapped[str] = mapped_column(String(64))
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("documents.id", ondelete="SET NULL"), index=True
    )
    begun_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    begun_at: Mapped[Instant]
    changed_at: Mapped[Instant]

    __table_args__ = (
        CheckConstraint("arrived between 0 and length", name="arrived"),
        # Answers "how much has this person under way".
        Index("ix_uploads_unfinished", "begun_by", postgresql_where=text("arrived < length")),
        # Answers "what does nobody go on with".
        Index("ix_uploads_changed_at", "changed_at"),
    )

    @property
    def is_whole(self) -> bool:
        return self.arrived == self.length
