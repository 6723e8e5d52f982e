"""Mails that a procedure sends at a step: to whom, with what in them, and each of them once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import text

from common.identity.models import Account
from common.jobs import Work
from common.text import Text
from config import Settings
from procedure_library.definition import Step
from procedure_library.guidance import Occasion, StepNotice, filled
from runtime.models.dossiers import Dossier
from runtime.office import Office
from runtime.replay import replay, verify
from runtime.telling_of_steps import tell_all
from runtime.watch import limits
from runtime.watch.watching import Watch
from tests.runtime.small import MONDAY, STEPS
from tests.runtime.smtp import mail_server
from tests.runtime.town import Town, publish_small

SAID = Text("Hồ sơ {code} đến bước «{step}», hạn {due}.", "Dossier {code} is at “{step}”, until {due}.")
LATE = Text("Bước «{step}» của {code} quá hạn {due}.", "“{step}” of {code} was due {due}.")
NOTICES = (
    StepNotice("entered", "applicant", SAID),
    StepNotice("entered", "unit", SAID),
    StepNotice("overdue", "leaders", LATE),
)


@pytest.fixture
def post(settings: Settings) -> Iterator[tuple[Settings, list[EmailMessage]]]:
    with mail_server() as (address, received):
        yield replace(settings, mail_server=address, mail_sender="Một Cửa <motcua@example.vn>"), received


@pytest.fixture
def dossier(town: Town) -> Dossier:
    publish_small(town.session, MONDAY, date(2026, 3, 1), steps=steps())
    return town.received()


def steps() -> tuple[Step, ...]:
    return tuple(replace(step, notices=NOTICES) if step.key == "examine" else step for step in STEPS)


def asked(town: Town) -> list[dict[str, str]]:
    """What the jobs that were asked for are told, the first first."""
    question = "select args from procrastinate_jobs where task_name = 'steps.tell' order by id"
    return [dict(args) for args in town.session.scalars(text(question))]


def sent(
    town: Town, office: Office, settings: Settings, dossier: Dossier, when: Occasion, at: datetime = MONDAY
) -> None:
    for args in asked(town):
        if args["when"] == when:
            tell_all(
                Work(town.session, at, office.files, settings), dossier.id, args["step"], when, args["number"]
            )


def with_address(town: Town, role: str) -> Account:
    account = town.session.get_one(Account, town.official(role).account_id)
    account.email = f"{role}@example.vn"
    return account


def test_entering_a_step_asks_for_its_mails_in_the_same_transaction(town: Town, dossier: Dossier) -> None:
    (job,) = asked(town)
    assert (job["dossier_id"], job["step"], job["when"]) == (dossier.id, "examine", "entered")
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())
    town.complete(dossier, "fit")
    assert len(asked(town)) == 1


def test_each_reader_is_told_once_with_the_facts_of_the_dossier(
    town: Town, office: Office, dossier: Dossier, post: tuple[Settings, list[EmailMessage]]
) -> None:
    settings, received = post
    with_address(town, "case_officer")
    for _ in range(2):
        sent(town, office, settings, dossier, "entered")
    assert [mail["To"] for mail in received] == ["thuylinh@example.vn", "case_officer@example.vn"]
    assert received[0]["Subject"] == f"Hồ sơ {dossier.code}: Bước examine"
    assert f"Hồ sơ {dossier.code} đến bước «Bước examine», hạn " in received[0].get_content()
    assert f"/my/dossiers/{dossier.filing_number}" in received[0].get_content()
    assert f"/desk/dossiers/{dossier.code}" in received[1].get_content()


def test_a_step_that_is_over_is_no_news(
    town: Town, office: Office, dossier: Dossier, post: tuple[Settings, list[EmailMessage]]
) -> None:
    settings, received = post
    town.complete(dossier, "fit")
    sent(town, office, settings, dossier, "entered")
    assert received == []


def test_the_leaders_hear_of_an_overdue_step_once(
    town: Town, office: Office, dossier: Dossier, post: tuple[Settings, list[EmailMessage]]
) -> None:
    settings, received = post
    with_address(town, "leader")
    late = MONDAY + timedelta(days=3)
    for _ in range(2):
        limits.tasks_overdue(Watch(town.session, late), None)
    assert [job["when"] for job in asked(town)] == ["entered", "overdue"]
    sent(town, office, settings, dossier, "overdue", late)
    assert [mail["To"] for mail in received] == ["leader@example.vn"]
    assert f"Bước «Bước examine» của {dossier.code} quá hạn " in received[0].get_content()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{code}", "H1"),
        ("{person.full_name}", "{person.full_name}"),
        ("{code.__class__}", "{code.__class__}"),
        ("{{code}}", "{H1}"),
        ("{", "{"),
    ],
)
def test_a_text_reads_nothing_but_the_closed_list(written: str, told: str) -> None:
    assert filled(written, {"code": "H1"}) == told
