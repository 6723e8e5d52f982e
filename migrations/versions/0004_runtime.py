"""Applications, dossiers and their events, tasks, papers, money, numbers and notices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.grants import insert_only

revision = "0004"
down_revision = "0003"

OPEN_DOSSIER = sa.text("status not in ('not_accepted', 'returned', 'withdrawn', 'stopped')")
OPEN_TASK = sa.text("status in ('open', 'claimed')")


def upgrade() -> None:
    _dossiers()
    _dossier_indexes()
    _applications()
    _said()
    _dossier_events()
    _tasks()
    _documents()
    _letters()
    _decisions()
    _money()
    _counters()
    _notices()
    insert_only(op, "dossier_events", "payments")


def _key(name: str = "id") -> sa.Column:
    return sa.Column(name, sa.BigInteger, sa.Identity(), primary_key=True)


def _of(table: str, name: str, *, required: bool = True, kind: type = sa.Integer, **options) -> sa.Column:
    return sa.Column(name, kind, sa.ForeignKey(f"{table}.id"), nullable=not required, **options)


def _dossier(**options) -> sa.Column:
    return _of("dossiers", "dossier_id", kind=sa.BigInteger, **options)


def _text(name: str, length: int, *, required: bool = True) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=not required)


def _instant(name: str, *, required: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def _json(name: str, *, required: bool = True) -> sa.Column:
    return sa.Column(name, JSONB, nullable=not required)


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        _key(),
        sa.Column("filing_number", sa.String(60), nullable=False, unique=True),
        sa.Column("code", sa.String(60), unique=True),
        _of("versions", "version_id"),
        _text("procedure_key", 80),
        _text("case_type", 80),
        _text("channel", 20),
        _of("units", "unit_id"),
        _of("units", "solving_unit_id"),
        _of("accounts", "owner_id", required=False),
        _json("applicant"),
        _text("applicant_folded", 200),
        _text("identity_hash", 64, required=False),
        _text("locale", 5),
        _text("status", 30),
        _json("state"),
        sa.Column("events", sa.Integer, nullable=False),
        _instant("submitted_at"),
        _instant("received_at", required=False),
        _instant("due_at", required=False),
        _instant("appointment_at", required=False),
        _instant("finished_at", required=False),
        sa.CheckConstraint("channel in ('counter', 'online', 'post')", name="channel"),
    )


def _dossier_indexes() -> None:
    op.create_index("ix_dossiers_open", "dossiers", ["unit_id", "status"], postgresql_where=OPEN_DOSSIER)
    op.create_index("ix_dossiers_unit", "dossiers", ["unit_id", "submitted_at", "id"])
    op.create_index(
        "ix_dossiers_owner",
        "dossiers",
        ["owner_id", "submitted_at"],
        postgresql_where=sa.text("owner_id is not null"),
    )
    op.create_index(
        "ix_dossiers_identity",
        "dossiers",
        ["identity_hash"],
        postgresql_where=sa.text("identity_hash is not null"),
    )
    op.create_index(
        "ix_dossiers_applicant",
        "dossiers",
        ["unit_id", "applicant_folded"],
        postgresql_ops={"applicant_folded": "text_pattern_ops"},
    )


def _applications() -> None:
    op.create_table(
        "applications",
        _key(),
        _of("accounts", "owner_id", required=False),
        _of("accounts", "begun_by"),
        _of("versions", "version_id"),
        _text("procedure_key", 80),
        _text("case_type", 80),
        _of("units", "unit_id"),
        _text("channel", 20),
        _json("answers"),
        _json("pages"),
        _instant("begun_at"),
        _instant("changed_at"),
        _instant("sent_at", required=False),
        _dossier(required=False, unique=True),
        sa.CheckConstraint("channel in ('counter', 'online', 'post')", name="channel"),
    )
    op.create_index(
        "ix_applications_unsent",
        "applications",
        ["owner_id", "changed_at"],
        postgresql_where=sa.text("dossier_id is null"),
    )


def _said() -> None:
    """What was said: each in rows of its own, so that it can be erased while the events stay."""
    op.create_table(
        "answers",
        _dossier(primary_key=True),
        sa.Column("number", sa.SmallInteger, primary_key=True),
        _json("body", required=False),
        _text("digest", 64),
        _instant("recorded_at"),
    )
    op.create_table(
        "evaluations",
        _dossier(primary_key=True),
        sa.Column("event", sa.Integer, primary_key=True),
        sa.Column("number", sa.SmallInteger, primary_key=True),
        _text("rule", 80),
        _json("body"),
    )
    op.create_table(
        "reasons",
        _dossier(primary_key=True),
        sa.Column("event", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )


def _dossier_events() -> None:
    op.create_table(
        "dossier_events",
        _dossier(primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        _text("act", 40),
        _instant("at"),
        sa.Column("account_id", sa.Integer),
        _json("record"),
    )


def _tasks() -> None:
    op.create_table(
        "tasks",
        _key(),
        _dossier(),
        sa.Column("number", sa.Integer, nullable=False),
        _text("kind", 20),
        _text("step", 80),
        _text("role", 40),
        _of("units", "unit_id"),
        _text("status", 20),
        _instant("opened_at"),
        _instant("due_at", required=False),
        _instant("sort_at"),
        _of("accounts", "claimed_by", required=False),
        _instant("claimed_at", required=False),
        _of("accounts", "done_by", required=False),
        _instant("done_at", required=False),
        _text("outcome", 80),
        sa.UniqueConstraint("dossier_id", "number"),
        sa.CheckConstraint("kind in ('reception', 'step', 'hand_over')", name="kind"),
        sa.CheckConstraint("status in ('open', 'claimed', 'done', 'cancelled')", name="status"),
    )
    op.create_index(
        "ix_tasks_inbox", "tasks", ["unit_id", "role", "sort_at", "id"], postgresql_where=OPEN_TASK
    )
    op.create_index(
        "ix_tasks_mine",
        "tasks",
        ["claimed_by", "sort_at", "id"],
        postgresql_where=sa.text("status = 'claimed'"),
    )


def _documents() -> None:
    op.create_table(
        "documents",
        _key(),
        _of("applications", "application_id", kind=sa.BigInteger, index=True),
        _text("component", 80),
        _text("name", 200),
        _text("media_type", 80),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, index=True),
        _of("accounts", "uploaded_by", required=False),
        _instant("uploaded_at"),
    )


def _letters() -> None:
    op.create_table(
        "letters",
        _key(),
        _dossier(),
        sa.Column("event", sa.Integer, nullable=False),
        _text("kind", 40),
        _text("key", 80),
        _text("number", 60),
        _text("language", 5),
        sa.Column("digest", sa.String(64)),
        sa.Column("size", sa.Integer),
        _instant("issued_at"),
    )
    op.create_index(
        "uq_letters_event", "letters", ["dossier_id", "event", "kind", "key", "language"], unique=True
    )
    op.create_index("ix_letters_digest", "letters", ["digest"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        _dossier(primary_key=True),
        sa.Column("event", sa.Integer, primary_key=True),
        _text("outcome", 80),
        _text("ending", 20),
        sa.Column("reason", sa.Text, nullable=False),
        _json("grounds"),
        _json("legal_basis"),
        _instant("decided_at"),
        _of("accounts", "signatory_id"),
        sa.CheckConstraint("ending in ('granted', 'refused', 'withdrawn', 'stopped')", name="ending"),
    )


def _money() -> None:
    op.create_table(
        "payments",
        _key(),
        _dossier(index=True),
        sa.Column("event", sa.Integer, nullable=False),
        _of("units", "unit_id"),
        _text("number", 60),
        sa.Column("amount", sa.BigInteger, nullable=False),
        _text("currency", 3),
        _text("method", 20),
        _instant("paid_at"),
        _of("accounts", "received_by"),
        sa.UniqueConstraint("unit_id", "number"),
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.CheckConstraint("method in ('cash', 'transfer', 'online')", name="method"),
    )
    op.create_table(
        "charges",
        _key(),
        _dossier(),
        sa.Column("event", sa.Integer, nullable=False),
        _text("rule", 80),
        _text("kind", 20),
        sa.Column("amount", sa.BigInteger, nullable=False),
        _text("currency", 3),
        _instant("assessed_at"),
        _of("payments", "payment_id", required=False, kind=sa.BigInteger),
        sa.CheckConstraint("kind in ('charge', 'fee')", name="kind"),
    )
    op.create_index("ix_charges_dossier", "charges", ["dossier_id", "rule", "event"])


def _counters() -> None:
    op.create_table(
        "counters",
        _of("units", "unit_id", primary_key=True),
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        _key(),
        _dossier(index=True),
        sa.Column("event", sa.Integer, nullable=False),
        _text("news", 40),
        _text("address", 200),
        _text("locale", 5),
        _text("status", 20),
        _text("why", 40),
        _instant("asked_at"),
        _instant("sent_at", required=False),
        sa.CheckConstraint("status in ('waiting', 'sent', 'not_sent')", name="status"),
    )
    op.create_index(
        "ix_notices_waiting", "notices", ["asked_at"], postgresql_where=sa.text("status = 'waiting'")
    )
