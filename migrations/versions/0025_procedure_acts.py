"""Acts on what is published: intake suspended, procedures retired, publications withdrawn; results of reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.grants import insert_only

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    _acts()
    _results()
    insert_only(op, "procedure_acts", "review_results")


def _acts() -> None:
    op.create_table(
        "procedure_acts",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("key", sa.String(36), nullable=False, unique=True),
        sa.Column("procedure_id", sa.Integer, sa.ForeignKey("procedures.id"), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("until_on", sa.Date),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id")),
        sa.Column("successor_id", sa.Integer, sa.ForeignKey("procedures.id")),
        sa.Column("reason_vi", sa.Text, nullable=False),
        sa.Column("reason_en", sa.Text, nullable=False),
        sa.Column("basis_number", sa.String(200), nullable=False),
        sa.Column("basis_signed_on", sa.Date, nullable=False),
        sa.Column("basis_file", sa.String(64), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("acted_by", sa.String(200), nullable=False),
        sa.CheckConstraint(
            "act in ('suspended', 'resumed', 'retired', 'reinstated', 'withdrawn')"
            " and (act = 'withdrawn') = (version_id is not null)"
            " and (act = 'suspended' or until_on is null) and (act = 'retired' or successor_id is null)",
            name="act",
        ),
        sa.CheckConstraint("until_on >= from_on", name="until"),
    )
    order = ["procedure_id", sa.text("from_on desc"), sa.text("id desc")]
    op.create_index("ix_procedure_acts_standing", "procedure_acts", order)
    once = sa.text("act = 'withdrawn'")
    op.create_index(
        "uq_procedure_acts_withdrawn", "procedure_acts", ["version_id"], unique=True, postgresql_where=once
    )
    # Which version is in force is remembered by this stamp.
    op.execute(
        "create trigger change_reference_stamp after insert or update or delete or truncate on procedure_acts "
        "for each statement execute function change_reference_stamp()"
    )


def _results() -> None:
    op.create_table(
        "review_results",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("digest", sa.String(64), sa.ForeignKey("definitions.digest"), nullable=False),
        sa.Column("computed_with", sa.String(64), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", JSONB, nullable=False),
    )
    op.create_index("ix_review_results_digest", "review_results", ["digest", "id"])
