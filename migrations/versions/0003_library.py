"""Procedures, definitions, versions, publications; calendars and local parameters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

from migrations.grants import insert_only

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _procedures()
    _definitions()
    _versions()
    _publications()
    _calendars()
    _parameters()
    insert_only(op, "definitions", "versions", "publications", "calendars", "parameters")


def _procedures() -> None:
    op.create_table(
        "procedures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(80), nullable=False, unique=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def _definitions() -> None:
    op.create_table(
        "definitions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("digest = encode(sha256(content), 'hex')", name="digest"),
    )


def _versions() -> None:
    words = sa.Computed("to_tsvector('simple'::regconfig, folded)", persisted=True)
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("procedure_id", sa.Integer, sa.ForeignKey("procedures.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), sa.ForeignKey("definitions.digest"), nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name_vi", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("domain_area_vi", sa.String(200), nullable=False),
        sa.Column("domain_area_en", sa.String(200), nullable=False),
        sa.Column("levels", ARRAY(sa.String(20)), nullable=False),
        sa.Column("channels", ARRAY(sa.String(20)), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("words", TSVECTOR, words, nullable=False),
        sa.UniqueConstraint("procedure_id", "number"),
        sa.CheckConstraint("number > 0", name="number"),
    )
    in_force = ["procedure_id", sa.text("effective_from desc"), sa.text("number desc")]
    op.create_index("ix_versions_in_force", "versions", in_force)
    op.create_index("ix_versions_words", "versions", ["words"], postgresql_using="gin")


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id"), nullable=False, unique=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("published_by", sa.String(200), nullable=False),
        sa.Column("basis_number", sa.String(200), nullable=False),
        sa.Column("basis_signed_on", sa.Date),
        sa.Column("basis_file", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )


def _calendars() -> None:
    op.create_table(
        "calendars",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("covers_from", sa.Date, nullable=False),
        sa.Column("covers_until", sa.Date, nullable=False),
        sa.Column("days", JSONB, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        *_recorded(),
        sa.UniqueConstraint("key", "version"),
    )


def _parameters() -> None:
    op.create_table(
        "parameters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("procedure_key", sa.String(80), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("area", sa.String(20), nullable=False),
        sa.Column("keys", ARRAY(sa.String(80)), nullable=False),
        sa.Column("value", JSONB, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date),
        sa.Column("basis", sa.Text, nullable=False),
        *_recorded(),
    )
    decided = ["procedure_key", "area", "name", "effective_from", "id"]
    op.create_index("ix_parameters_decided", "parameters", decided)


def _recorded() -> tuple[sa.Column, ...]:
    """Who entered the row, and when; no account: the machine, loading what ships with the product."""
    return (
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("recorded_by", sa.String(200), nullable=False),
    )
