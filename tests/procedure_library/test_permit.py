"""The building permit against the law: the tables of limits, and what its examples cannot say."""

from datetime import date, datetime, time

import pytest

from common.calendar import WorkingCalendar
from common.clock import ZONE
from common.money import Money
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import Definition, Duration
from procedure_library.package import read_package
from procedure_library.ready_made import CATALOGUE, national_calendar
from rules_dsl.allowance import Allowance
from rules_dsl.evaluation import ParameterValue, Reference
from rules_dsl.facts import Facts, read_facts
from rules_dsl.ledger import LedgerEntry, supplement_answered, supplement_requested
from rules_dsl.terms import Deadline, derive, step_budget
from rules_dsl.unknown import Unknown

TABLE = Reference(national_calendar().calendar)


@pytest.fixture(scope="module")
def permit() -> Compiled:
    definition = read_package(CATALOGUE / "cap_giay_phep_xay_dung_nha_o")
    assert isinstance(definition, Definition)
    return compiled(definition)


def at_nine(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(9), ZONE)


def calendar() -> WorkingCalendar:
    return national_calendar().calendar


def facts(permit: Compiled, channel: str = "counter") -> Facts:
    """Those of the example that meets every condition, before reception."""
    example = next(each for each in permit.definition.examples if each.key == "conditions_met")
    dossier = {**example.facts["dossier"], "channel": channel}
    read = read_facts(
        permit.scope_at("filing", "urban_house"), {"answers": example.facts["answers"], "dossier": dossier}
    )
    assert isinstance(read, Facts)
    return read


@pytest.mark.parametrize(
    ("received", "notice"),
    [
        ("2026-03-02", "2026-03-11"),
        ("2026-02-05", "2026-02-23"),
        ("2026-08-07", "2026-08-18"),
        ("2025-08-18", "2025-08-27"),
        ("2026-03-20", "2026-03-31"),
    ],
)
def test_what_is_missing_is_told_within_seven_working_days(
    permit: Compiled, received: str, notice: str
) -> None:
    budget = permit.step("examine").budget
    assert budget is not None
    due = step_budget(budget, at_nine(received), calendar())
    assert isinstance(due, Deadline)
    assert due.due_on == date.fromisoformat(notice)


def test_a_supplement_is_answered_in_five_days_and_a_second_one_in_three(permit: Compiled) -> None:
    assert permit.step("examine_supplement").budget == Duration(5, "working_day")
    assert permit.step("examine_again").budget == Duration(3, "working_day")


def test_nobody_is_asked_a_third_time(permit: Compiled) -> None:
    """One notice, one guidance: then the permit is granted or refused."""
    asked = [step.key for step in permit.definition.steps if step.kind == "supplement"]
    assert asked == ["supplement", "second_supplement"]
    ways = {each.key: [o.key for o in each.outcomes] for each in permit.definition.steps if each.outcomes}
    assert ways["examine_again"] == ["fit", "unfit"]
    back = {t.source for t in permit.definition.transitions if t.target == "examine"}
    assert back == {"begin"}


def test_the_fifteen_days_begin_again_when_the_dossier_is_complete(permit: Compiled) -> None:
    allowance = permit.rulebook.evaluate("permit_term", facts(permit), TABLE).value
    assert isinstance(allowance, Allowance)
    ledger = [LedgerEntry("started", at_nine("2026-03-02"))]
    ledger += supplement_requested(allowance, at_nine("2026-03-11"))
    ledger += supplement_answered(allowance, at_nine("2026-03-20"))
    due = derive(allowance, ledger, calendar())
    assert isinstance(due, Deadline)
    assert due.due_on == date(2026, 4, 6)


def test_a_province_without_a_decision_blocks_the_fee_and_never_makes_it_nothing(permit: Compiled) -> None:
    for name in ("permit_fee", "payment"):
        value = permit.rulebook.evaluate(name, facts(permit), TABLE).value
        assert value == Unknown(("permit_amount",), "rules.unknown_parameter")


@pytest.mark.parametrize(("channel", "fee"), [("counter", 75_000), ("post", 75_000), ("online", 0)])
def test_a_province_may_decide_each_channel_apart(permit: Compiled, channel: str, fee: int) -> None:
    rows = (
        ParameterValue(Money(75_000), from_on=date(2024, 1, 1)),
        ParameterValue(Money(0), from_on=date(2024, 1, 1), keys=("online",)),
    )
    decided = Reference(calendar(), {"permit_amount": rows})
    assert permit.rulebook.evaluate("permit_fee", facts(permit, channel), decided).value == Money(fee)
