"""Tasks that a leader gave to a named official or has to look after; posts handed over for some days; corrections; refunds; tracks."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    _tasks()
    _delegations()
    _corrections()
    _refunds()
    _tracks()


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


# As they were when this revision was written: what a model says later is a later revision's.
PAYMENT = """case
  when jsonb_path_exists(state, '$.refunded[last] ? (@.entire == true)') then 'refunded'
  when jsonb_path_exists(state, '$.refunded[0]') then 'partly_refunded'
  when status not in ('not_accepted', 'returned', 'withdrawn', 'stopped')
    and coalesce(state ->> 'ending', '') <> 'refused'
    and jsonb_path_exists(state, '$.owed[*] ? (@.amount.amount > 0 && !(@.paid == true))') then 'owed'
  when jsonb_path_exists(state, '$.owed[*] ? (@.amount.amount > 0 && @.paid == true)') then 'paid'
  else 'none'
end"""
HANDOVER = """case
  when status = 'returned' then 'returned'
  when status = 'decided' and state ? 'posted_at' then 'handed_to_post'
  when status = 'decided' then 'ready'
  else 'not_ready'
end"""
SYNC = "case when state ->> 'told' = status then 'sent' else 'pending' end"


def _tracks() -> None:
    """Worked out by the database, so that code which knows nothing of them keeps them right."""
    for name, expression in (("payment", PAYMENT), ("handover", HANDOVER), ("sync", SYNC)):
        op.add_column("dossiers", sa.Column(name, sa.Text, sa.Computed(expression, persisted=True)))
