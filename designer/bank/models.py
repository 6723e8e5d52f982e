"""The question bank: blocks of questions that forms share, every version of each, and who uses which."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy import (
    Text as LongText,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from common.text import Text
from form_builder.bank import Source


class Block(Base):
    """What forms share under one key. Retired: forms that use it stay as they are, no further one takes it."""

    __tablename__ = "question_blocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[Instant]
    retired_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    retired_by: Mapped[str | None] = mapped_column(String(200))


class BlockVersion(Base):
    """One state of a block, for good. `content` is its JSON Schema, `digest` begins the SHA-256 of that."""

    __tablename__ = "question_block_versions"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("question_blocks.id"))
    number: Mapped[int]
    title_vi: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    content: Mapped[str] = mapped_column(LongText)
    digest: Mapped[str] = mapped_column(String(12))
    saved_at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    saved_by: Mapped[str] = mapped_column(String(200))

    block: Mapped[Block] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        # Two people cannot both have written version 3. Answers "the newest version of each block", too.
        UniqueConstraint("block_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    @property
    def title(self) -> Text:
        return Text(self.title_vi, self.title_en)

    @property
    def source(self) -> Source:
        """As forms name it."""
        return Source(self.block.key, self.number, self.digest)


class BlockUse(Base):
    """A draft, or a published version, whose form uses the version of the block."""

    __tablename__ = "question_block_uses"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    block_version_id: Mapped[int] = mapped_column(ForeignKey("question_block_versions.id"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"))

    __table_args__ = (
        # Answers "who uses this version of a block".
        UniqueConstraint("block_version_id", "draft_id", "version_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("(draft_id is null) <> (version_id is null)", name="user"),
        # Answers "what does this draft use".
        Index("ix_question_block_uses_draft_id", "draft_id"),
    )
