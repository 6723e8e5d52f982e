"""Trials of drafts: the definition as it stood and the acts that were tried with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "trials",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("key", sa.String(32), nullable=False, unique=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("definition", sa.LargeBinary, nullable=False),
        sa.Column("case_type", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("area", sa.String(20), nullable=False),
        sa.Column("parameters", JSONB, nullable=False),
        sa.Column("acts", JSONB, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.CheckConstraint("channel in ('counter', 'online', 'post')", name="channel"),
        sa.CheckConstraint("revision > 0", name="revision"),
    )
    op.create_index("ix_trials_draft", "trials", ["draft_id", "id"])
    op.create_index("ix_trials_changed", "trials", ["changed_at"])
