"""Background work: a job exists if and only if its transaction committed."""

from dataclasses import replace

import pytest
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from common.clock import Clock
from common.db import Database
from common.identity.models import Account
from common.jobs import Work, Workshop, defer, job, queue
from config import Settings
from tests.support.databases import RolledBack
from tests.support.jobs import do_waiting, waiting, work_off_all

TESTING = "tests.make_account"


@job(TESTING, retries=0)
def make_account(work: Work, *, login: str) -> None:
    work.session.add(
        Account(kind="citizen", login=login, password_hash="-", full_name="Trần An", created_at=work.at)
    )
    if login == "broken":
        work.session.flush()
        raise ValueError(login)


@job("tests.make_one_more", retries=0)
def make_one_more(work: Work, *, logins: list[str]) -> None:
    """Asks for the first, and for itself with the rest."""
    defer(work.session, make_account, login=logins[0])
    if logins[1:]:
        defer(work.session, make_one_more, logins=logins[1:])


@pytest.fixture
def workshop(database: Database, settings: Settings, clock: Clock) -> Workshop:
    return Workshop(database, settings, clock)


def statuses(database: Database) -> list[str]:
    with database.transaction() as session:
        return list(session.scalars(text("select status::text from procrastinate_jobs order by id")))


def test_a_rolled_back_transaction_asks_for_nothing(database: Database) -> None:
    with database.session() as session:
        defer(session, make_account, login="an")
        session.rollback()
    assert statuses(database) == []


def test_a_savepoint_takes_only_its_own_job_back(session: Session) -> None:
    defer(session, make_account, login="an")
    savepoint = session.begin_nested()
    defer(session, make_account, login="binh")
    savepoint.rollback()
    assert waiting(session) == [(TESTING, {"login": "an"})]


def test_a_worker_does_what_was_committed(workshop: Workshop, settings: Settings, clock: Clock) -> None:
    with workshop.database.transaction() as session:
        defer(session, make_account, login="an")
    work_off_all(str(settings.database_url), workshop)
    with workshop.database.transaction() as session:
        account = session.scalars(select(Account)).one()
    assert (account.login, account.created_at) == ("an", clock())
    assert statuses(workshop.database) == []


def test_a_job_may_ask_for_others(workshop: Workshop, settings: Settings) -> None:
    with workshop.database.transaction() as session:
        defer(session, make_one_more, logins=["an", "binh"])
    # A worker that does not wait may leave before what its last job asked for is there, and this is a chain of three.
    for _ in range(3):
        work_off_all(str(settings.database_url), workshop)
    with workshop.database.transaction() as session:
        assert set(session.scalars(select(Account.login))) == {"an", "binh"}
    assert statuses(workshop.database) == []


def test_a_failing_job_leaves_nothing_but_its_failure(workshop: Workshop, settings: Settings) -> None:
    with workshop.database.transaction() as session:
        defer(session, make_account, login="broken")
    work_off_all(str(settings.database_url), workshop)
    with workshop.database.transaction() as session:
        assert session.scalars(select(Account)).all() == []
    assert statuses(workshop.database) == ["failed"]


def test_tests_can_do_waiting_jobs_in_their_own_transaction(
    transaction: RolledBack, session: Session, settings: Settings, clock: Clock
) -> None:
    defer(session, make_account, login="an")
    session.commit()
    do_waiting(Workshop(transaction, settings, clock))
    assert session.scalars(select(Account.login)).all() == ["an"]
    assert waiting(session) == []


def test_a_lock_admits_one_waiting_job(session: Session) -> None:
    once = queue.tasks["jobs.retry_stalled"]
    defer(session, once, timestamp=1)
    with pytest.raises(AlreadyEnqueued), session.begin_nested():
        defer(session, once, timestamp=2)
    assert [name for name, _ in waiting(session)] == ["jobs.retry_stalled"]


@pytest.fixture
def left_behind(workshop: Workshop) -> Workshop:
    """A job that a worker had begun when it was killed."""
    with workshop.database.transaction() as session:
        defer(session, make_account, login="an")
        session.execute(
            text(
                "with dead as (insert into procrastinate_workers (last_heartbeat) "
                "values (now() - interval '1 hour') returning id) "
                "update procrastinate_jobs set status = 'doing', worker_id = (select id from dead)"
            )
        )
    return workshop


def recover(workshop: Workshop, settings: Settings) -> None:
    with workshop.database.transaction() as session:
        defer(session, queue.tasks["jobs.retry_stalled"], timestamp=0)
    work_off_all(str(settings.database_url), workshop)
    work_off_all(str(settings.database_url), workshop)  # The first ends with the recovery itself.


def test_what_a_killed_worker_left_behind_is_done_by_the_next(
    left_behind: Workshop, settings: Settings
) -> None:
    recover(left_behind, settings)
    with left_behind.database.transaction() as session:
        assert session.scalars(select(Account.login)).all() == ["an"]


def test_a_job_that_kills_its_workers_is_given_up(left_behind: Workshop, settings: Settings) -> None:
    with left_behind.database.transaction() as session:
        session.execute(text("update procrastinate_jobs set attempts = 3"))
    recover(left_behind, settings)
    assert statuses(left_behind.database) == ["failed"]


def test_files_of_a_workshop_are_the_installations(workshop: Workshop, settings: Settings) -> None:
    moved = replace(workshop, settings=replace(settings, data_folder=settings.data_folder / "elsewhere"))
    assert workshop.files.folder == settings.data_folder / "files"
    assert moved.files.folder == settings.data_folder / "elsewhere" / "files"
