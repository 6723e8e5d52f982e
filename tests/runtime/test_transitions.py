"""Which act is possible in which state, by whom: the table that an official can read and correct."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from common.identity.actor import Actor
from common.problems import Refusal
from runtime.engine.advance import Advance
from runtime.engine.events import (
    Accept,
    AnswerSupplement,
    AnyEvent,
    AskAgain,
    Complete,
    Extend,
    HandOver,
    HandToPost,
    Move,
    Pay,
    Reappoint,
    Refund,
    Refuse,
    RefuseRefund,
    Resubmit,
    Resume,
    ReturnForCompletion,
    Stop,
    Submit,
    Suspend,
    UndoMove,
    Withdraw,
)
from runtime.engine.machine_events import (
    CallOff,
    ChildEnded,
    ChildFailed,
    ChildOpened,
    DeriveDeadline,
    Fail,
    PassLimit,
    ReceiveMessage,
    Report,
    TellPortal,
    Transfer,
    Transferred,
)
from tests.runtime.small import (
    APPLICANT,
    CLOCK,
    MONDAY,
    OTHER_UNIT,
    STRANGER,
    UNIT,
    Desk,
    context,
    finish,
    official,
    received,
    ref,
    small,
)
from tests.runtime.tables import rows_of
from tests.runtime.waiting import paying

ROWS = rows_of("transitions.csv")
MOVED = Transferred(1, UNIT, OTHER_UNIT, ("receiving", "solving"))
REASON = "Thiếu giấy chứng sinh"
PERSONS = {
    "applicant": APPLICANT,
    "stranger": STRANGER,
    "clock": CLOCK,
    "case officer elsewhere": official("case_officer", unit=OTHER_UNIT),
}
EVENTS: dict[str, Any] = {
    "submit": lambda who: Submit(**who, answers=ref()),
    "resubmit": lambda who: Resubmit(**who, answers=ref(2)),
    "pay": lambda who: Pay(**who),
    "accept": lambda who: Accept(**who),
    "refuse": lambda who: Refuse(**who, reason=REASON),
    "refuse without reason": lambda who: Refuse(**who, reason=" "),
    "return_for_completion": lambda who: ReturnForCompletion(**who, reason=REASON),
    "return_for_completion without reason": lambda who: ReturnForCompletion(**who, reason=""),
    "answer_supplement": lambda who: AnswerSupplement(**who),
    "reappoint": lambda who: Reappoint(**who, new_day=date(2026, 3, 9), reason=REASON),
    "extend": lambda who: Extend(**who, amount=1, after=0, reason=REASON),
    "suspend": lambda who: Suspend(**who, why="incident", reason=REASON),
    "suspend without reason": lambda who: Suspend(**who, why="incident", reason=""),
    "resume": lambda who: Resume(**who),
    "derive_deadline": lambda who: DeriveDeadline(**who),
    "refund": lambda who: Refund(**who),
    "refuse_refund": lambda who: RefuseRefund(**who, reason=REASON),
    "hand_to_post": lambda who: HandToPost(**who),
    "tell_portal": lambda who: TellPortal(**who, status="submitted"),
    "hand_over": lambda who: HandOver(**who),
    "withdraw": lambda who: Withdraw(**who, reason=REASON),
    "stop": lambda who: Stop(**who, reason=REASON),
    "receive_message": lambda who: ReceiveMessage(**who, key="tax_paid", message_id="1"),
    "report": lambda who: Report(**who, run=1),
    "fail": lambda who: Fail(**who, run=1),
    "child_opened": lambda who: ChildOpened(**who, child=1, dossier="N1"),
    "child_ended": lambda who: ChildEnded(**who, child=1, dossier="N1", outcome="granted"),
    "child_failed": lambda who: ChildFailed(**who, child=1, reason=REASON),
    "call_off": lambda who: CallOff(**who, how="withdrawn", reason=REASON),
    "pass_limit": lambda who: PassLimit(**who),
    "transfer": lambda who: Transfer(**who, transferred=MOVED, reason=REASON),
    "transfer without reason": lambda who: Transfer(**who, transferred=MOVED, reason=" "),
    "move": lambda who: Move(**who, basis=REASON),
    "move without reason": lambda who: Move(**who, basis=" "),
    "undo_move": lambda who: UndoMove(**who, reason=REASON),
    "ask_again": lambda who: AskAgain(**who, reason=REASON),
    "stop without reason": lambda who: Stop(**who, reason=""),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['state']}-{row['act']}-{row['by']}")
def test_an_act_leads_where_the_table_says(row: dict[str, str]) -> None:
    desk = _in(row["state"])
    before = desk.state
    if row["act"].startswith("move"):
        desk.context = replace(desk.context, version=2)
    answer = desk.ask(_event(desk, row["act"], _person(row["by"])))
    if isinstance(answer, Refusal):
        assert answer.code == row["then"]
        assert desk.state == before
    else:
        assert answer.state.status == row["then"]


def test_the_table_speaks_of_every_act_in_every_state_that_allows_it() -> None:
    from runtime.engine.status import POSSIBLE_IN

    spoken = {(_status(row["state"]), row["act"].split(":")[0].split(" ")[0]) for row in ROWS}
    on_tasks = {"claim", "release", "reassign", "escalate"}  # test_task_verbs.py
    on_tasks |= {"print_letter"}  # test_step_letters.py
    for act, states in POSSIBLE_IN.items():
        for state in states - {"unsent"}:
            assert act in on_tasks or (state, act) in spoken


def _status(state: str) -> str:
    return "in_process" if state in ("to_sign", "to_collect") else state


def _person(name: str) -> Actor:
    return PERSONS.get(name) or official(name)


def _event(desk: Desk, act: str, by: Actor) -> AnyEvent:
    if not act.startswith("complete"):
        event: AnyEvent = EVENTS[act]({"by": by, "at": MONDAY})
        return event
    outcome, _, without = act.removeprefix("complete: ").partition(" without ")
    number = desk.state.tasks[0].number if desk.state.tasks else 99
    return Complete(by=by, at=MONDAY, task=number, outcome=outcome, reason="" if without else REASON)


def _in(state: str) -> Desk:
    """A dossier brought to that state by the acts that lead there."""
    if state in ("submitted", "awaiting_completion", "not_accepted"):
        desk = Desk(context(small()))
        asked = [Submit(by=APPLICANT, at=MONDAY, answers=ref())]
        by = {"by": official("reception"), "at": MONDAY, "reason": REASON}
        if state != "submitted":
            asked.append(ReturnForCompletion(**by) if state == "awaiting_completion" else Refuse(**by))
        for event in asked:
            assert isinstance(desk.ask(event), Advance)
        return desk
    if state == "awaiting_payment":
        return received(paying())
    desk = received()
    for outcome in _outcomes_to(state):
        assert isinstance(finish(desk, outcome), Advance)
    ends = {
        "returned": HandOver(by=official("reception"), at=MONDAY),
        "withdrawn": Withdraw(by=APPLICANT, at=MONDAY),
        "stopped": Stop(by=official("leader"), at=MONDAY, reason=REASON),
    }
    if state in ends:
        assert isinstance(desk.ask(ends[state]), Advance)
    return desk


def _outcomes_to(state: str) -> tuple[str, ...]:
    ways = {
        "awaiting_supplement": ("incomplete",),
        "to_sign": ("fit",),
        "to_collect": ("fit", "granted"),
        "decided": ("fit", "granted", "collected"),
        "returned": ("fit", "granted", "collected"),
    }
    return ways.get(state, ())
