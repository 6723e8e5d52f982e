"""Which published procedures call which, and which may be called."""

import sqlalchemy as sa
from alembic import op

from migrations.grants import insert_only

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "version_calls",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id"), primary_key=True),
        sa.Column("procedure_key", sa.String(80), primary_key=True),
    )
    op.create_index("ix_version_calls_procedure", "version_calls", ["procedure_key"])
    version = sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id"), primary_key=True)
    op.create_table("callable_versions", version)
    insert_only(op, "version_calls", "callable_versions")
