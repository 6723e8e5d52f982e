"""What the clock has said, once for each limit, and what units want of it; work that goes over; old dossiers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.grants import insert_only

revision = "0018"
down_revision = "0017"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _reminders()
    _mails()
    _settings()
    insert_only(op, "reminder_settings")
    _indexes()
    _transfers()
    _imports()


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("dossier_id", sa.BigInteger, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("task", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("limit_at", INSTANT, nullable=False),
        sa.Column("crossed_on", sa.Date, nullable=False),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.UniqueConstraint("dossier_id", "task", "kind", "limit_at"),
        sa.CheckConstraint(
            "kind in ('due_soon', 'overdue', 'apology', 'apology_last', 'not_collected')", name="kind"
        ),
    )
    open_ones = sa.text("ended_at is null")
    op.create_index(
        "ix_reminders_open", "reminders", ["unit_id", "role", "limit_at", "id"], postgresql_where=open_ones
    )
    untold = sa.text("told_at is null and ended_at is null")
    op.create_index("ix_reminders_untold", "reminders", ["id"], postgresql_where=untold)


def _mails() -> None:
    op.create_table(
        "reminder_mails",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("reminders", JSONB, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.UniqueConstraint("on", "account_id"),
        sa.CheckConstraint("status in ('waiting', 'sent', 'not_sent')", name="status"),
    )


def _settings() -> None:
    op.create_table(
        "reminder_settings",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False, index=True),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("due_soon_days", sa.SmallInteger, nullable=False),
        sa.Column("apology_days", sa.SmallInteger, nullable=False),
        sa.Column("collect_days", sa.SmallInteger, nullable=False),
        sa.Column("delay_days", sa.SmallInteger, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.CheckConstraint("least(due_soon_days, apology_days) >= 0", name="days_ahead"),
        sa.CheckConstraint("least(collect_days, delay_days) >= 1", name="days_after"),
    )


def _indexes() -> None:
    """What the clock asks every hour, of what is open only."""
    steps = sa.text("status in ('open', 'claimed') and kind = 'step'")
    op.create_index("ix_tasks_watched", "tasks", ["sort_at", "id"], postgresql_where=steps)
    limited = sa.text("status in ('open', 'claimed') and kind <> 'hand_over' and due_at is not null")
    op.create_index("ix_tasks_limits", "tasks", ["due_at", "id"], postgresql_where=limited)
    running = sa.text("status = 'in_process'")
    op.create_index("ix_dossiers_due_at", "dossiers", ["due_at", "id"], postgresql_where=running)
    op.create_index(
        "ix_dossiers_appointment_at", "dossiers", ["appointment_at", "id"], postgresql_where=running
    )
    waiting = sa.text("status = 'awaiting_supplement'")
    # A column of its own: were the state part of an index, each act would have to touch every index of the row.
    answer_by = sa.Column("answer_by", sa.Text, sa.Computed("state ->> 'answer_by'", persisted=True))
    op.add_column("dossiers", answer_by)
    op.create_index("ix_dossiers_answer_by", "dossiers", ["answer_by", "id"], postgresql_where=waiting)
    ready = sa.text("status = 'decided'")
    op.create_index("ix_dossiers_ready", "dossiers", ["finished_at", "id"], postgresql_where=ready)


def _transfers() -> None:
    """Orders by which a unit's open work goes over, and the dossiers that went."""
    op.create_table(
        "work_transfers",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("from_unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("to_unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("ordered_by", sa.String(200), nullable=False),
        sa.Column("ordered_at", INSTANT, nullable=False),
        sa.Column("dossiers", sa.Integer, nullable=False),
        sa.Column("tasks", sa.Integer, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.CheckConstraint("from_unit_id <> to_unit_id", name="units"),
    )
    unfinished = sa.text("finished_at is null")
    op.create_index(
        "uq_work_transfers_unfinished",
        "work_transfers",
        ["from_unit_id"],
        unique=True,
        postgresql_where=unfinished,
    )
    op.add_column("dossiers", sa.Column("carried_by_id", sa.Integer, sa.ForeignKey("units.id")))
    taken = sa.text("carried_by_id is not null")
    op.create_index(
        "ix_dossiers_carried", "dossiers", ["carried_by_id", "submitted_at", "id"], postgresql_where=taken
    )


def _imports() -> None:
    op.create_table(
        "dossier_imports",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, index=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("checked_at", INSTANT, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("sound", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("faulty", sa.Integer, nullable=False),
        sa.Column("findings", JSONB, nullable=False),
        sa.Column("ordered_at", INSTANT),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("finished_at", INSTANT),
    )
