"""Statements that run at every act, by the shortest way there is: prepared once by their connection, then sent to the
server as they are, inside the session's own transaction.

It is the driver's own library (`psycopg.pq`) that sends them. The driver's cursors do the same and more, for twice the
time of this process.
"""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

import psycopg
from psycopg.abc import Transformer
from psycopg.adapt import PyFormat
from psycopg.adapt import Transformer as Sending
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, SessionTransaction

Answer = Sequence[tuple[Any, ...]]


class ShortConnection(psycopg.Connection[Any]):
    """A connection that commits by the shortest way, too."""

    def commit(self) -> None:
        if self.pgconn.transaction_status == TransactionStatus.INTRANS:
            asked(self.pgconn, self.pgconn.exec_, b"COMMIT")
        else:
            super().commit()


def asked(pgconn: PGconn, ask: Callable[..., PGresult], *values: Any) -> PGresult:
    """The result of what succeeded; else the error that the driver's cursors would raise."""
    try:
        result = ask(*values)
    except MemoryError as nothing:
        # So psycopg tells that libpq has no result at all: it could not even send.
        raise psycopg.OperationalError(pgconn.get_error_message()) from nothing
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return result
    if pgconn.status == ConnStatus.BAD or not result.error_field(DiagnosticField.SQLSTATE):
        # The server's own errors have a code; this one is the library's: there is no server any more.
        raise psycopg.OperationalError(result.get_error_message())
    raise error_from_result(result)


class Prepared(NamedTuple):
    """A statement as one connection knows it, with what has been found out about sending its values."""

    name: bytes
    sending: Transformer


class Line:
    """A connection, and the statements that it has prepared.

    `is_in_doubt`: something was rolled back, whereupon the driver may have had the server forget all statements.
    """

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        self.pgconn: PGconn = connection.pgconn
        self.is_in_doubt = False
        self._known: dict[bytes, Prepared] = {}
        self._names = (b"act_%d" % number for number in count())

    def run(self, statement: bytes, values: Sequence[Any]) -> Answer:
        """What the server answers; it opens the transaction where none is open."""
        if self.is_in_doubt:
            self._forget_what_is_gone()
        name, sending = self._known.get(statement) or self._prepared(statement)
        if self.pgconn.transaction_status != TransactionStatus.IDLE:
            return self._read(sending, self._sent(name, sending, values))
        if values and all(type(value) is int for value in values):
            # Both at once: the server is asked one time less.
            return self._read(sending, self._plain(b"BEGIN;EXECUTE %b(%b)" % (name, _numbers(values))))
        self._plain(b"BEGIN")
        return self._read(sending, self._sent(name, sending, values))

    def _prepared(self, statement: bytes) -> Prepared:
        """Types are left to the server, which knows the columns: one statement, whatever the size of a number."""
        name = next(self._names)
        asked(self.pgconn, self.pgconn.prepare, name, statement)
        known = self._known[statement] = Prepared(name, Sending(self.connection))
        return known

    def _forget_what_is_gone(self) -> None:
        there = self._plain(b"select name from pg_prepared_statements")
        names = {there.get_value(row, 0) for row in range(there.ntuples)}
        self._known = {text: known for text, known in self._known.items() if known.name in names}
        self.is_in_doubt = False

    def _sent(self, name: bytes, sending: Transformer, values: Sequence[Any]) -> PGresult:
        plain = sending.dump_sequence(values, [PyFormat.TEXT] * len(values))
        return asked(self.pgconn, self.pgconn.exec_prepared, name, plain)

    def _plain(self, text: bytes) -> PGresult:
        return asked(self.pgconn, self.pgconn.exec_, text)

    def _read(self, sending: Transformer, result: PGresult) -> Answer:
        sending.set_pgresult(result)
        return cast(Answer, sending.load_rows(0, result.ntuples, tuple))


def _numbers(values: Sequence[int]) -> bytes:
    return b",".join([b"%d" % value for value in values])


@event.listens_for(Engine, "rollback")
def _rolled_back(connection: Connection) -> None:
    if not connection.invalidated:
        put_in_doubt(connection.info)


@event.listens_for(Engine, "rollback_savepoint")
def _rolled_back_in_part(connection: Connection, _name: str, _context: None) -> None:
    _rolled_back(connection)


def put_in_doubt(info: dict[Any, Any]) -> None:
    """Notes that something was rolled back on the connection about which this is known."""
    if (line := info.get("line")) is not None:
        line.is_in_doubt = True


# By transaction of a session: the line of its connection.
_LINES: WeakKeyDictionary[SessionTransaction, Line] = WeakKeyDictionary()


def numbered(statement: str) -> bytes:
    """A statement with its places (%s) numbered, as the server reads it."""
    parts = statement.split("%s")
    return (
        "".join(f"{part}${number}" for number, part in enumerate(parts[:-1], 1)).encode() + parts[-1].encode()
    )


def run(session: Session, statement: bytes, values: Sequence[Any]) -> Answer:
    """Runs a numbered statement in this transaction and gives all rows of its answer."""
    line = _line(session)
    try:
        return line.run(statement, values)
    except psycopg.Error as error:
        raise _as_usual(session, line, statement, error) from error


def _line(session: Session) -> Line:
    transaction = session.get_transaction() or session.begin()
    if (known := _LINES.get(transaction)) is None:
        connection = session.connection()
        if (known := connection.info.get("line")) is None:
            driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
            known = connection.info["line"] = Line(driver)
        _LINES[transaction] = known
    return known


def _as_usual(session: Session, line: Line, statement: bytes, error: psycopg.Error) -> Exception:
    """The error as every other statement of the session tells it; a connection that is gone is given up."""
    connection = session.connection()
    gone = connection.dialect.is_disconnect(cast(Any, error), cast(Any, line.connection), None)
    if gone:
        connection.invalidate(error)
    told = DBAPIError.instance(
        statement.decode(),
        None,
        error,
        psycopg.Error,
        connection_invalidated=gone,
        dialect=connection.dialect,
    )
    return cast(Exception, told)
