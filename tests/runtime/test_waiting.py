"""Waiting for money, for another system, for a moment: who is awaited, what the clock does, and nothing twice."""

from datetime import timedelta

from common.money import Money
from common.problems import Refusal
from rules_dsl.terms import LedgerEntry
from runtime.engine.advance import Advance
from runtime.engine.events import Pay
from runtime.engine.machine_events import PassLimit, ReceiveMessage
from runtime.engine.state import Limit, State
from tests.procedure_library.samples import step
from tests.runtime.small import CLOCK, MONDAY, RULES, SUPPLEMENT, Desk, official, received
from tests.runtime.waiting import hearing, paying, resting, waiting_at

WEDNESDAY = MONDAY + timedelta(days=2)
FREE = RULES.format(supplement=SUPPLEMENT["pause"]).replace(
    "  pay 2_000 VND", "  exempt when person.copies = 3\n  pay 2_000 VND"
)


def steps_of(state: State) -> list[str]:
    return [task.step for task in state.tasks]


def test_the_clock_stands_still_until_the_money_has_come() -> None:
    desk = received(paying())
    assert (desk.state.status, desk.state.awaits_applicant, desk.state.tasks) == (
        "awaiting_payment",
        True,
        (),
    )
    assert (desk.state.appointment, desk.state.due and desk.state.due.at) == (None, None)
    done = desk.ask(Pay(by=official("cashier"), at=WEDNESDAY))
    assert isinstance(done, Advance)
    assert done.record.paid is not None
    assert done.record.paid.amount == Money(6_000)
    assert desk.state.ledger[1:] == (LedgerEntry("suspended", MONDAY), LedgerEntry("resumed", WEDNESDAY))
    assert steps_of(desk.state) == ["sign"]
    # Three working days from Monday, less the two on which the clock stood still.
    assert desk.state.appointment is not None
    assert desk.state.appointment.date().isoformat() == "2026-03-09"
    assert done.record.slip


def test_what_costs_nothing_is_not_waited_for() -> None:
    desk = received(paying(rules=FREE))
    assert (desk.state.status, steps_of(desk.state)) == ("in_process", ["sign"])


def test_money_is_taken_once() -> None:
    desk = received(paying())
    cashier = official("cashier")
    assert isinstance(desk.ask(Pay(by=cashier, at=MONDAY)), Advance)
    assert desk.ask(Pay(by=cashier, at=MONDAY)) == Refusal("dossiers.not_now.pay")


def message(desk: Desk, number: str, key: str = "tax_paid") -> Advance | Refusal:
    return desk.ask(ReceiveMessage(by=CLOCK, at=MONDAY, key=key, message_id=number))


def test_a_message_moves_the_dossier_once() -> None:
    desk = received(hearing())
    assert desk.state.expects == ("tax_paid",)
    assert message(desk, "7", "land_register") == Refusal(
        "dossiers.message_not_awaited", {"key": "land_register"}
    )
    assert isinstance(message(desk, "7"), Advance)
    assert (steps_of(desk.state), desk.state.expects) == (["sign"], ())
    assert message(desk, "7") == Refusal("dossiers.message_heard", {"id": "7"})
    assert message(desk, "8") == Refusal("dossiers.message_not_awaited", {"key": "tax_paid"})


def test_a_moment_passes_by_itself() -> None:
    desk = received(resting())
    (limit,) = desk.state.limits
    assert limit == Limit("posted", limit.at)
    assert limit.at.date().isoformat() == "2026-03-04"
    early = desk.ask(PassLimit(by=CLOCK, at=limit.at - timedelta(minutes=1)))
    assert early == Refusal("dossiers.no_limit_passed")
    assert isinstance(desk.ask(PassLimit(by=CLOCK, at=limit.at)), Advance)
    assert (steps_of(desk.state), desk.state.limits) == (["sign"], ())
    again = desk.ask(PassLimit(by=CLOCK, at=limit.at))
    assert again == Refusal("dossiers.no_limit_passed")


def test_a_moment_may_be_the_end_of_a_term() -> None:
    desk = received(waiting_at(step("posted", "moment", moment="three_days")))
    assert [limit.at.date().isoformat() for limit in desk.state.limits] == ["2026-03-05"]
    assert desk.last is not None
    assert "three_days" in [reading.rule for reading in desk.last.record.readings]
