"""The database: one metadata, one engine, sessions whose transaction is the request's.

Only PostgreSQL. Each package declares its own tables on `Base`; functions below the views never commit.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, TypeVar

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker

from common import exact_json

# Constraint names are part of migrations: derive them, never let the server invent them.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]


Row = TypeVar("Row", bound="Base")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


def locked(session: Session, row: Row) -> Row:
    """The row as it is now, and nobody else's until this transaction ends. What was set on it is kept."""
    # Refreshing alone forgets what is not written yet.
    session.flush()
    session.refresh(row, with_for_update={"of": type(row)})
    return row


def once_committed(session: Session, act: Callable[[], None]) -> None:
    """Does something outside the database when this transaction is committed; never when it is rolled back."""
    waiting = [act]

    def committed(_session: Session) -> None:
        while waiting:
            waiting.pop()()

    event.listen(session, "after_commit", committed, once=True)
    event.listen(session, "after_rollback", lambda _session: waiting.clear(), once=True)


class Database:
    """An engine and the sessions made from it."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(
            url, pool_pre_ping=True, json_serializer=exact_json.write, json_deserializer=exact_json.read
        )
        self.session = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: returning commits, raising rolls back."""
        with self.session.begin() as session:
            yield session
