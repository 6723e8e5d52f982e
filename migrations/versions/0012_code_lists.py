"""Provinces and communes as dated lists, and what became of the communes of before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from migrations.grants import insert_only

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "code_lists",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("entries", JSONB, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.UniqueConstraint("key", "version"),
    )
    op.create_table(
        "former_communes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("code_lists.id"), nullable=False),
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("folded", sa.String(300), nullable=False),
        sa.Column("becomes", ARRAY(sa.String(5)), nullable=False),
    )
    op.create_index("ix_former_communes_list", "former_communes", ["list_id"])
    insert_only(op, "code_lists", "former_communes")
