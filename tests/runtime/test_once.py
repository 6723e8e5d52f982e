"""A repeated click is told what happened, and happens no second time."""

from datetime import timedelta
from typing import Any

import pytest

from common.problems import Refusal
from runtime import applications, dossiers, tasks
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.worlds import stored_answers
from tests.runtime.small import MONDAY
from tests.runtime.town import Town

REASON = "1. Thiếu chữ ký của người yêu cầu."


@pytest.mark.parametrize("act", ["accept", "refuse", "return_for_completion"])
def test_a_second_click_is_told_who_was_first(town: Town, act: str) -> None:
    dossier = town.filed()
    reception = town.official("reception")
    click: Any = getattr(dossiers, act)
    more = {} if act == "accept" else {"reason": REASON}
    assert isinstance(click(town.session, dossier, by=reception, at=MONDAY, **more), Dossier)
    events = dossier.events
    again = click(town.session, dossier, by=reception, at=MONDAY + timedelta(minutes=1), **more)
    assert again == Refusal("dossiers.already_done", {"who": "Trần Thu Hà", "at": "09:00 02/03/2026"})
    assert dossier.events == events


def test_what_was_answered_last_is_sent_even_if_not_yet_written(town: Town) -> None:
    citizen = town.citizen()
    application = town.begun(citizen)
    person = {**application.answers["person"], "copies": 7}
    with town.session.no_autoflush:
        application.answers = {"person": person}
        dossier = applications.submit(town.session, application, by=citizen, at=MONDAY)
    assert isinstance(dossier, Dossier)
    assert stored_answers(town.session, dossier)["person"]["copies"] == 7


def test_sending_twice_files_once(town: Town) -> None:
    citizen = town.citizen()
    application = town.begun(citizen)
    first = applications.submit(town.session, application, by=citizen, at=MONDAY)
    assert isinstance(first, Dossier)
    again = applications.submit(town.session, application, by=citizen, at=MONDAY)
    assert again == Refusal("dossiers.sent_already", {"number": first.filing_number})
    assert len(town.all(Dossier)) == 1


def test_completing_twice_completes_once(town: Town) -> None:
    dossier = town.received()
    task, by = town.task(dossier), town.official("case_officer")
    assert isinstance(tasks.complete(town.session, task, outcome="fit", by=by, at=MONDAY), Task)
    again = tasks.complete(town.session, task, outcome="fit", by=by, at=MONDAY)
    assert again == Refusal("dossiers.already_done", {"who": "Nguyễn Văn Bình", "at": "09:00 02/03/2026"})


def test_who_may_not_send_again_leaves_the_application_as_it_was(town: Town) -> None:
    dossier = town.filed()
    reception = town.official("reception")
    dossiers.return_for_completion(town.session, dossier, reason=REASON, by=reception, at=MONDAY)
    (application,) = town.all(Application)
    before = (application.sent_at, application.version_id, dossier.applicant)
    stranger, later = town.citizen("congdan2"), MONDAY + timedelta(hours=1)
    application.answers = {"person": {**application.answers["person"], "copies": 5}}
    town.session.flush()
    refused = applications.submit(town.session, application, by=stranger, at=later)
    town.session.flush()
    town.session.expire_all()
    assert refused == Refusal("dossiers.not_yours")
    assert (application.sent_at, application.version_id, dossier.applicant) == before
    assert application.answers["person"]["copies"] == 5
