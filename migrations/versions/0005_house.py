"""Failures of jobs, passwords that somebody else has chosen, and units that can be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _added("units", sa.Column("province_code", sa.String(20), nullable=False, server_default=""))
    _added("units", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    _added("accounts", sa.Column("password_given", sa.Boolean, nullable=False, server_default="false"))
    op.create_table(
        "job_failures",
        sa.Column("job_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("error", sa.String(200), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
    )
    # Answers "has any job failed for good", which every look at the administration asks.
    op.execute("create index ix_procrastinate_jobs_failed on procrastinate_jobs (id) where status = 'failed'")


def _added(table: str, column: "sa.Column[object]") -> None:
    """Rows that are there get the value; later ones are told theirs by the application."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)
