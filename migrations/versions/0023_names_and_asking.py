"""Names of units with their days; and whether a move asks the applicant at once for what its form does not take."""

import sqlalchemy as sa
from alembic import op

from migrations.grants import insert_only

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    no = sa.text("false")
    op.add_column("moves", sa.Column("asks_again", sa.Boolean, nullable=False, server_default=no))
    op.create_table(
        "unit_names",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("since", sa.Date, primary_key=True),
        sa.Column("name_vi", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("basis", sa.String(300), nullable=False),
        sa.Column("recorded_by", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )
    insert_only(op, "unit_names")
