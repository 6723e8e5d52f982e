"""Units, accounts, assignments, tries (the throttle) and the audit trail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.grants import insert_only, let_the_application_in

revision = "0001"
down_revision = None


def upgrade() -> None:
    let_the_application_in(op)
    _units()
    _accounts()
    _assignments()
    _audit()
    _tries()


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(80), nullable=False, unique=True),
        sa.Column("code", sa.String(40), nullable=False, unique=True),
        sa.Column("name_vi", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("area_code", sa.String(20), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("units.id")),
        sa.Column("successor_id", sa.Integer, sa.ForeignKey("units.id")),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.CheckConstraint("level in ('province', 'department', 'commune')", name="level"),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("login", sa.String(120), nullable=False, unique=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("identity_number", sa.String(20)),
        sa.Column("identity_hash", sa.String(64), index=True),
        sa.Column("born_on", sa.Date),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("email", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('citizen', 'official')", name="kind"),
    )


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
    )
    op.create_index(
        "uq_assignments_open",
        "assignments",
        ["account_id", "unit_id", "role"],
        unique=True,
        postgresql_where=sa.text("until is null"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("act", sa.String(80), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_key", sa.String(120), nullable=False),
        sa.Column("details", JSONB, nullable=False),
    )
    op.create_index("ix_audit_subject", "audit", ["subject_kind", "subject_key", "id"])
    insert_only(op, "audit")


def _tries() -> None:
    op.create_table(
        "tries",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
