"""Who has seen which tour of a page."""

import sqlalchemy as sa
from alembic import op

from migrations.grants import insert_only

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "seen_tours",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("tour", sa.String(40), primary_key=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    insert_only(op, "seen_tours")
