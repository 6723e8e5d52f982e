"""Indexes for the leaders' figures; days on which a unit cannot work."""

import sqlalchemy as sa
from alembic import op

from migrations.grants import insert_only

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _figures()
    _interruptions()
    insert_only(op, "interruptions")


def _figures() -> None:
    op.create_index(
        "ix_dossiers_figures",
        "dossiers",
        ["solving_unit_id", "finished_at"],
        postgresql_where=sa.text("received_at is not null"),
    )
    op.create_index(
        "ix_letters_supplements",
        "letters",
        ["issued_at"],
        postgresql_where=sa.text("kind = 'supplement_request'"),
    )


def _interruptions() -> None:
    op.create_table(
        "interruptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False, index=True),
        sa.Column("with_below", sa.Boolean, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("revokes_id", sa.Integer, sa.ForeignKey("interruptions.id"), unique=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.CheckConstraint("cause in ('force_majeure', 'incident', 'other')", name="cause"),
        sa.CheckConstraint("since <= until", name="days"),
    )
