"""Published rates of exchange, and which versions read which of them."""

import sqlalchemy as sa
from alembic import op

from migrations.grants import insert_only

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _rates()
    _version_rates()
    insert_only(op, "rates", "version_rates")


def _rates() -> None:
    op.create_table(
        "rates",
        sa.Column("id", sa.Integer, primary_key=True),
        *_series(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("value", sa.Numeric, nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.CheckConstraint("value > 0", name="value"),
    )
    op.create_index("ix_rates_day", "rates", ["name", "from_currency", "to_currency", "day", "id"])


def _version_rates() -> None:
    version = sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id"), primary_key=True)
    name, *currencies = _series()
    name.primary_key = True
    op.create_table("version_rates", version, name, *currencies)
    op.create_index("ix_version_rates_series", "version_rates", ["name", "from_currency", "to_currency"])


def _series() -> tuple[sa.Column, ...]:
    return (
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("from_currency", sa.String(3), nullable=False),
        sa.Column("to_currency", sa.String(3), nullable=False),
    )
