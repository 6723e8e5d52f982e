"""What acts come to: amounts, decisions, effects, refusals that name what is missing."""

from dataclasses import replace
from datetime import datetime

from common.clock import ZONE
from common.money import Money
from common.problems import Refusal
from procedure_library.ready_made import national_calendar
from rules_dsl.evaluation import Reference
from runtime.engine.advance import Advance
from runtime.engine.effects import (
    CloseTaskRow,
    IssueLetter,
    MoveDeadline,
    Notify,
    OpenTaskRow,
    RecordCharges,
    RecordDecision,
    RecordPayment,
)
from runtime.engine.events import (
    Accept,
    AnswerSupplement,
    Claim,
    Complete,
    Release,
    Submit,
)
from runtime.engine.machine_events import DeriveDeadline
from runtime.engine.plain import from_plain, to_plain
from runtime.engine.record import Record
from runtime.engine.state import Due, Owed, State
from tests.procedure_library.samples import step, task, to
from tests.runtime.small import (
    APPLICANT,
    CLOCK,
    MONDAY,
    Desk,
    context,
    finish,
    official,
    received,
    ref,
    small,
)

SIX_THOUSAND = Money(6000)


def test_reception_gives_term_charge_and_first_task() -> None:
    desk = received()
    assert desk.last is not None
    kinds = [type(effect) for effect in desk.last.effects]
    assert kinds.count(MoveDeadline) == kinds.count(RecordCharges) == 1
    assert kinds.count(OpenTaskRow) == kinds.count(CloseTaskRow) == 1
    assert IssueLetter("reception_slip") in desk.last.effects
    assert Notify("accepted") in desk.last.effects
    assert desk.state.owed == (Owed("copies", SIX_THOUSAND),)
    assert desk.state.received_at == MONDAY
    assert [task.step for task in desk.state.tasks] == ["examine"]


def test_a_procedure_settled_at_once_prints_its_slip_only_when_asked_or_for_another_day() -> None:
    at_once = small(slip=False, rules=SAME_DAY)
    assert not _slip(received(at_once))
    assert _slip(received(at_once, at=datetime(2026, 3, 2, 15, 1, tzinfo=ZONE)))
    desk = Desk(context(at_once))
    desk.ask(Submit(by=APPLICANT, at=MONDAY, answers=ref()))
    desk.ask(Accept(by=official("reception"), at=MONDAY, slip_asked=True))
    assert _slip(desk)


def test_a_granted_decision_leads_to_payment_and_result() -> None:
    desk = received()
    finish(desk, "fit")
    signed = finish(desk, "granted", reason="")
    assert isinstance(signed, Advance)
    assert [e for e in signed.effects if isinstance(e, RecordDecision)]
    paid = finish(desk, "collected")
    assert isinstance(paid, Advance)
    assert [e for e in paid.effects if isinstance(e, RecordPayment)]
    assert IssueLetter("payment_receipt", "VND") in paid.effects
    assert paid.state.owed == (Owed("copies", SIX_THOUSAND, paid=True),)
    assert (paid.state.status, paid.state.ending) == ("decided", "granted")
    assert [task.kind for task in paid.state.tasks] == ["hand_over"]
    assert paid.state.ledger[-1].kind == "stopped"


def test_a_refusal_takes_no_money_and_prints_its_slip() -> None:
    desk = received()
    finish(desk, "fit")
    refused = finish(desk, "refused")
    assert isinstance(refused, Advance)
    assert IssueLetter("refusal_slip") in refused.effects
    assert not [e for e in refused.effects if isinstance(e, RecordPayment)]
    assert refused.state.ending == "refused"


def test_granting_is_refused_while_a_condition_of_the_law_is_not_met() -> None:
    desk = received()
    desk.say(person={"full_name": "Nguyễn Thị Lan", "copies": 10})
    finish(desk, "fit")
    assert finish(desk, "granted") == Refusal(
        "dossiers.condition_not_met", {"rule": "At most nine copies", "rule_en": "At most nine copies"}
    )


def test_an_unknown_fact_blocks_and_names_itself() -> None:
    desk = received()
    desk.say(person={"full_name": "Nguyễn Thị Lan"})
    finish(desk, "fit")
    answer = finish(desk, "granted")
    assert isinstance(answer, Refusal)
    assert answer.code == "dossiers.value_unknown"
    assert answer.parameters == {
        "rule": "At most nine copies",
        "rule_en": "At most nine copies",
        "missing": "Số bản",
        "missing_en": "Copies",
    }


def test_a_claimed_task_says_whose_it_is() -> None:
    desk = received()
    number = desk.state.tasks[0].number
    first, second = official("case_officer", 7), official("case_officer", 8)
    desk.ask(Claim(by=first, at=MONDAY, task=number))
    claimed = Refusal("dossiers.task_claimed", {"account": 7, "at": "09:00 02/03/2026"})
    assert desk.ask(Claim(by=second, at=MONDAY, task=number)) == claimed
    assert desk.ask(Complete(by=second, at=MONDAY, task=number, outcome="fit")) == claimed
    assert desk.ask(Release(by=second, at=MONDAY, task=number)) == claimed
    assert isinstance(desk.ask(Release(by=official("leader"), at=MONDAY, task=number)), Advance)
    assert isinstance(desk.ask(Claim(by=second, at=MONDAY, task=number)), Advance)


def test_completing_an_open_task_claims_it_by_the_way() -> None:
    desk = received()
    by, number = official("case_officer"), desk.state.tasks[0].number
    assert isinstance(desk.ask(Complete(by=by, at=MONDAY, task=number, outcome="fit")), Advance)


def test_a_date_past_the_loaded_calendar_follows_once_the_year_is_there() -> None:
    desk = received(at=datetime(2026, 12, 30, 9, 0, tzinfo=ZONE))
    assert desk.state.due == Due(why="rules.unknown_calendar")
    assert desk.state.appointment is None
    assert isinstance(desk.ask(DeriveDeadline(by=CLOCK, at=MONDAY)), Refusal)
    calendar = national_calendar().calendar
    longer = replace(calendar, version=2, covers_until=calendar.covers_until.replace(year=2027))
    desk.context = replace(desk.context, reference=Reference(longer))
    derived = desk.ask(DeriveDeadline(by=CLOCK, at=MONDAY))
    assert isinstance(derived, Advance)
    assert derived.state.appointment == datetime(2027, 1, 4, 23, 59, tzinfo=ZONE)
    assert derived.record.law is not None
    assert derived.record.law.calendar_version == 2
    assert IssueLetter("reception_slip") in derived.effects


def test_without_any_calendar_a_dossier_is_received_all_the_same() -> None:
    desk = received(reference=Reference(None))
    assert desk.state.due == Due(why="rules.unknown_calendar")
    assert desk.state.tasks[0].due_at is None


def test_two_parallel_requests_are_answered_by_one_supplement() -> None:
    desk = received(small(steps=PARALLEL, transitions=PARALLEL_WAYS))
    assert [t.step for t in desk.state.tasks] == ["left", "right"]
    finish(desk, "more")
    finish(desk, "more")
    assert desk.state.awaiting == ("ask_left", "ask_right")
    assert desk.state.supplements == 1
    answered = desk.ask(AnswerSupplement(by=APPLICANT, at=MONDAY))
    assert isinstance(answered, Advance)
    assert answered.state.status == "in_process"
    assert [t.step for t in answered.state.tasks] == ["left", "right"]


def test_an_end_reached_without_a_decision_outcome_is_a_decision_of_who_reached_it() -> None:
    steps = (step("begin", "start"), task("do", "done"), step("end", "end", ending="granted"))
    desk = received(small(steps=steps, transitions=(to("begin", "do"), to("do", "end"))))
    done = finish(desk, "done")
    assert isinstance(done, Advance)
    assert done.state.decision is not None
    assert done.state.decision.ending == "granted"


def test_state_and_records_survive_their_json() -> None:
    desk = received()
    for outcome in ("incomplete",):
        finish(desk, outcome)
    assert from_plain(State, to_plain(desk.state)) == desk.state
    for record in desk.records:
        assert from_plain(Record, to_plain(record)) == record


def test_a_record_holds_no_answers() -> None:
    desk = received()
    finish(desk, "fit", reason="Bà Nguyễn Thị Lan đã nộp đủ")
    for record in desk.records:
        assert "Lan" not in str(to_plain(record))


SAME_DAY = """language en
charge copies "Charge for copies"
  cites "Circular 1/2026, art. 4"
  pay 2_000 VND
  times person.copies
term three_days "Term"
  cites "Decree 1/2026, art. 7"
  same day
  received after 15:00 counts as next working day
  suspended while supplement_requested
condition few "At most nine copies"
  cites "Decree 1/2026, art. 3"
  requires person.copies < 10
"""

PARALLEL = (
    step("begin", "start"),
    step("apart", "split"),
    task("left", "fine", "more"),
    task("right", "fine", "more"),
    step("left_done", "branch"),
    step("right_done", "branch"),
    step("ask_left", "supplement"),
    step("ask_right", "supplement"),
    step("together", "join"),
    task("sign", "done", role="approver"),
    step("end", "end", ending="granted"),
)
PARALLEL_WAYS = (
    to("begin", "apart"),
    *(
        way
        for side in ("left", "right")
        for way in (
            to("apart", side),
            to(side, f"{side}_done"),
            to(f"{side}_done", "together", "fine"),
            to(f"{side}_done", f"ask_{side}", "more"),
            to(f"ask_{side}", side),
        )
    ),
    to("together", "sign"),
    to("sign", "end"),
)


def _slip(desk: Desk) -> bool:
    assert desk.last is not None
    return IssueLetter("reception_slip") in desk.last.effects
