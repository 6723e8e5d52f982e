"""Statements by the shortest way: the same answers, the same errors and the same transactions as by the usual one."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from common.db import Database
from common.statements import Line, numbered, run

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ECHO = numbered(
    "select %s::bigint, %s::text, %s::timestamptz, %s::boolean, %s::numeric, %s::int[], %s::jsonb"
)
VALUES: tuple[tuple[Any, ...], ...] = (
    (7, "Nguyễn Thị Lan", NOW, True, Decimal("12.10"), [1, 2], '{"a": 1}'),
    (2**40, "it's; -- %s $1", NOW, False, Decimal("-3"), [], "null"),
    (None, None, None, None, None, None, None),
    (-1, "", NOW, True, Decimal("0"), [2**30], "[]"),
)
BACKEND = numbered("select pg_backend_pid()")
DOUBLED = numbered("select %s::int * 2")


@pytest.mark.parametrize("values", VALUES)
def test_values_come_back_as_they_were_sent(database: Database, values: tuple[Any, ...]) -> None:
    with database.transaction() as session:
        (found,) = run(session, ECHO, values)
        usual = session.connection().exec_driver_sql(_placed(ECHO), values)
        assert found == tuple(usual.one())


def _placed(statement: bytes) -> str:
    """The same for the driver's cursor, which numbers places itself."""
    return re.sub(r"\$\d+", "%s", statement.decode())


def test_a_transaction_opened_by_it_is_the_sessions_own(database: Database) -> None:
    """Whichever statement opened it, all of it is kept or nothing."""
    # One connection for all: a temporary table is its own.
    with database.engine.connect() as connection, Session(connection) as session:
        session.execute(text("create temporary table kept (n int)"))
        session.commit()
        for end, expected in ((session.commit, 1), (session.rollback, 1)):
            assert run(session, DOUBLED, (21,)) == [(42,)]
            session.execute(text("insert into kept values (1)"))
            end()
            assert session.execute(text("select count(*) from kept")).scalar_one() == expected
        session.execute(text("drop table kept"))
        session.commit()


def test_it_runs_after_a_rollback_of_all_and_of_a_part(database: Database) -> None:
    """The driver makes the server forget what was prepared whenever something is rolled back."""
    with database.session() as session:
        _prepare_by_the_driver(session)
        assert run(session, DOUBLED, (1,)) == [(2,)]
        session.rollback()
        assert run(session, DOUBLED, (2,)) == [(4,)]
        part = session.begin_nested()
        _prepare_by_the_driver(session)
        part.rollback()
        assert run(session, DOUBLED, (3,)) == [(6,)]
        assert run(session, ECHO, VALUES[0])[0][0] == 7


def _prepare_by_the_driver(session: Any) -> None:
    for _ in range(8):
        session.execute(text("select 1 + :n"), {"n": 1})


def test_errors_are_those_of_every_other_statement(database: Database) -> None:
    with database.session() as session:
        session.execute(text("create table pg_temp.once (n int primary key)"))
        run(session, numbered("insert into pg_temp.once values (%s)"), (1,))
        with pytest.raises(IntegrityError) as told:
            run(session, numbered("insert into pg_temp.once values (%s)"), (1,))
        assert isinstance(told.value.orig, psycopg.errors.UniqueViolation)
        session.rollback()
        with pytest.raises(DBAPIError, match="out of range"):
            run(session, DOUBLED, (2**31 - 1,))


def test_an_error_of_the_first_statement_leaves_nothing_open(database: Database) -> None:
    with database.session() as session:
        assert run(session, DOUBLED, (1,)) == [(2,)]
    with database.session() as session:
        with pytest.raises(DBAPIError):
            run(session, DOUBLED, (2**40,))
        session.rollback()
        assert run(session, DOUBLED, (5,)) == [(10,)]


def test_a_connection_known_to_be_gone_cannot_even_send(database: Database) -> None:
    with database.session() as session:
        ((backend,),) = run(session, BACKEND, ())
        line: Line = session.connection().info["line"]
        with database.session() as other:
            other.execute(text("select pg_terminate_backend(:pid)"), {"pid": backend})
        for _ in range(2):
            with pytest.raises(psycopg.OperationalError):
                line.run(BACKEND, ())
        with pytest.raises(OperationalError):
            session.commit()


@pytest.mark.parametrize("when", ["amid the transaction", "before it"])
def test_a_connection_that_is_gone_is_told_and_given_up(database: Database, when: str) -> None:
    with database.session() as session:
        ((backend,),) = run(session, BACKEND, ())
        if when == "before it":
            session.commit()
        with database.session() as other:
            other.execute(text("select pg_terminate_backend(:pid)"), {"pid": backend})
        with pytest.raises(OperationalError) as told:
            run(session, DOUBLED, (1,))
        assert told.value.connection_invalidated
        session.rollback()
        assert run(session, DOUBLED, (4,)) == [(8,)]


def test_a_commit_that_fails_raises(database: Database) -> None:
    with database.session() as session:
        session.execute(text("create table pg_temp.late (n int unique deferrable initially deferred); "))
        session.execute(text("insert into pg_temp.late values (1), (1)"))
        with pytest.raises(IntegrityError):
            session.commit()
        session.rollback()


def test_dates_and_numbers_need_no_types(database: Database) -> None:
    """The server knows the columns: one statement serves numbers of every size."""
    with database.session() as session:
        session.execute(text("create table pg_temp.days (n bigint, day date)"))
        write = numbered("insert into pg_temp.days values (%s, %s)")
        for number in (1, 2**40):
            run(session, write, (number, date(2026, 3, 2)))
        line: Line = session.connection().info["line"]
        assert sum(statement == write for statement in line._known) == 1
        assert run(
            session, numbered("select sum(n) from pg_temp.days where day = %s"), (date(2026, 3, 2),)
        ) == [(Decimal(2**40 + 1),)]
