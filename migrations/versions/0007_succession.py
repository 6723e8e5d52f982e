"""Whose work a unit carries on is asked at every request of an official."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_index(
        "ix_units_successor",
        "units",
        ["successor_id"],
        postgresql_where=sa.text("successor_id is not null"),
    )
