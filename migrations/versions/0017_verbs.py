"""Tasks that a leader gave to a named official or has to look after; posts handed over for some days; corrections; refunds."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    _tasks()
    _delegations()
    _corrections()
    _refunds()


def _tasks() -> None:
    op.add_column("tasks", sa.Column("given_by", sa.Integer, sa.ForeignKey("accounts.id")))
    op.add_column("tasks", sa.Column("escalated_at", sa.DateTime(timezone=True)))
    op.add_column("tasks", sa.Column("escalated_by", sa.Integer, sa.ForeignKey("accounts.id")))
    op.create_index(
        "ix_tasks_escalated",
        "tasks",
        ["unit_id", "escalated_at", "id"],
        postgresql_where=sa.text("status in ('open', 'claimed') and escalated_at is not null"),
    )


def _delegations() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("delegate_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("key", sa.String(32), nullable=False, unique=True),
        sa.Column("made_by", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until >= since - 1", name="days"),
    )
    op.create_index("ix_delegations_delegate", "delegations", ["delegate_id", "until"])
    op.create_index("ix_delegations_account", "delegations", ["account_id", "until"])


def _corrections() -> None:
    op.add_column("applications", sa.Column("corrects_id", sa.BigInteger, sa.ForeignKey("dossiers.id")))
    op.add_column("applications", sa.Column("correction", sa.Text))
    op.add_column("applications", sa.Column("key", sa.String(32), unique=True))
    op.create_index(
        "ix_applications_corrects",
        "applications",
        ["corrects_id"],
        postgresql_where=sa.text("corrects_id is not null"),
    )


def _refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("dossier_id", sa.BigInteger, sa.ForeignKey("dossiers.id"), nullable=False, index=True),
        sa.Column("event", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_by", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.UniqueConstraint("unit_id", "number"),
        sa.UniqueConstraint("key", "currency"),
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.CheckConstraint("method in ('cash', 'transfer')", name="method"),
    )
