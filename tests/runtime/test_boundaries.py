"""Steps that are interrupted: by their limit, by the applicant who withdraws; once, and only by a way that is drawn."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from common.problems import Refusal
from procedure_library.definition import Definition, Duration, Transition
from runtime.engine.advance import Advance
from runtime.engine.effects import CloseTaskRow, IssueLetter, Notify
from runtime.engine.events import Complete, Withdraw
from runtime.engine.machine_events import PassLimit
from tests.procedure_library.samples import step, task, to
from tests.runtime.small import (
    APPLICANT,
    CLOCK,
    MONDAY,
    STEPS,
    TRANSITIONS,
    Desk,
    finish,
    official,
    received,
    small,
)

LATER = MONDAY + timedelta(days=30)
LATE = Transition("examine_late", "examine", "hurry", on="overdue")
SILENT = Transition("supplement_late", "supplement", "given_up", on="overdue")
OUT = Transition("examine_out", "examine", "hurry", on="withdrawn")


def interrupted(*ways: Transition, **changes: Any) -> Definition:
    """The small procedure with a leader's task for what is late, and an end for supplements that never come."""
    steps = (*STEPS, task("hurry", role="leader"), step("given_up", "end", ending="stopped"))
    more = (*ways, to("hurry", "sign"))
    return small(steps=steps, transitions=(*TRANSITIONS, *more), **changes)


def look(desk: Desk) -> Advance | Refusal:
    return desk.ask(PassLimit(by=CLOCK, at=LATER))


def test_a_late_task_goes_the_drawn_way_and_is_cancelled() -> None:
    desk = received(interrupted(LATE))
    (limit,) = desk.state.limits
    assert (limit.step, limit.at) == ("examine", desk.state.tasks[0].due_at)
    done = look(desk)
    assert isinstance(done, Advance)
    assert [task.step for task in desk.state.tasks] == ["hurry"]
    closed = [effect.closed.how for effect in done.effects if isinstance(effect, CloseTaskRow)]
    assert closed == ["cancelled"]
    assert look(desk) == Refusal("dossiers.no_limit_passed")


def test_work_done_in_time_is_not_interrupted() -> None:
    desk = received(interrupted(LATE))
    assert isinstance(finish(desk, "fit"), Advance)
    assert (desk.state.limits, look(desk)) == ((), Refusal("dossiers.no_limit_passed"))


def test_a_task_without_such_a_way_is_only_late() -> None:
    desk = received(small())
    assert (desk.state.limits, look(desk)) == ((), Refusal("dossiers.no_limit_passed"))


def test_a_supplement_that_never_comes_stops_the_dossier_with_its_letter() -> None:
    desk = received(interrupted(SILENT))
    finish(desk, "incomplete")
    done = look(desk)
    assert isinstance(done, Advance)
    assert (desk.state.status, desk.state.ending, desk.state.tasks) == ("stopped", "stopped", ())
    assert IssueLetter("stop_notice") in done.effects
    assert Notify("stopped") in done.effects


def test_the_clock_goes_on_when_the_office_does_without_the_supplement() -> None:
    desk = received(interrupted(replace(SILENT, target="hurry")))
    finish(desk, "incomplete")
    assert isinstance(look(desk), Advance)
    assert desk.state.status == "in_process"
    assert [entry.kind for entry in desk.state.ledger] == ["started", "suspended", "resumed"]
    assert desk.state.due is not None
    assert desk.state.due.at == desk.state.appointment


def withdraw(desk: Desk) -> Advance | Refusal:
    return desk.ask(Withdraw(by=APPLICANT, at=MONDAY))


def test_a_withdrawal_takes_the_drawn_way_once() -> None:
    desk = received(interrupted(OUT))
    assert isinstance(withdraw(desk), Advance)
    assert (desk.state.status, [task.step for task in desk.state.tasks]) == ("in_process", ["hurry"])
    again = withdraw(desk)
    assert isinstance(again, Refusal)
    assert again.code == "dossiers.already_done"


def test_where_no_way_is_drawn_a_withdrawal_closes_at_once() -> None:
    desk = received(interrupted(OUT))
    finish(desk, "fit")
    assert isinstance(withdraw(desk), Advance)
    assert (desk.state.status, desk.state.tasks) == ("withdrawn", ())


def test_who_works_on_what_was_interrupted_is_told_that_it_is_gone() -> None:
    desk = received(interrupted(LATE))
    number = desk.state.tasks[0].number
    look(desk)
    late = desk.ask(Complete(by=official("case_officer"), at=LATER, task=number, outcome="fit"))
    assert late == Refusal("dossiers.task_closed")


def test_a_limit_that_is_longer_is_another_one() -> None:
    steps = tuple(replace(s, budget=Duration(2, "working_day")) if s.key == "examine" else s for s in STEPS)
    longer = interrupted(LATE)
    desk = received(replace(longer, steps=(*steps, *longer.steps[len(STEPS) :])))
    assert [limit.at.date().isoformat() for limit in desk.state.limits] == ["2026-03-04"]
