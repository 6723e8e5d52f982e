"""The ground of all other tests: real databases that begin empty."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from common.clock import system_clock
from common.db import Database
from common.identity.models import Account


def an_account(login: str) -> Account:
    return Account(
        kind="citizen", login=login, password_hash="-", full_name="Trần An", created_at=system_clock()
    )


def test_what_a_session_adds_is_gone_after_the_test(session: Session) -> None:
    session.add(an_account("an"))
    session.commit()
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_so_the_next_test_starts_empty(session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_what_is_committed_is_seen_by_others(database: Database) -> None:
    with database.transaction() as one:
        one.add(an_account("an"))
    with database.transaction() as other:
        assert other.scalars(select(Account.login)).all() == ["an"]


def test_and_taken_out_afterwards(database: Database) -> None:
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_the_application_owns_no_table(database: Database) -> None:
    with database.transaction() as session:
        owned = session.scalar(text("select count(*) from pg_tables where tableowner = current_user"))
    assert owned == 0
