"""Administrators see what failed in the background, and have it done again."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from common.clock import Clock
from common.job_failures import note
from common.job_list import PAGE
from common.jobs import defer, queue
from tests.web.administering import acts, send

JOBS = "/administration/jobs"
NOTHING = "Không có việc nào hỏng"
WARNING = "Có việc nền bị hỏng"


def broken(session: Session, clock: Clock, name: str = "notices.send", **parameters: int) -> int:
    """A job that failed its last try."""
    defer(session, queue.tasks[name], **parameters)
    number = int(
        session.scalars(
            text(
                "update procrastinate_jobs set status = 'failed', attempts = 9 "
                "where id = (select max(id) from procrastinate_jobs) returning id"
            )
        ).one()
    )
    note(session, number, "SMTPConnectError", at=clock())
    return number


def row(session: Session, number: int) -> tuple[str, int]:
    found = session.execute(
        text("select status::text, attempts from procrastinate_jobs where id = :id"), {"id": number}
    ).one()
    return (found[0], found[1])


def test_a_failed_job_is_told_and_done_again(admin: FlaskClient, session: Session, clock: Clock) -> None:
    assert WARNING not in admin.get("/administration").text
    assert NOTHING in admin.get(JOBS).text
    number = broken(session, clock, notice_id=7)
    assert WARNING in admin.get("/administration").text
    shown = admin.get(JOBS).text
    for said in ("Gửi thư báo cho người nộp", "notice_id 7", "SMTPConnectError", "09 giờ 00, 02/03/2026"):
        assert said in shown
    assert send(admin, f"{JOBS}/{number}/retry").location == JOBS
    assert "Sẽ làm lại 1 việc." in admin.get(JOBS).text
    assert row(session, number) == ("todo", 0)
    assert acts(session, "job", str(number)) == [("job.retried", {"name": "notices.send"})]
    assert WARNING not in admin.get("/administration").text


def test_a_second_click_finds_nothing_to_do(admin: FlaskClient, session: Session, clock: Clock) -> None:
    number = broken(session, clock, notice_id=7)
    send(admin, f"{JOBS}/{number}/retry")
    assert send(admin, f"{JOBS}/{number}/retry").status_code == 404
    assert len(acts(session, "job", str(number))) == 1


def test_all_are_done_again_but_what_waits_already(
    admin: FlaskClient, session: Session, clock: Clock
) -> None:
    numbers = [broken(session, clock, notice_id=number) for number in (1, 2)]
    recovery = broken(session, clock, "jobs.retry_stalled", timestamp=1)
    defer(session, queue.tasks["jobs.retry_stalled"], timestamp=2)
    assert send(admin, f"{JOBS}/retry").location == JOBS
    assert "Sẽ làm lại 2 việc." in admin.get(JOBS).text
    assert [row(session, number) for number in numbers] == [("todo", 0), ("todo", 0)]
    assert row(session, recovery) == ("failed", 9)


def test_failures_are_read_page_by_page(admin: FlaskClient, session: Session, clock: Clock) -> None:
    numbers = [broken(session, clock, notice_id=number) for number in range(PAGE + 1)]
    first = admin.get(JOBS).text
    assert f"{JOBS}?after={numbers[-2]}" in first
    assert f"{JOBS}/{numbers[-1]}/retry" not in first
    rest = admin.get(f"{JOBS}?after={numbers[-2]}").text
    assert f"{JOBS}/{numbers[-1]}/retry" in rest
    assert f"{JOBS}/{numbers[0]}/retry" not in rest


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "٣", "²"])
def test_a_strange_address_shows_the_first_page(admin: FlaskClient, after: str) -> None:
    assert NOTHING in admin.get(f"{JOBS}?after={after}").text


def test_who_reads_english_reads_it_in_english(admin: FlaskClient, session: Session, clock: Clock) -> None:
    broken(session, clock, notice_id=7)
    admin.get("/profile?language=en")
    assert "Sending a notice to the applicant" in admin.get(JOBS).text
