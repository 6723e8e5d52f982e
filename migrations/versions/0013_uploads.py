"""Files on their way, and which question of a form a document was attached for."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("documents", sa.Column("field", sa.String(200), nullable=False, server_default=""))
    op.create_table(
        "uploads",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column(
            "application_id",
            sa.BigInteger,
            sa.ForeignKey("applications.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("component", sa.String(80), nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("arrived", sa.BigInteger, nullable=False),
        sa.Column("promised", sa.String(64), nullable=False),
        sa.Column("document_id", sa.BigInteger, sa.ForeignKey("documents.id", ondelete="SET NULL")),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("arrived between 0 and length", name="arrived"),
    )
    op.create_index("ix_uploads_application_id", "uploads", ["application_id"])
    op.create_index("ix_uploads_document_id", "uploads", ["document_id"])
    op.create_index("ix_uploads_unfinished", "uploads", ["begun_by"], postgresql_where="arrived < length")
    op.create_index("ix_uploads_changed_at", "uploads", ["changed_at"])
