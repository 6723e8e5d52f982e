"""Bringing a database to the revision of this code."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, text

from config import CHECKOUT

FOLDER = CHECKOUT / "migrations"
# Two processes that migrate at once take turns on this number.
LOCK = 7_106_828


def migrate(owner_url: str, application_role: str, revision: str = "head") -> None:
    """Applies what is missing, as the owner, in one transaction."""
    engine = create_engine(owner_url)
    try:
        with engine.begin() as connection:
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            command.upgrade(_configuration(connection, application_role), revision)
    finally:
        engine.dispose()


def role_of(url: str) -> str:
    """The role that an address signs in as."""
    return make_url(url).username or ""


def head() -> str:
    """The revision of this code."""
    return ScriptDirectory(str(FOLDER)).get_current_head() or ""


def current(connection: Connection) -> str | None:
    """The revision of the database; None when it holds nothing yet."""
    return MigrationContext.configure(connection).get_current_revision()


def _configuration(connection: Connection, application_role: str) -> Config:
    configuration = Config(attributes={"connection": connection, "application_role": application_role})
    configuration.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return configuration
