"""Which amounts were reduced: what the law grants once a year is counted by them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

# Evaluations that were erased lawfully tell nothing any more: their amounts count as not reduced.
LOWERED = """$.trace[*] ? (@.code == "trace.reduced" && @.parameters.reduction.exact != "0")"""
ASSESSED_BEFORE = f"""
update charges set reduced = true
from evaluations
where evaluations.dossier_id = charges.dossier_id
  and evaluations.event = charges.event
  and evaluations.rule = charges.rule
  and jsonb_path_exists(evaluations.body, '{LOWERED}')
"""


def upgrade() -> None:
    op.add_column("charges", sa.Column("reduced", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(sa.text(ASSESSED_BEFORE))
