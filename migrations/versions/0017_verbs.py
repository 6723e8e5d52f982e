"""Tasks that a leader gave to a named official."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0014"


def upgrade() -> None:
    _tasks()


def _tasks() -> None:
    op.add_column("tasks", sa.Column("given_by", sa.Integer, sa.ForeignKey("accounts.id")))
