"""A stamp that changes with reference data, units and versions: processes remember what they read by it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

STAMPED = ("calendars", "parameters", "interruptions", "units", "versions")
# A stamp is never given twice, though the transaction that gave it be rolled back: nobody may take what another
# transaction has seen for what holds now.
CHANGE = """
create function change_reference_stamp() returns trigger language plpgsql as $$
begin
  update reference_stamp set stamp = gen_random_uuid();
  return null;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "reference_stamp",
        sa.Column("one", sa.Boolean, primary_key=True, server_default=sa.true()),
        sa.Column("stamp", sa.Uuid, nullable=False),
        sa.CheckConstraint("one", name="one"),
    )
    op.execute("insert into reference_stamp (stamp) values (gen_random_uuid())")
    op.execute(CHANGE)
    for table in STAMPED:
        op.execute(
            f"create trigger change_reference_stamp after insert or update or delete or truncate on {table} "
            "for each statement execute function change_reference_stamp()"
        )
    # An act rewrites the row: where the page has room, no index is touched for it.
    op.execute("alter table dossiers set (fillfactor = 70)")
