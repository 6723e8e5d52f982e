"""What units do for others, the opinions of units that are asked, and when the machine has to look at a dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("units", sa.Column("functions", sa.String(200), nullable=False, server_default=""))
    op.add_column("tasks", sa.Column("ask", sa.String(80), nullable=False, server_default=""))
    op.add_column("dossiers", sa.Column("limit_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_dossiers_limit", "dossiers", ["limit_at"], postgresql_where=sa.text("limit_at is not null")
    )
