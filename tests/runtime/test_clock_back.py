"""A server whose clock goes back by an hour: a clear stop, or a right date; never one before the act before."""

from datetime import timedelta

import pytest

from common.problems import Refusal
from runtime import dossiers, tasks
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.tasks import Task
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY
from tests.runtime.town import Town

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def test_an_act_before_the_last_one_is_refused_with_both_times(town: Town) -> None:
    dossier = town.filed()
    refused = dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY - HOUR)
    told = {"last": "09:00 02/03/2026", "at": "08:00 02/03/2026"}
    assert refused == Refusal("dossiers.clock_behind", told)
    assert (dossier.status, dossier.code, len(town.all(DossierEvent))) == ("submitted", None, 1)
    accepted = dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY)
    assert isinstance(accepted, Dossier)


@pytest.mark.parametrize("behind", [timedelta(seconds=1), 5 * MINUTE])
def test_clocks_that_are_not_quite_at_one_are_evened_out(town: Town, behind: timedelta) -> None:
    dossier = town.filed()
    dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY - behind)
    assert dossier.received_at == MONDAY
    assert dossier.code == "000.21.01.H99-260302-0001"
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_no_task_is_done_before_it_was_taken(town: Town) -> None:
    dossier = town.received()
    task = town.task(dossier)
    officer = town.official("case_officer")
    assert isinstance(tasks.claim(town.session, task, by=officer, at=MONDAY + HOUR), Task)
    done = tasks.complete(town.session, task, outcome="fit", by=officer, at=MONDAY)
    assert isinstance(done, Refusal)
    assert done.code == "dossiers.clock_behind"
    assert isinstance(tasks.complete(town.session, task, outcome="fit", by=officer, at=MONDAY + HOUR), Task)
