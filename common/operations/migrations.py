"""Bringing a database to the revision of this code."""

from alembic import command
from alembic.config import Config
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


def revisions() -> tuple[str, ...]:
    """Every revision this code knows, in order; they are numbered by the names of their files."""
    return tuple(sorted(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py")))


def head() -> str:
    """The revision of this code."""
    return revisions()[-1]


def serves(revision: str | None) -> bool:
    """Whether this code serves on a database of that revision: its own, or a later one. Migrations only add, so that
    an upgrade may go over several machines; those that wait for it go on serving."""
    return revision is not None and revision >= head()


def _configuration(connection: Connection, application_role: str) -> Config:
    configuration = Config(attributes={"connection": connection, "application_role": application_role})
    configuration.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return configuration
