"""The database: one metadata, one engine, sessions whose transaction is the request's.

Only PostgreSQL. Each package declares its own tables on `Base`; functions below the views never commit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from typing import Annotated, Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import (
    ARRAY,
    DateTime,
    Engine,
    MetaData,
    TableValuedAlias,
    bindparam,
    create_engine,
    event,
    func,
    literal,
)
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, PoolResetState
from sqlalchemy.types import TypeEngine

from common import exact_json
from common.statements import ShortConnection, put_in_doubt

# Constraint names are part of migrations: derive them, never let the server invent them.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# A connection idle for longer is asked whether the server is still there.
IDLE_SECONDS = 1.0

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


def unnested(name: str, **columns: tuple[type[TypeEngine[Any]], Sequence[Any] | str]) -> TableValuedAlias:
    """Values to join with, each column a type and its values, or the name under which they are given when it is run:
    one parameter a column, however many values there are, so the statement is put together once (a VALUES clause
    is put together anew each time)."""
    arrays = (
        bindparam(given, type_=ARRAY(kind)) if isinstance(given, str) else literal(list(given), ARRAY(kind))
        for kind, given in columns.values()
    )
    return func.unnest(*arrays).table_valued(*columns, name=name).render_derived()


def once_committed(session: Session, act: Callable[[], None]) -> None:
    """Does something outside the database when this transaction is committed; never when it is rolled back."""
    waiting = [act]

    def committed(_session: Session) -> None:
        while waiting:
            waiting.pop()()

    event.listen(session, "after_commit", committed, once=True)
    event.listen(session, "after_rollback", lambda _session: waiting.clear(), once=True)


def _look_after(engine: Engine) -> None:
    """A connection that lay idle is asked whether it still lives; one just used is not, which would double the
    round trips of a short act. One that comes back amid a transaction is rolled back; hardly any does."""

    @event.listens_for(engine, "do_connect")
    def _connected(_dialect: Any, _entry: Any, arguments: Any, parameters: Any) -> ShortConnection:
        return ShortConnection.connect(*arguments, **parameters)

    @event.listens_for(engine, "reset")
    def _put_right(connection: psycopg.Connection[Any], entry: Any, state: PoolResetState) -> None:
        if not state.terminate_only and connection.pgconn.transaction_status != TransactionStatus.IDLE:
            connection.rollback()
            put_in_doubt(entry.info)

    @event.listens_for(engine, "checkin")
    def _laid_down(_connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["laid_down"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _taken_up(connection: Any, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
        laid_down = entry.info.get("laid_down")
        if laid_down is None or monotonic() - laid_down < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.OperationalError as gone:
            raise DisconnectionError from gone


class Database:
    """An engine and the sessions made from it."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(
            url,
            json_serializer=exact_json.write,
            json_deserializer=exact_json.read,
            pool_reset_on_return=None,  # in place of it: _look_after
        )
        _look_after(self.engine)
        self.session = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: returning commits, raising rolls back."""
        with self.session() as session:
            yield session
            session.commit()
