"""The throttle counts right when many guess at once, in any number of processes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from common.db import Database
from common.identity.throttle import Limit, Tries, forgive, sweep, take
from tests.conftest import MONDAY_MORNING as NOW

FIVE = Limit("look_up", 5, timedelta(minutes=15))
SECRET = "a secret"


def take_once(database: Database, who: str = "192.0.2.7", limit: Limit = FIVE) -> timedelta | None:
    with database.transaction() as session:
        return take(session, limit, who, at=NOW, secret=SECRET)


def test_of_many_tries_at_once_only_the_allowed_pass(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: take_once(database), range(24)))
    assert waits.count(None) == 5
    assert {wait for wait in waits if wait} == {timedelta(minutes=15)}


def test_who_tries_and_what_for_are_counted_apart(database: Database) -> None:
    for _ in range(6):
        take_once(database)
    assert take_once(database, "192.0.2.8") is None
    assert take_once(database, limit=Limit("sign_in", 5, timedelta(minutes=15))) is None
    assert take_once(database) is not None


def test_a_window_opens_anew_when_it_has_closed(database: Database) -> None:
    for _ in range(6):
        take_once(database)
    with database.transaction() as session:
        later = take(session, FIVE, "192.0.2.7", at=NOW + timedelta(minutes=14), secret=SECRET)
        assert later == timedelta(minutes=1)
        assert take(session, FIVE, "192.0.2.7", at=NOW + timedelta(minutes=15), secret=SECRET) is None


def test_what_is_forgiven_or_old_is_forgotten(database: Database) -> None:
    take_once(database)
    take_once(database, "192.0.2.8")
    with database.transaction() as session:
        forgive(session, FIVE, "192.0.2.7", secret=SECRET)
        assert len(session.scalars(select(Tries)).all()) == 1
        sweep(session, at=NOW + timedelta(hours=23))
        assert len(session.scalars(select(Tries)).all()) == 1
        sweep(session, at=NOW + timedelta(hours=25))
        assert session.scalars(select(Tries)).all() == []


def test_nobody_is_named_in_the_table(database: Database) -> None:
    take_once(database)
    with database.transaction() as session:
        row = session.scalars(select(Tries)).one()
    assert len(row.key) == 64
    assert "192" not in bytes.fromhex(row.key).decode("latin-1")
