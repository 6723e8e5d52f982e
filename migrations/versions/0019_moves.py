"""Moves of dossiers to another version, and the transition clause of a publication."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _clause()
    _moves()
    _lines()


def _clause() -> None:
    for table in ("publications", "submissions"):
        op.add_column(table, sa.Column("transition", sa.String(20), nullable=False, server_default=""))
        op.add_column(table, sa.Column("transition_before", sa.Date))
    op.create_check_constraint(
        op.f("ck_publications_transition"),
        "publications",
        "transition in ('', 'stay_before', 'stay_received', 'move_all')"
        " and (transition = 'stay_before') = (transition_before is not null)",
    )


def _moves() -> None:
    op.create_table(
        "moves",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("procedure_key", sa.String(80), nullable=False),
        sa.Column("to_version_id", sa.Integer, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("from_versions", postgresql.ARRAY(sa.Integer), nullable=False),
        sa.Column("units", postgresql.ARRAY(sa.Integer), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("steps", postgresql.JSONB, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("read_to", sa.BigInteger, nullable=False),
        sa.Column("asked_by", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("ordered_by", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("ordered_at", INSTANT),
        sa.Column("undo_reason", sa.Text, nullable=False),
        sa.Column("undone_by", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("undone_at", INSTANT),
        sa.CheckConstraint(
            "status in ('previewing', 'previewed', 'moving', 'moved', 'undoing', 'undone')", name="status"
        ),
    )


def _lines() -> None:
    op.create_table(
        "move_lines",
        sa.Column("move_id", sa.BigInteger, sa.ForeignKey("moves.id"), primary_key=True),
        sa.Column("dossier_id", sa.BigInteger, sa.ForeignKey("dossiers.id"), primary_key=True),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("told", postgresql.JSONB, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("why", sa.String(80), nullable=False),
        sa.Column("event", sa.Integer),
        sa.CheckConstraint(
            "outcome in ('waiting', 'refused', 'moved', 'left_out', 'undoing', 'undone', 'stays')", name="outcome"
        ),
    )
    op.create_index(
        "ix_move_lines_to_do",
        "move_lines",
        ["move_id", "dossier_id"],
        postgresql_where=sa.text("outcome in ('waiting', 'undoing')"),
    )
