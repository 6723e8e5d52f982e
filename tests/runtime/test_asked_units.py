"""A consultation in the town hall: the unit next door answers, or the machine takes silence for consent, once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from common.identity.models import Account
from common.jobs import Work
from common.problems import Refusal
from config import Settings
from runtime import dossiers, queries, tasks
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.limits import pass_due
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.replay import replay, verify
from runtime.telling import tell_all
from tests.runtime.consulting import consulting
from tests.runtime.small import MONDAY
from tests.runtime.smtp import mail_server
from tests.runtime.town import Town, publish_small

LATER = MONDAY + timedelta(days=20)
BEFORE = MONDAY - timedelta(days=2)


def published(town: Town, silence: Any = "consent") -> None:
    body = consulting(silence)
    town.units["police"].functions = ""
    publish_small(town.session, BEFORE, MONDAY.date(), steps=body.steps, transitions=body.transitions)


def with_police(town: Town) -> None:
    town.units["hoa_binh"].functions = "police"
    town.session.flush()


def task_of(town: Town, dossier: Dossier, ask: str) -> Task:
    return town.session.scalars(select(Task).where(Task.dossier_id == dossier.id, Task.ask == ask)).one()


def test_the_unit_with_the_function_sees_the_dossier_and_answers(town: Town) -> None:
    published(town)
    with_police(town)
    dossier = town.received()
    task = task_of(town, dossier, "police")
    assert task.unit_id == town.units["hoa_binh"].id
    police = town.official("leader", "hoa_binh")
    assert dossier.code is not None
    shown = queries.dossier_for(town.session, dossier.code, police, at=MONDAY)
    assert shown is not None
    assert [each.ask for each in shown.may_work] == ["police"]
    stranger = town.official("leader", "son_thuy")
    assert queries.dossier_for(town.session, dossier.code, stranger, at=MONDAY) is None
    assert isinstance(tasks.complete(town.session, task, outcome="agreed", by=police, at=MONDAY), Task)
    land = task_of(town, dossier, "land")
    officer = town.official("case_officer")
    done = tasks.complete(town.session, land, outcome="objected", reason="Tranh chấp", by=officer, at=MONDAY)
    assert isinstance(done, Task)
    assert town.task(dossier).step == "weigh"
    lines = queries.history_of(town.session, shown)
    assert [(each.step.vi, each.how) for each in lines[-2:]] == [
        ("Bước ask · Công an xã", "agreed"),
        ("Bước ask · Địa chính", "objected"),
    ]
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_without_such_a_unit_reception_is_refused_and_says_what_is_missing(town: Town) -> None:
    published(town)
    refused = dossiers.accept(town.session, town.filed(), by=town.official("reception"), at=MONDAY)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.parameters["function"]) == ("identity.no_unit_with_function", "police")


@pytest.mark.parametrize(("silence", "then"), [("consent", "sign"), (None, "ask")])
def test_after_a_standstill_the_machine_catches_up_and_acts_once(
    town: Town, office: Office, settings: Settings, silence: Any, then: str
) -> None:
    published(town, silence)
    with_police(town)
    dossier = town.received()
    limit_at = from_plain(State, dossier.state).next_limit_at
    assert dossier.limit_at == limit_at is not None
    work = Work(town.session, LATER, office.files, settings)
    pass_due(work)
    assert dossier.limit_at is None
    assert town.task(dossier).step == then
    events = len(town.all(DossierEvent, dossier_id=dossier.id))
    pass_due(work)
    assert len(town.all(DossierEvent, dossier_id=dossier.id)) == events
    acts = [event.act for event in town.all(DossierEvent, dossier_id=dossier.id)]
    assert acts[-2:] == ["pass_limit", "pass_limit"]
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_a_late_answer_is_told_that_silence_counted(town: Town, office: Office, settings: Settings) -> None:
    published(town)
    with_police(town)
    dossier = town.received()
    pass_due(Work(town.session, LATER, office.files, settings))
    late = tasks.complete(
        town.session,
        task_of(town, dossier, "land"),
        outcome="agreed",
        by=town.official("case_officer"),
        at=LATER,
    )
    assert isinstance(late, Refusal)
    assert late.code == "dossiers.deemed_already"


def test_leaders_hear_by_mail_that_nobody_has_answered(
    town: Town, office: Office, settings: Settings
) -> None:
    published(town, None)
    with_police(town)
    dossier = town.received()
    leader = town.session.get_one(Account, town.official("leader").account_id)
    leader.email = "lanhdao@example.vn"
    with mail_server() as (address, received):
        told = replace(settings, mail_server=address, mail_sender="motcua@example.vn")
        work = Work(town.session, LATER, office.files, told)
        pass_due(work)
        tell_all(work, dossier.id, task_of(town, dossier, "police").number)
    assert [(mail["To"], mail["Subject"]) for mail in received] == [
        ("lanhdao@example.vn", f"Hồ sơ {dossier.code}: Công an xã chưa trả lời")
    ]
    assert f"/desk/dossiers/{dossier.code}" in received[0].get_content()
