"""Drafts of procedures, and every saved state of their files."""

import sqlalchemy as sa
from alembic import op

from migrations.grants import insert_only

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _drafts()
    _saves()
    insert_only(op, "draft_saves")


def _drafts() -> None:
    living = sa.text("state in ('open', 'in_review')")
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("procedure_key", sa.String(80), nullable=False),
        sa.Column("based_on_id", sa.Integer, sa.ForeignKey("versions.id")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.CheckConstraint("state in ('open', 'in_review', 'published', 'abandoned')", name="state"),
    )
    op.create_index("uq_drafts_living", "drafts", ["procedure_key"], unique=True, postgresql_where=living)


def _saves() -> None:
    op.create_table(
        "draft_saves",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("path", sa.String(120), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("saved_by", sa.String(200), nullable=False),
        sa.UniqueConstraint("draft_id", "path", "revision"),
        sa.CheckConstraint("revision > 0", name="revision"),
    )
