"""The job queue: Procrastinate's own schema, as its pinned release ships it.

A later release of the library comes with a later revision here that applies the library's own migration files.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Sent as it is: the script has colons and percent signs that SQLAlchemy would take for parameters.
    op.get_bind().connection.driver_connection.execute(SchemaManager.get_schema())
