"""The question bank: blocks, every version of each, and which drafts and published versions use which."""

import sqlalchemy as sa
from alembic import op

from migrations.grants import insert_only

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    _blocks()
    _versions()
    _uses()
    insert_only(op, "question_block_versions")


def _blocks() -> None:
    op.create_table(
        "question_blocks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(80), nullable=False, unique=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.Column("retired_by", sa.String(200)),
    )


def _versions() -> None:
    op.create_table(
        "question_block_versions",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("block_id", sa.Integer, sa.ForeignKey("question_blocks.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("title_vi", sa.String(300), nullable=False),
        sa.Column("title_en", sa.String(300), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("digest", sa.String(12), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("saved_by", sa.String(200), nullable=False),
        sa.UniqueConstraint("block_id", "number"),
        sa.CheckConstraint("number > 0", name="number"),
    )


def _uses() -> None:
    op.create_table(
        "question_block_uses",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column(
            "block_version_id", sa.BigInteger, sa.ForeignKey("question_block_versions.id"), nullable=False
        ),
        sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id")),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id")),
        sa.UniqueConstraint("block_version_id", "draft_id", "version_id", postgresql_nulls_not_distinct=True),
        sa.CheckConstraint("(draft_id is null) <> (version_id is null)", name="user"),
    )
    op.create_index("ix_question_block_uses_draft_id", "question_block_uses", ["draft_id"])
