"""Whether a move to another version asks the applicant at once for what its form does not take."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0020"


def upgrade() -> None:
    no = sa.text("false")
    op.add_column("moves", sa.Column("asks_again", sa.Boolean, nullable=False, server_default=no))
