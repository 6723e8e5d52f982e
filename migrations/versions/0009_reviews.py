"""What is asked to be published, and what controller and publisher said to it."""

import sqlalchemy as sa
from alembic import op

from migrations.grants import insert_only

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _submissions()
    _acts()
    insert_only(op, "submissions", "review_acts")


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("digest", sa.String(64), sa.ForeignKey("definitions.digest"), nullable=False),
        sa.Column("basis_number", sa.String(200), nullable=False),
        sa.Column("basis_signed_on", sa.Date, nullable=False),
        sa.Column("basis_file", sa.String(64), nullable=False),
        sa.Column("effective_from", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("submitted_by", sa.String(200), nullable=False),
    )
    op.create_index("ix_submissions_draft", "submissions", ["draft_id", "id"])


def _acts() -> None:
    op.create_table(
        "review_acts",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("submission_id", sa.BigInteger, sa.ForeignKey("submissions.id"), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id"), unique=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("acted_by", sa.String(200), nullable=False),
        sa.CheckConstraint("act in ('agreed', 'returned', 'recalled', 'published')", name="act"),
        sa.CheckConstraint("(act = 'published') = (version_id is not null)", name="version"),
    )
    for name, which in (("agreed", "act = 'agreed'"), ("ended", "act <> 'agreed'")):
        op.create_index(
            f"uq_review_acts_{name}",
            "review_acts",
            ["submission_id"],
            unique=True,
            postgresql_where=sa.text(which),
        )
