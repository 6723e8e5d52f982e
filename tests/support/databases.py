"""Databases for tests: a migrated template made once in a run, and copies of it."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import sessionmaker

from common.db import Database
from common.operations.migrations import migrate, role_of
from common.problems import MotcuaError
from config import read_settings
from tests.support.server import Addresses, served

PROCESSES = 16


def in_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


class Run:
    """One test run, shared by all its worker processes through a folder."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.worker = worker
        self.prefix = f"motcua_test_{folder.name[-8:].lower()}"

    @contextmanager
    def locked(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def addresses(self) -> Addresses:
        settings = read_settings({**os.environ, "MOTCUA_DATA_FOLDER": str(self.folder), "MOTCUA_DEMO": "1"})
        if settings.database_url is None:
            return served(self.folder)
        if settings.database_owner_url is None:
            raise MotcuaError(
                "MOTCUA_DATABASE_OWNER_URL: missing; tests need the owner's role, with CREATEDB"
            )
        return Addresses(settings.database_owner_url, settings.database_url)

    def copy(self, template: str, name: str, fill: Callable[[str, str], None] | None = None) -> Addresses:
        """A fresh copy of the named template, which `fill(owner_url, application_url)` completes once."""
        with self.locked():
            addresses = self.addresses()
            source = f"{self.prefix}_{template}"
            made = self.folder / f"template-{template}"
            if not made.exists():
                self._make_template(addresses, source, fill)
                made.touch()
            target = f"{self.prefix}_{self.worker}_{name}"
            _send_home(addresses.application, target)
            with maintenance(addresses.owner) as connection:
                dropped(connection, target, addresses.application)
                connection.execute(text(f'create database "{target}" template "{source}"'))
        return Addresses(in_database(addresses.owner, target), in_database(addresses.application, target))

    def at_revision(self, revision: str, name: str) -> Addresses:
        """A database without rows as an earlier revision left it."""
        with self.locked():
            return _made(self.addresses(), f"{self.prefix}_{self.worker}_{name}", revision)

    def _make_template(
        self, addresses: Addresses, source: str, fill: Callable[[str, str], None] | None
    ) -> None:
        made = _made(addresses, source)
        if fill is not None:
            fill(made.owner, made.application)

    def drop_all(self) -> None:
        """Leaves a managed server as it was; the run's own server goes away whole."""
        if not os.environ.get("MOTCUA_DATABASE_URL") or not (self.folder / "lock").exists():
            return
        with maintenance(self.addresses().owner) as connection:
            names = connection.execute(
                text("select datname from pg_database where starts_with(datname, :prefix)"),
                {"prefix": self.prefix},
            )
            for (name,) in names.all():
                dropped(connection, name)


def _made(addresses: Addresses, name: str, revision: str = "head") -> Addresses:
    """A new database of that name, migrated up to the revision."""
    with maintenance(addresses.owner) as connection:
        dropped(connection, name)
        connection.execute(text(f'create database "{name}"'))
    made = Addresses(in_database(addresses.owner, name), in_database(addresses.application, name))
    migrate(made.owner, role_of(made.application), revision)
    return made


@contextmanager
def maintenance(url: str) -> Iterator[Connection]:
    """A connection outside any transaction, for making and dropping databases."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _send_home(application: str, name: str) -> None:
    """Ends what the application of an earlier test still has open there: the owner may not."""
    with maintenance(application) as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = :name and usename = current_user"
            ),
            {"name": name},
        )


def dropped(connection: Connection, name: str, application: str = "") -> None:
    """Drops the database, whoever is in it; whom the application has there is sent home again as often as it comes.

    The server's own autovacuum may be at work there, and only a superuser may send it away: it leaves by itself.
    """
    for patience in (0.1, 0.5, 2.0, 5.0, 10.0):
        try:
            connection.execute(text(f'drop database if exists "{name}" with (force)'))
            return
        except ProgrammingError as refused:
            if not isinstance(refused.orig, InsufficientPrivilege):
                raise
            sleep(patience)
            if application:
                _send_home(application, name)
    connection.execute(text(f'drop database if exists "{name}" with (force)'))


def empty(owner_url: str) -> None:
    """Takes every row out, as the owner; tables without rows cost next to nothing."""
    with maintenance(owner_url) as connection:
        tables = connection.scalars(
            text("select quote_ident(tablename) from pg_tables where schemaname = 'public'")
        ).all()
        asked = (f"select '{t}' where exists (select from {t})" for t in tables if t != "alembic_version")
        if filled := connection.scalars(text(" union all ".join(asked))).all():
            connection.execute(text(f"truncate {', '.join(filled)} restart identity cascade"))


class RolledBack(Database):
    """A database whose sessions all live in one transaction that the test takes back.

    The app under test and the test itself see each other's rows; a commit only releases a savepoint.
    """

    def __init__(self, connection: Connection) -> None:
        self.engine = connection.engine
        self.session = sessionmaker(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
