"""Terms that the law counts from something else than reception: the clock waits for it, and so does the promise."""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from common.clock import ZONE
from common.problems import Finding, Refusal
from procedure_library.checks import check
from procedure_library.definition import Step
from procedure_library.ready_made import national_calendar
from rules_dsl.allowance import Allowance
from rules_dsl.ledger import LedgerEntry
from rules_dsl.unknown import Unknown
from runtime import dossiers, queries
from runtime.engine.plain import from_plain
from runtime.engine.state import Due, State
from runtime.models.dossiers import Dossier
from runtime.models.papers import Notice
from runtime.models.tasks import Task
from runtime.quotes import Quote, quote
from runtime.replay import replay, verify
from runtime.views.term import term_of
from tests.procedure_library.samples import task
from tests.runtime.small import (
    MONDAY,
    RULES,
    STEPS,
    SUPPLEMENT,
    TRANSITIONS,
    small,
)
from tests.runtime.town import FORM, Town, publish_small

WAITS = Due(why="rules.term_not_started")


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=ZONE)


def end(day: int) -> datetime:
    return at(day).replace(hour=23, minute=59)


def counted_from(fact: str, supplement: str = "pause") -> str:
    rules = RULES.format(supplement=SUPPLEMENT[supplement])
    return rules.replace("  3 working days\n", f"  3 working days\n  counted from {fact}\n")


def _form() -> dict[str, Any]:
    """A page that the officer fills in: on which day she was on the spot."""
    form: dict[str, Any] = deepcopy(FORM)
    form["x-motcua-pages"].append({"key": "visit", "title": {"vi": "Kiểm tra"}, "fields": ["visit"]})
    form["properties"]["visit"] = {
        "type": "object",
        "title": "Kiểm tra thực địa",
        "additionalProperties": False,
        "properties": {"held_on": {"type": "string", "format": "date", "title": "Ngày kiểm tra"}},
    }
    return form


VISITED = tuple(
    task("examine", "fit", "incomplete", fills=("visit",)) if step.key == "examine" else step
    for step in STEPS
)


def publish(town: Town, fact: str, supplement: str = "pause", steps: tuple[Step, ...] = VISITED) -> None:
    rules = counted_from(fact, supplement)
    publish_small(town.session, MONDAY, MONDAY.date(), rules=rules, form=_form(), steps=steps)


@pytest.fixture
def visited(town: Town) -> Town:
    publish(town, "visit.held_on")
    return town


def state_of(dossier: Dossier) -> State:
    return from_plain(State, dossier.state)


def examine(town: Town, dossier: Dossier, outcome: str, when: datetime, held_on: str | None = None) -> None:
    answers = {"visit": {"held_on": held_on} if held_on else {}}
    done = town.complete(dossier, outcome, when, reason="Theo quy định", answers=answers)
    assert isinstance(done, Task), done


def test_the_definition_is_sound() -> None:
    procedure = small(rules=counted_from("visit.held_on"), form=_form(), steps=VISITED)
    found = check(procedure, national_calendar().calendar)
    assert [finding for finding in found if finding.severity == "error"] == []


def test_what_the_form_never_asks_cannot_begin_a_term() -> None:
    procedure = small(rules=counted_from("visit.held"), form=_form(), steps=VISITED)
    found = check(procedure, national_calendar().calendar)
    codes = [finding.code for finding in found if finding.severity == "error"]
    assert codes == ["rules.unknown_name"]
    assert all(isinstance(finding, Finding) for finding in found)


def test_reception_promises_no_day_yet(visited: Town) -> None:
    dossier = visited.received()
    state = state_of(dossier)
    assert (state.due, state.allowance, state.ledger, state.appointment) == (WAITS, None, (), None)
    assert (dossier.due_at, dossier.appointment_at) == (None, None)
    assert state.awaits_start
    assert not state.clock_runs
    assert [letter.kind for letter in queries.letters_of(visited.session, dossier)][-1] == "reception_slip"
    assert term_of(visited.session, dossier, state, MONDAY, "vi") is None
    assert replay(visited.session, dossier) == verify(visited.session, dossier) == ()


def test_the_clock_starts_where_the_fact_says(visited: Town) -> None:
    dossier = visited.received()
    examine(visited, dossier, "fit", at(10), "2026-03-09")
    state = state_of(dossier)
    since = at(9, 0)
    assert state.allowance == Allowance(3, "working_day", supplement="pause", since=since)
    assert state.ledger == (LedgerEntry("started", since),)
    assert (dossier.due_at, dossier.appointment_at) == (end(12), end(12))
    assert visited.task(dossier).sort_at == end(12)
    assert [letter.kind for letter in queries.letters_of(visited.session, dossier)][-1] == "reception_slip"
    assert visited.all(Notice, dossier_id=dossier.id)[-1].news == "appointed"
    assert replay(visited.session, dossier) == verify(visited.session, dossier) == ()


def test_every_day_is_told_from_the_start(visited: Town) -> None:
    dossier = visited.received()
    examine(visited, dossier, "fit", at(10), "2026-03-09")
    term = term_of(visited.session, dossier, state_of(dossier), at(10), "vi")
    assert term is not None
    assert (term.days[0].name, term.days[0].why) == (
        "Thứ Hai 09/03/2026",
        "Thời hạn tính từ đây, ngày này không tính",
    )
    assert [day.counted for day in term.days] == [False, True, True, True]
    assert (term.used, term.of) == (1, 3)


def test_without_the_fact_the_term_goes_on_waiting(visited: Town) -> None:
    dossier = visited.received()
    examine(visited, dossier, "fit", at(10))
    assert state_of(dossier).due == WAITS
    assert isinstance(visited.complete(dossier, "granted", at(11)), Task)
    assert isinstance(visited.complete(dossier, "collected", at(11)), Task)
    assert (dossier.status, dossier.due_at) == ("decided", None)
    assert replay(visited.session, dossier) == verify(visited.session, dossier) == ()


def test_a_term_that_waits_is_not_suspended(visited: Town) -> None:
    dossier = visited.received()
    examine(visited, dossier, "incomplete", at(3))
    assert state_of(dossier).ledger == ()
    answered = dossiers.answer_supplement(visited.session, dossier, by=visited.citizen(), at=at(5))
    assert isinstance(answered, Dossier)
    assert state_of(answered).due == WAITS
    examine(visited, dossier, "fit", at(6), "2026-03-06")
    assert dossier.due_at == end(11)
    assert verify(visited.session, dossier) == ()


@pytest.mark.parametrize(("supplement", "due"), [("pause", 16), ("restart", 17), ("continue", 12)])
def test_a_supplement_asked_by_the_same_act_stops_it(town: Town, supplement: str, due: int) -> None:
    """Started on Monday the 9th, asked on Tuesday the 10th, answered on Thursday the 12th."""
    publish(town, "visit.held_on", supplement)
    dossier = town.received()
    examine(town, dossier, "incomplete", at(10), "2026-03-09")
    assert (dossier.appointment_at is None) == (supplement != "continue")
    answered = dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=at(12))
    assert isinstance(answered, Dossier)
    assert dossier.due_at == end(due)
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


@pytest.mark.parametrize(("price", "due"), [("2_000 VND", end(6)), ("0 VND", None)])
def test_a_term_may_count_from_the_payment(town: Town, price: str, due: datetime | None) -> None:
    """Where there is nothing to pay nothing is paid, and nothing begins."""
    rules = counted_from("dossier.paid_on").replace("2_000 VND", price)
    publish_small(
        town.session, MONDAY, MONDAY.date(), rules=rules, steps=PAID_FIRST, transitions=PAID_FIRST_TO
    )
    dossier = town.received()
    assert state_of(dossier).due == WAITS
    assert isinstance(town.complete(dossier, "fit", at(3)), Task)
    assert dossier.due_at == dossier.appointment_at == due
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_a_term_may_count_from_the_decision(town: Town) -> None:
    publish_small(town.session, MONDAY, MONDAY.date(), rules=counted_from("dossier.decided_on"))
    dossier = town.received()
    for outcome in ("fit", "granted"):
        assert isinstance(town.complete(dossier, outcome, at(3)), Task)
    assert (state_of(dossier).status, dossier.due_at) == ("in_process", end(6))
    assert verify(town.session, dossier) == ()


def test_a_payment_before_reception_starts_it_at_reception(town: Town) -> None:
    publish_small(town.session, MONDAY, MONDAY.date(), rules=counted_from("dossier.paid_on"))
    dossier = town.filed()
    assert isinstance(dossiers.pay(town.session, dossier, by=town.official("cashier"), at=at(3)), Dossier)
    accepted = dossiers.accept(town.session, dossier, by=town.official("reception"), at=at(4))
    assert isinstance(accepted, Dossier)
    assert state_of(dossier).ledger == (LedgerEntry("started", at(3, 0)),)
    assert dossier.due_at == end(6)
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_an_applicant_is_told_that_the_day_follows(visited: Town) -> None:
    told = quote(visited.session, visited.begun(), MONDAY)
    assert isinstance(told, Quote)
    assert told.deadline == Unknown(("visit.held_on",), "rules.term_not_started")


def test_a_term_that_lacks_anything_else_still_refuses(town: Town) -> None:
    rules = counted_from("visit.held_on").replace('art. 7"', 'art. 7" until 2026-02-28')
    publish_small(town.session, MONDAY, MONDAY.date(), rules=rules, form=_form(), steps=VISITED)
    refused = dossiers.accept(town.session, town.filed(), by=town.official("reception"), at=MONDAY)
    assert isinstance(refused, Refusal)
    assert refused.code == "dossiers.value_unknown"


# The cashier comes before the approver.
PAID_FIRST = tuple(
    task("examine", "fit", "incomplete", role="cashier", area="receiving", collects=("copies",))
    if step.key == "examine"
    else step
    for step in STEPS
    if step.key != "collect"
)
PAID_FIRST_TO = tuple(
    replace(each, target="granted") if each.target == "collect" else each
    for each in TRANSITIONS
    if each.source != "collect"
)
