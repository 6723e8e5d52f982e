"""A dossier that calls another: what it does with each message, once; and what it tells."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from common.identity.actor import machine
from common.problems import Refusal
from runtime.engine.advance import Advance
from runtime.engine.effects import TellLeaders
from runtime.engine.events import Accept, HandOver, Stop, Submit, Withdraw
from runtime.engine.families import awaited
from runtime.engine.fold import fold_all
from runtime.engine.link_effects import CollectResult, DropChild, OpenChild, TellCaller
from runtime.engine.linked import Caller, Child
from runtime.engine.machine_events import CallOff, ChildEnded, ChildFailed, ChildOpened, PassLimit
from runtime.engine.plain import from_plain, to_plain
from runtime.engine.record import Record
from runtime.engine.state import State
from tests.runtime.calling import calling
from tests.runtime.small import APPLICANT, MONDAY, Desk, context, finish, official, received, ref, small
from tests.runtime.tables import rows_of

CALLS = machine("calls")
LATER = MONDAY + timedelta(days=10)
TOLD = {CollectResult: "collect", DropChild: "drop", TellLeaders: "leaders"}
CHILD = "000.00.01-000001"


def event(name: str) -> Any:
    """The event that the table calls so."""
    who: Mapping[str, Any] = {"by": CALLS, "at": MONDAY}
    if name in ("granted", "refused", "withdrawn", "stopped"):
        return ChildEnded(**who, child=1, dossier=CHILD, outcome=name)
    return {
        "opened": ChildOpened(**who, child=1, dossier=CHILD),
        "failed": ChildFailed(**who, child=1, reason="Thiếu nơi cư trú"),
        "late": PassLimit(by=CALLS, at=LATER),
        "withdraw": Withdraw(by=APPLICANT, at=MONDAY, reason="Đổi ý"),
        "stop": Stop(by=official("leader"), at=MONDAY, reason="Không còn đối tượng"),
    }[name]


def child(desk: Desk) -> str:
    """What is known of the child, in a word."""
    (known,) = desk.state.children
    if known.ended:
        return known.ended
    return "dropped" if known.dropped else "late" if known.late_at else "open"


@pytest.mark.parametrize("row", rows_of("calls.csv"), ids=lambda row: f"{row['drawn']}-{row['happens']}")
def test_a_message_leads_where_the_table_says(row: dict[str, str]) -> None:
    desk = received(calling(row["drawn"].replace("-", "").split()))
    told: list[str] = []
    for name in row["happens"].split():
        done = desk.ask(event(name))
        told += (
            [TOLD[type(each)] for each in done.effects if type(each) in TOLD]
            if isinstance(done, Advance)
            else []
        )
    assert (child(desk), " ".join(told) or "-") == (row["child"], row["told"])
    assert (desk.state.marking.waiting if desk.state.marking else ("closed",)) == (row["stands_at"],)
    assert fold_all(desk.records) == desk.state
    assert [from_plain(Record, to_plain(record)) for record in desk.records] == desk.records
    assert from_plain(State, to_plain(desk.state)) == desk.state


def test_entering_asks_for_one_child() -> None:
    desk = received(calling())
    assert desk.last is not None
    asked = [effect.child for effect in desk.last.effects if isinstance(effect, OpenChild)]
    assert asked == [Child("residence", 1, MONDAY)] == list(awaited(desk.state))
    assert [limit.at.date().isoformat() for limit in desk.state.limits] == ["2026-03-04"]


def test_what_was_heard_is_heard_no_more() -> None:
    desk = received(calling())
    heard = Refusal("dossiers.child_heard", {"number": 1})
    for name in ("opened", "granted"):
        assert isinstance(desk.ask(event(name)), Advance)
        assert desk.ask(event(name)) == heard
    assert desk.ask(ChildEnded(by=CALLS, at=MONDAY, child=7, dossier=CHILD, outcome="granted")) == Refusal(
        "dossiers.no_such_child", {"number": 7}
    )


def called() -> Desk:
    """A dossier that another one has called, received by the machine."""
    desk = Desk(context(small()))
    caller = Caller("000.00.02-000009", 3)
    for each in (Submit(by=CALLS, at=MONDAY, answers=ref(), caller=caller), Accept(by=CALLS, at=MONDAY)):
        done = desk.ask(each)
        assert isinstance(done, Advance), done
        assert not {"Notify", "IssueLetter"} & {type(effect).__name__ for effect in done.effects}
    return desk


def told(answer: Advance | Refusal) -> list[str]:
    assert isinstance(answer, Advance), answer
    return [effect.outcome for effect in answer.effects if isinstance(effect, TellCaller)]


def test_the_caller_hears_once_how_the_child_ended() -> None:
    desk = called()
    finish(desk, "fit")
    assert told(finish(desk, "granted")) == []
    assert told(finish(desk, "collected")) == ["granted"]
    handed = desk.ask(HandOver(by=CALLS, at=MONDAY, method="caller"))
    assert told(handed) == []
    assert desk.state.status == "returned"
    again = desk.ask(HandOver(by=CALLS, at=MONDAY, method="caller"))
    assert isinstance(again, Refusal)
    assert again.code == "dossiers.already_done"


def test_a_child_that_the_applicant_withdraws_says_so() -> None:
    assert told(called().ask(Withdraw(by=APPLICANT, at=MONDAY))) == ["withdrawn"]


@pytest.mark.parametrize("how", ["withdrawn", "stopped"])
def test_a_child_ends_with_its_caller(how: Any) -> None:
    desk = called()
    off = CallOff(by=CALLS, at=MONDAY, how=how, reason="Hồ sơ chính đã rút")
    assert told(desk.ask(off)) == [how]
    assert (desk.state.status, desk.state.tasks) == (how, ())
    assert desk.ask(off) == Refusal("dossiers.not_now.call_off")


def test_a_child_that_was_decided_is_not_called_off() -> None:
    desk = called()
    for outcome in ("fit", "granted", "collected"):
        finish(desk, outcome)
    off = CallOff(by=CALLS, at=MONDAY, how="withdrawn", reason="Hồ sơ chính đã rút")
    assert desk.ask(off) == Refusal("dossiers.not_now.call_off")


def test_the_machine_receives_nothing_that_nobody_called() -> None:
    desk = Desk(context(small()))
    assert desk.ask(Submit(by=CALLS, at=MONDAY, answers=ref())) == Refusal("dossiers.not_yours")
    assert isinstance(desk.ask(Submit(by=APPLICANT, at=MONDAY, answers=ref())), Advance)
    assert desk.ask(Accept(by=CALLS, at=MONDAY)) == Refusal("dossiers.not_yours")
    off = CallOff(by=CALLS, at=MONDAY, how="withdrawn", reason="x")
    assert desk.ask(off) == Refusal("dossiers.not_called")
