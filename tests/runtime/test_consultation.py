"""Units asked in parallel: who is asked, what silence means, and that the machine never acts twice."""

from datetime import timedelta
from typing import Any

import pytest

from common.problems import Refusal
from runtime.engine.advance import Advance
from runtime.engine.effects import TellLeaders
from runtime.engine.events import Complete
from runtime.engine.machine_events import PassLimit
from runtime.engine.state import OpenTask, Opinion
from tests.runtime.consulting import POLICE_UNIT, consulting
from tests.runtime.small import CLOCK, MONDAY, OTHER_UNIT, UNIT, Desk, official, received
from tests.runtime.tables import rows_of

LATER = MONDAY + timedelta(days=30)
NEXT = {"agreed": "sign", "objected": "weigh"}


def asked(silence: Any = "consent") -> Desk:
    return received(consulting(silence), functions={"police": POLICE_UNIT})


def task_of(desk: Desk, ask: str) -> OpenTask:
    return next(task for task in desk.state.tasks if task.ask == ask)


def say(desk: Desk, ask: str, outcome: str, reason: str = "Theo hồ sơ địa chính") -> Advance | Refusal:
    task = task_of(desk, ask)
    by = official(task.role, unit=task.unit or UNIT)
    return desk.ask(Complete(by=by, at=MONDAY, task=task.number, outcome=outcome, reason=reason))


@pytest.mark.parametrize("row", rows_of("consultation.csv"), ids=lambda row: "-".join(row.values()))
def test_the_dossier_goes_on_with_what_the_table_says(row: dict[str, str]) -> None:
    desk = asked(None if row["silence"] == "none" else row["silence"])
    for ask in ("police", "land"):
        if row[ask] != "-":
            assert isinstance(say(desk, ask, row[ask]), Advance)
    told = 0
    while isinstance(done := desk.ask(PassLimit(by=CLOCK, at=LATER)), Advance):
        told += sum(isinstance(effect, TellLeaders) for effect in done.effects)
    assert told == int(row["head"])
    assert desk.state.limits == ()
    if row["then"] == "-":
        assert {task.step for task in desk.state.tasks} == {"ask"}
    else:
        assert [task.step for task in desk.state.tasks] == [NEXT[row["then"]]]


def test_each_unit_is_asked_within_its_own_limit() -> None:
    desk = asked()
    found = [(t.ask, t.unit, t.role, t.due_at and t.due_at.date().isoformat()) for t in desk.state.tasks]
    assert found == [
        ("police", POLICE_UNIT, "leader", "2026-03-04"),
        ("land", 0, "case_officer", "2026-03-03"),
    ]


def test_nobody_answers_for_another_unit() -> None:
    desk = asked()
    number = task_of(desk, "police").number
    for unit in (UNIT, OTHER_UNIT):
        by = official("leader", unit=unit)
        answer = desk.ask(Complete(by=by, at=MONDAY, task=number, outcome="agreed"))
        assert answer == Refusal("dossiers.task_of_another_role")


def test_who_objects_says_why() -> None:
    desk = asked()
    assert say(desk, "land", "objected", reason=" ") == Refusal("dossiers.reason_missing")
    assert desk.state.opinions == ()


def test_before_the_limit_the_machine_does_nothing() -> None:
    desk = asked()
    due_at = task_of(desk, "land").due_at
    assert due_at is not None
    early = desk.ask(PassLimit(by=CLOCK, at=due_at - timedelta(minutes=1)))
    assert early == Refusal("dossiers.no_limit_passed")
    assert isinstance(desk.ask(PassLimit(by=CLOCK, at=due_at)), Advance)
    assert desk.state.opinions == (Opinion("ask", "land", "deemed", due_at),)


def test_a_function_that_no_unit_has_is_named_and_nothing_moves() -> None:
    missing = Refusal("identity.no_unit_with_function", {"function": "police", "area": "Xã Tân An"})
    with pytest.raises(AssertionError, match="no_unit_with_function"):
        received(consulting(), functions={"police": missing})
