"""Which database this installation uses, and whether it can be used at all."""

import atexit

import psycopg
from sqlalchemy import make_url

from common.db import Database
from common.operations.migrations import head, serves
from common.postgres.address import connected
from common.postgres.embedded import APPLICATION, OWNER, Embedded
from common.postgres.visit import visit
from common.problems import MotcuaError
from config import Settings

OLDEST_SERVER = 15
CONNECT_SECONDS = 10
TWO_ROLES = (
    "MOTCUA_DATABASE_OWNER_URL: missing; the tables belong to a role of its own, so that the application "
    "cannot rewrite history: give the address of that role (docs/settings.md says how to make the two)"
)


class DatabaseUnusable(MotcuaError):
    """The database cannot be reached or used; the message is one line for the administrator."""


def application_url(settings: Settings) -> str:
    """The address of the role that serves."""
    return settings.database_url or Embedded.of(settings.data_folder).url(APPLICATION)


def owner_url(settings: Settings) -> str:
    """The address of the role that owns the tables and runs migrations."""
    if settings.database_url is None:
        return Embedded.of(settings.data_folder).url(OWNER)
    if settings.database_owner_url is None:
        raise DatabaseUnusable(TWO_ROLES)
    if make_url(settings.database_owner_url).username == make_url(settings.database_url).username:
        raise DatabaseUnusable(
            "MOTCUA_DATABASE_OWNER_URL: names the same role as MOTCUA_DATABASE_URL; "
            "the application's role must own nothing"
        )
    return settings.database_owner_url


def open_database(settings: Settings, *, migrated: bool = True, serving: bool = False) -> Database:
    """The database for a command. An embedded server that does not run is started until the command ends.

    Refuses a database of another revision than this code, unless the command itself sees to that; when `serving`, one
    that another machine has migrated to later code will do.
    """
    if settings.database_url is None:
        stack = visit(Embedded.of(settings.data_folder), settings.data_folder / "logs")
        atexit.register(stack.close)
    else:
        check_usable("MOTCUA_DATABASE_URL", settings.database_url)
    url = application_url(settings)
    there = revision(url) if migrated else head()
    if there != head() and not (serving and serves(there)):
        raise DatabaseUnusable(
            f"The database is at revision {there or 'none'} and this version needs {head()}: run motcua migrate"
        )
    return Database(url)


def revision(url: str) -> str | None:
    """The revision of the database; None when no migration ever ran on it."""
    with connected(url) as connection:
        try:
            row = connection.execute("select version_num from alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return str(row[0]) if row else None


def check_usable(setting: str, url: str) -> None:
    """Raises one clear line when nothing answers there, or something too old."""
    shown = make_url(url).render_as_string(hide_password=True).replace("postgresql+psycopg", "postgresql")
    try:
        with connected(url, connect_timeout=CONNECT_SECONDS) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as wrong:
        raise DatabaseUnusable(f"{setting}: cannot use {shown}: {_reason(wrong)}") from None
    if version < OLDEST_SERVER:
        raise DatabaseUnusable(
            f"{setting}: {shown} is PostgreSQL {version}; {OLDEST_SERVER} or later is needed"
        )


def _reason(wrong: psycopg.Error) -> str:
    """The last thing the driver says, on one line: earlier lines repeat the address."""
    lines = [line.strip() for line in str(wrong).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("Is the server running", "Multiple"))]
    return telling[-1].rsplit("failed: ", 1)[-1] if telling else type(wrong).__name__
