"""Alembic's door: runs the revisions on the connection it is handed, all in one transaction.

There is no alembic.ini and no address here: `common.operations.migrations` gives the owner's connection and
the name of the application's role.
"""

from alembic import context

from migrations.tables import metadata, ours


def run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata(),
        include_object=ours,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
