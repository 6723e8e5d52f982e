"""What failed for good is told without a word of what people typed, and is never lost: it is done again."""

import json

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from common.audit import AuditRow
from common.clock import Clock
from common.db import Database
from common.identity.models import Account
from common.job_failures import JobFailure
from common.jobs import Work, Workshop, defer, job, queue
from common.operations.jobs_cli import jobs
from config import Settings
from tests.support.jobs import work_off_all

NAME = "tests.send_letter"
mended = {"is": False}


class PostOfficeClosed(Exception):
    """Says a name, as exceptions do."""


@job(NAME, retries=0)
def send_letter(work: Work, *, letter_id: int) -> None:
    work.session.add(
        Account(
            kind="citizen",
            login=f"letter {letter_id}",
            password_hash="-",
            full_name="Trần An",
            created_at=work.at,
        )
    )
    work.session.flush()
    if not mended["is"]:
        raise PostOfficeClosed("Trần An, 038190000777")


@pytest.fixture
def workshop(database: Database, settings: Settings, clock: Clock) -> Workshop:
    mended["is"] = False
    return Workshop(database, settings, clock)


@pytest.fixture
def broken(workshop: Workshop, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Two letters that could not be sent, and one not tried yet."""
    monkeypatch.setenv("MOTCUA_DATABASE_URL", str(settings.database_url))
    monkeypatch.setenv("MOTCUA_DATABASE_OWNER_URL", str(settings.database_owner_url))
    monkeypatch.setenv("MOTCUA_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("MOTCUA_IDENTITY_KEY", settings.identity_key)
    for number in (1, 2):
        ask(workshop, number)
    work_off_all(str(settings.database_url), workshop)
    ask(workshop, 3)
    return workshop


def ask(workshop: Workshop, number: int) -> None:
    with workshop.database.transaction() as session:
        defer(session, send_letter, letter_id=number)


def statuses(session: Session) -> list[str]:
    return list(session.scalars(text("select status::text from procrastinate_jobs order by id")))


def numbers(workshop: Workshop) -> list[int]:
    with workshop.database.transaction() as session:
        return list(session.scalars(text("select id from procrastinate_jobs order by id")))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(jobs, arguments)


def test_the_list_tells_kinds_numbers_and_the_class_of_the_error(broken: Workshop, clock: Clock) -> None:
    first, second, _ = numbers(broken)
    told = run("--json")
    kind = {"name": NAME, "waiting": 1, "running": 0, "failed": 2, "last_error": "PostOfficeClosed"}
    failed = [
        {
            "id": number,
            "name": NAME,
            "parameters": {"letter_id": letter},
            "tries": 1,
            "error": "PostOfficeClosed",
            "failed_at": "2026-03-02T02:00:00+00:00",
        }
        for number, letter in ((first, 1), (second, 2))
    ]
    assert (told.exit_code, json.loads(told.output)) == (1, {"kinds": [kind], "failed": failed})
    lines = run()
    assert lines.exit_code == 1
    assert f'#{first} {NAME} {{"letter_id": 1}} PostOfficeClosed' in lines.output
    assert "Trần An" not in told.output + lines.output


def test_nothing_failed_is_exit_zero(broken: Workshop) -> None:
    with broken.database.transaction() as session:
        session.execute(text("delete from procrastinate_jobs where status = 'failed'"))
    assert run().exit_code == 0
    with broken.database.transaction() as session:
        session.execute(text("delete from procrastinate_jobs"))
    assert "Nothing waits and nothing has failed." in run().output


def test_what_is_done_again_succeeds_once_the_cause_is_mended(broken: Workshop, settings: Settings) -> None:
    done = run("retry", "--all", "--by", "Nguyễn Văn Trực")
    assert (done.exit_code, done.output) == (0, "Làm lại · To be done again: 2\n")
    mended["is"] = True
    work_off_all(str(settings.database_url), broken)
    with broken.database.transaction() as session:
        assert statuses(session) == []
        logins = session.scalars(select(Account.login).order_by(Account.login)).all()
        assert logins == ["letter 1", "letter 2", "letter 3"]
        assert session.scalars(select(JobFailure)).all() == []
        rows = session.execute(select(AuditRow.act, AuditRow.actor, AuditRow.details)).all()
    assert [tuple(row) for row in rows] == [("job.retried", "Nguyễn Văn Trực", {"name": NAME})] * 2
    assert run().exit_code == 0


def test_what_fails_again_stays_failed(broken: Workshop, settings: Settings) -> None:
    run("retry", "--all")
    work_off_all(str(settings.database_url), broken)
    with broken.database.transaction() as session:
        assert statuses(session) == ["failed"] * 3


def test_one_job_is_named_and_the_others_stay(broken: Workshop) -> None:
    first, second, waiting = numbers(broken)
    assert run("retry", str(second)).exit_code == 0
    with broken.database.transaction() as session:
        assert statuses(session) == ["failed", "todo", "todo"]
    again = run("retry", str(first), str(waiting))
    assert again.exit_code == 1
    assert f"Not failed, or waiting already: {waiting}\n" in again.output
    with broken.database.transaction() as session:
        assert statuses(session) == ["todo", "todo", "todo"]


@pytest.mark.parametrize("arguments", [(), ("--all", "7"), ("seven",)])
def test_wrong_use_is_exit_two(broken: Workshop, arguments: tuple[str, ...]) -> None:
    assert run("retry", *arguments).exit_code == 2
    with broken.database.transaction() as session:
        assert statuses(session) == ["failed", "failed", "todo"]


def test_a_job_that_took_its_workers_with_it_says_so(workshop: Workshop, settings: Settings) -> None:
    ask(workshop, 1)
    with workshop.database.transaction() as session:
        session.execute(
            text(
                "with dead as (insert into procrastinate_workers (last_heartbeat) "
                "values (now() - interval '1 hour') returning id) update procrastinate_jobs "
                "set status = 'doing', attempts = 3, worker_id = (select id from dead)"
            )
        )
        defer(session, queue.tasks["jobs.retry_stalled"], timestamp=0)
    work_off_all(str(settings.database_url), workshop)
    with workshop.database.transaction() as session:
        assert statuses(session) == ["failed"]
        assert session.scalars(select(JobFailure.error)).all() == ["WorkerLost"]


def test_what_a_worker_of_earlier_code_did_not_know_is_taken_up(
    workshop: Workshop, settings: Settings
) -> None:
    """Of three given up, one ran and failed, and one is of a kind that this code does not know either."""
    ask(workshop, 1)
    work_off_all(str(settings.database_url), workshop)
    ask(workshop, 2)
    mended["is"] = True
    with workshop.database.transaction() as session:
        session.execute(
            text("insert into procrastinate_jobs (queue_name, task_name) values ('default', 'of.next_year')")
        )
        session.execute(text("update procrastinate_jobs set status = 'failed'"))
        defer(session, queue.tasks["jobs.retry_stalled"], timestamp=0)
    for _ in range(2):
        work_off_all(str(settings.database_url), workshop)
    with workshop.database.transaction() as session:
        left = session.scalars(text("select task_name from procrastinate_jobs order by id")).all()
        assert left == [NAME, "of.next_year"]
        assert session.scalars(select(Account.login)).all() == ["letter 2"]
        assert session.scalars(select(AuditRow.act)).all() == ["job.retried"]
