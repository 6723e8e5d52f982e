"""Which dossier another is a part of."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("dossiers", sa.Column("parent_id", sa.BigInteger, sa.ForeignKey("dossiers.id")))
    op.add_column("dossiers", sa.Column("child_number", sa.SmallInteger))
    op.create_index(
        "uq_dossiers_part",
        "dossiers",
        ["parent_id", "child_number"],
        unique=True,
        postgresql_where=sa.text("parent_id is not null"),
    )
