"""Indexes that answer a search of what one unit received and another solves."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ELSEWHERE = sa.text("solving_unit_id <> unit_id")
BEGINNING = {"applicant_folded": "text_pattern_ops"}


def upgrade() -> None:
    latest = ["solving_unit_id", "submitted_at", "id"]
    op.create_index("ix_dossiers_elsewhere", "dossiers", latest, postgresql_where=ELSEWHERE)
    op.create_index(
        "ix_dossiers_elsewhere_applicant",
        "dossiers",
        ["solving_unit_id", "applicant_folded"],
        postgresql_where=ELSEWHERE,
        postgresql_ops=BEGINNING,
    )
