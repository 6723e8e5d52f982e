"""What may be done with one task, by whom: the table that an official can read and correct."""

from datetime import timedelta
from typing import Any

import pytest

from common.identity.actor import Actor
from common.problems import Refusal
from runtime import directing, queries, tasks
from runtime.engine.advance import Advance
from runtime.engine.events import (
    AnyEvent,
    Claim,
    Complete,
    Escalate,
    Reassign,
    Release,
)
from runtime.models.tasks import Task
from runtime.replay import replay, verify
from tests.runtime.small import CLOCK, MONDAY, OTHER_UNIT, Desk, official, received
from tests.runtime.tables import rows_of
from tests.runtime.town import Town

ROWS = rows_of("task_verbs.csv")
HOLDER = official("case_officer")
OFFICER = official("case_officer", account=77)
LEADER = official("leader")
PERSONS = {
    "an officer": OFFICER,
    "case_officer": HOLDER,
    "clock": CLOCK,
    "leader elsewhere": official("leader", unit=OTHER_UNIT),
}
TAKERS = {
    "an officer": OFFICER,
    "who has it": HOLDER,
    "a cashier": official("cashier"),
    "an officer elsewhere": official("case_officer", 78, OTHER_UNIT),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['task']}-{row['act']}-{row['by']}")
def test_an_act_on_a_task_leads_where_the_table_says(row: dict[str, str]) -> None:
    desk = _in(row["task"])
    before = desk.state
    answer = desk.ask(_event(row["act"], PERSONS.get(row["by"]) or official(row["by"])))
    if isinstance(answer, Refusal):
        assert answer.code == row["then"]
        assert desk.state == before
    else:
        assert _standing(desk) == row["then"]


def test_who_gave_a_task_is_forgotten_once_it_is_given_back() -> None:
    desk = _in("given")
    assert desk.state.tasks[0].given_by == LEADER.account_id
    desk.ask(Release(by=OFFICER, at=MONDAY, task=desk.state.tasks[0].number))
    assert desk.state.tasks[0].given_by is None


def test_the_official_is_told_by_the_inbox_who_gave_the_task(town: Town) -> None:
    task, leader = town.task(town.received()), town.official("leader")
    taker, *_ = directing.takers(town.session, task, MONDAY)
    given = directing.reassign(town.session, task, to=taker.account, by=leader, at=MONDAY)
    assert isinstance(given, Task)
    officer = town.official("case_officer")
    (row,) = queries.inbox(town.session, officer, at=MONDAY, mine=True).rows
    assert (row.is_mine, row.given_by) == (True, leader.name)
    assert isinstance(tasks.release(town.session, task, by=officer, at=MONDAY), Task)
    assert [row.given_by for row in queries.inbox(town.session, officer, at=MONDAY).rows] == [""]


def test_giving_a_task_twice_is_one_act_and_is_told_to_officials_only(town: Town) -> None:
    dossier = town.received()
    task, leader = town.task(dossier), town.official("leader")
    taker, *_ = directing.takers(town.session, task, MONDAY)
    for again in (False, True):
        at = MONDAY + timedelta(minutes=again)
        given = directing.reassign(
            town.session, task, to=taker.account, reason="Chị Mai nghỉ", by=leader, at=at
        )
        who = taker.account.full_name
        told = Refusal("dossiers.task_claimed", {"who": who, "at": "09:00 02/03/2026"})
        assert given == told if again else isinstance(given, Task)
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())
    view = queries.dossier_for(town.session, dossier.code or "", leader, at=MONDAY)
    assert view is not None
    last = queries.history_of(town.session, view)[-1]
    assert (last.act, last.to, last.reason, last.is_inner) == ("reassign", who, "Chị Mai nghỉ", True)


def test_the_leader_reads_who_reported_it_and_why_until_it_is_given_to_somebody(town: Town) -> None:
    dossier = town.received()
    task, leader, officer = town.task(dossier), town.official("leader"), town.official("case_officer")
    note = "Chưa xác minh được nơi cư trú"
    assert isinstance(directing.escalate(town.session, task, reason=note, by=officer, at=MONDAY), Task)
    (row,) = queries.escalated(town.session, leader, at=MONDAY).rows
    assert (row.by, row.note, row.escalated_at) == (officer.name, note, MONDAY)
    assert queries.count_escalated(town.session, leader) == 1
    assert queries.count_escalated(town.session, town.official("leader", "son_thuy")) == 0
    taker, *_ = directing.takers(town.session, task, MONDAY)
    directing.reassign(town.session, task, to=taker.account, by=leader, at=MONDAY)
    assert queries.escalated(town.session, leader, at=MONDAY).rows == ()
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())


def test_the_machine_puts_up_what_is_overdue_and_never_twice(town: Town) -> None:
    task, leader = town.task(town.received()), town.official("leader")
    late = MONDAY + timedelta(days=10)
    assert isinstance(directing.escalate(town.session, task, by=CLOCK, at=late), Task)
    again = directing.escalate(town.session, task, by=CLOCK, at=late)
    assert again == Refusal("dossiers.already_done", {"who": "—", "at": "09:00 12/03/2026"})
    (row,) = queries.escalated(town.session, leader, at=late).rows
    assert (row.by, row.note, row.progress) == ("", "", "overdue")


def _in(standing: str) -> Desk:
    desk = received()
    for event in {
        "open": (),
        "claimed": (Claim(by=HOLDER, at=MONDAY, task=2),),
        "given": (Reassign(by=LEADER, at=MONDAY, task=2, to=OFFICER),),
        "reported": (Escalate(by=HOLDER, at=MONDAY, task=2, reason="Thiếu bản gốc"),),
        "done": (Complete(by=HOLDER, at=MONDAY, task=2, outcome="fit"),),
    }[standing]:
        assert isinstance(desk.ask(event), Advance)
    return desk


def _event(act: str, by: Actor) -> AnyEvent:
    who: dict[str, Any] = {"by": by, "at": MONDAY + timedelta(minutes=1), "task": 2}
    if act == "release":
        return Release(**who)
    if act == "complete":
        return Complete(**who, outcome="fit")
    if act.startswith("report"):
        # The budget of the step ends on 03/03.
        later = timedelta(days=2) if act.endswith("04/03") else timedelta(minutes=1)
        note = "" if "without" in act or by is CLOCK else "Thiếu bản gốc"
        return Escalate(by=by, at=MONDAY + later, task=2, reason=note)
    return Reassign(**who, to=TAKERS[act.removeprefix("give to ")])


def _standing(desk: Desk) -> str:
    task = desk.state.task(2)
    if task is None:
        return "done"
    if task.escalated_at is not None:
        return "on the leader's list"
    names = {OFFICER.account_id: "an officer", HOLDER.account_id: "case_officer", None: "nobody"}
    return names[task.claimed_by]
