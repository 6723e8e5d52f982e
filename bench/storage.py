"""What tests and requests do most: copying a database, keeping a file, asking for a job."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from bench import measures, median_seconds
from bench.installation import installation
from common.db import Database
from common.files import FileStore
from common.jobs import defer, retry_stalled
from common.operations.database import application_url, owner_url
from common.operations.migrations import migrate, role_of
from common.postgres.embedded import Embedded
from common.postgres.visit import visit
from config import Settings, read_settings


@contextmanager
def migrated() -> Iterator[Settings]:
    """An embedded database of this revision, which runs inside the block."""
    with installation() as environment:
        settings = read_settings(environment)
        with visit(Embedded.of(settings.data_folder), settings.data_folder / "logs"):
            migrate(owner_url(settings), role_of(application_url(settings)))
            yield settings


@measures("database.template_copy", "s", "<= 0.5")
def template_copy() -> float:
    """What a test worker pays for a database of its own."""
    with migrated() as settings:
        engine = Database(Embedded.of(settings.data_folder).url("motcua_owner", "postgres")).engine

        def copy() -> None:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("create database copy template motcua"))
                connection.execute(text("drop database copy"))

        taken = median_seconds(copy)
        engine.dispose()
    return taken


@measures("jobs.defer", "ms", "<= 2")
def defer_a_job() -> float:
    """Asking for a job inside a transaction that has other things to do as well."""
    with migrated() as settings:
        database = Database(application_url(settings))

        def ask() -> None:
            with database.session() as session:
                for number in range(100):
                    with session.begin_nested() as savepoint:
                        defer(session, retry_stalled, timestamp=number)
                        savepoint.rollback()

        taken = median_seconds(ask)
        database.engine.dispose()
    return taken * 1000 / 100


@measures("files.keep_1_megabyte", "ms", "<= 50")
def keep_a_file() -> float:
    """On the disk for good, as an upload must be before its row is committed."""
    with tempfile.TemporaryDirectory() as folder:
        store = FileStore(Path(folder))
        contents = iter(number.to_bytes(4, "big") * 262_144 for number in range(100))
        return 1000 * median_seconds(lambda: store.keep(next(contents), "application/pdf"))
