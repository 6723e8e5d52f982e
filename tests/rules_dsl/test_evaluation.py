"""Evaluating: exact to the end, rounded once, unknown where something is not known, and why."""

import json
from datetime import datetime, time
from decimal import Decimal

import pytest

from common.calendar import WorkingCalendar
from common.money import Money
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import Evaluation, ParameterValue
from rules_dsl.facts import Facts, read_facts, scope
from rules_dsl.moment import RulesNotChecked
from rules_dsl.parser import parse
from rules_dsl.terms import Allowance, Extension
from rules_dsl.values import Assignment, ComponentNeed
from tests.rules_dsl.counter import ANSWERS, FORM, value
from tests.rules_dsl.world import (
    book,
    calendar,
    day,
    evaluated,
    facts,
    local,
    reference,
)


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("pay 0.5% of price", 5_000),
        ("pay price * 0.0005", 500),
        ("pay price / 3", 333_334),
        ("pay price / 2", 500_001),
        ("pay area * 1_000 VND", 12_500),
        ("pay 1 billion VND * 3", 3_000_000_000),
        ("pay sum(documents.pages * documents.copies) * 1_000 VND", 32_000),
        ("pay sum((documents.extra otherwise 0 VND))", 500),
        ("pay count(documents.sealed) * 1_000 VND + count(documents) * 1 VND", 1_002),
        ("pay smallest(price, 1_000 VND)", 1_000),
        ("pay price at least 2_000_000 VND", 2_000_000),
        ("pay price at most 1_000 VND times count", 3_000),
        ("pay price times count at most 1_000 VND", 1_000),
        ("pay 1_000 VND plus 500 VND when not poor plus 300 VND when poor", 1_500),
        ("pay 1_000 VND reduce by 5_000 VND", 0),
        ("pay 1_000 VND reduce by 30%", 700),
        ("exempt when poor otherwise pay 1_000 VND", 1_000),
        ("pay price less 400_000 VND", 600_001),
        ("pay price less price + 1 VND plus 5 VND", 5),
        ("pay price less dossier.charged_so_far", 999_901),
        ("pay price rounded to 1_000 VND", 1_000_000),
        ("pay price rounded to 1_000 VND up", 1_001_000),
        ("pay price rounded to 1_000 VND down", 1_000_000),
        ("pay 1_500 VND rounded to 1_000 VND", 2_000),
        ("pay price / 3 rounded to 1 VND down", 333_333),
        ("pay 1_499.5 VND rounded to 1_000 VND times 2", 2_000),
        ("pay rounded_up(price, 7 VND)", 1_000_006),
        ("pay rounded_down(price, 2.5 VND)", 1_000_000),
        ("pay rounded(area, 5) * 1_000 VND", 15_000),
        ("per rounded_down(area, 1) from 1 pay 1 VND from 3 pay 2 VND", 22),
        ("pay price * rounded(12.5%, 10%)", 100_000),
    ],
)
def test_amounts_are_exact_and_rounded_half_up_once(line: str, amount: int) -> None:
    assert value(line) == Money(amount)


def test_a_term_may_count_from_another_fact_than_reception() -> None:
    line = 'term f cites "L" 3 working days counted from '
    from_day, from_instant = value(f"{line} born_on"), value(f"{line} called_at")
    assert from_day == Allowance(3, "working_day", since=local("2008-02-29 00:00"))
    assert from_instant.since == datetime.fromisoformat("2026-03-01T23:00:59+07:00")
    assert Allowance.from_json(from_day.to_json()) == from_day
    assert "since" not in Allowance(3, "working_day").to_json()


def test_half_a_dong_goes_up() -> None:
    assert value("pay price / 2", price=1) == Money(1)
    assert value("pay price / 3", price=1) == Money(0)


@pytest.mark.parametrize(
    ("how", "amount"), [("highest only", 500), ("one after the other", 450), ("waiver first", 450)]
)
def test_reductions_meet_as_the_rule_says(how: str, amount: int) -> None:
    line = f'charge f cites "L" reductions {how} pay 1_000 VND reduce by 50% reduce by 10% when not poor'
    assert value(line) == Money(amount)


def test_a_waiver_stands_alone_where_it_goes_first() -> None:
    line = (
        'charge f cites "L" reductions waiver first pay 1_000 VND reduce by 50% reduce by 100% when not poor'
    )
    found = evaluated(f"language en\n{line}", "f", FORM, ANSWERS)
    assert found.value == Money(0)
    assert [one.code for one in found.trace] == ["trace.paid", "trace.reduced"]


def test_no_rows_cost_nothing() -> None:
    assert value('charge f cites "L" for each documents pay 5 VND * documents.pages', documents=[]) == Money(
        0
    )
    assert value("pay sum((documents.extra otherwise 0 VND))", documents=[]) == Money(0)


PARAMETER = """parameter tariff "Mức thu" set by province between 1_000 VND and 9_000 VND by kind
charge f cites "L" pay tariff"""


def test_the_other_kinds_of_rule() -> None:
    assert value(
        'term f cites "L" 15 calendar days when kind is house otherwise 20 calendar days'
        " received after 15:00 counts as next working day suspended while supplement_requested"
        ' extendable by 10 days once cites "M"'
    ) == Allowance(
        15,
        "calendar_day",
        cut_off=time(15),
        supplement="pause",
        extension=Extension(10, "calendar_day", 1, ("M",)),
    )
    assert value(
        'component f "Giấy" 1 original, 2 photocopies when kind is house one of proof'
    ) == ComponentNeed(True, 1, 0, 2, "proof")
    assert value('component f "Giấy" 1 original when poor') == ComponentNeed(False)
    assert value("choice f left when poor otherwise right") == "right"
    assert value("assign f role officer area dossier.area when poor otherwise role clerk") == Assignment(
        "clerk"
    )


def test_an_evaluation_is_kept_as_json_and_comes_back_the_same() -> None:
    known = scope(FORM)
    rules = book(f"language en\n{PARAMETER} times count", known)
    found = rules.evaluate(
        "f",
        facts(known, ANSWERS),
        reference(tariff=(ParameterValue(Money(3_000), cites=("NQ 1",), version=7),)),
    )
    stored = json.loads(json.dumps(found.to_json()))
    assert Evaluation.from_json(stored) == found
    assert stored["value"] == {"amount": 9000, "currency": "VND"}
    assert stored["used"]["parameters"] == [
        {"name": "tariff", "value": {"exact": "3000", "currency": "VND"}, "version": 7, "cites": ["NQ 1"]}
    ]


@pytest.mark.parametrize(
    "line",
    [
        'term f cites "L" same day',
        'component f "P" when poor',
        "choice f left when poor otherwise right",
        "condition f requires poor",
        "assign f role clerk",
        'charge f cites "L" pay price / 3',
        'charge f cites "L" for each documents per documents.pages from 1 pay 2 VND',
        'charge f cites "L" until 2020-01-01 pay 1 VND',
    ],
)
def test_every_kind_of_evaluation_comes_back_the_same(line: str) -> None:
    found = evaluated(f"language en\n{line}", "f", FORM, ANSWERS)
    assert Evaluation.from_json(json.loads(json.dumps(found.to_json()))) == found


TRACED = """language en
charge f
  cites "L"
  for each documents
  per documents.pages
    from 1 pay 2_000 VND
    from 3 pay 1_000 VND
  times documents.copies
"""


def test_the_trace_says_which_line_and_which_row() -> None:
    found = evaluated(TRACED, "f", FORM, ANSWERS)
    assert [(one.code, one.line, one.row) for one in found.trace] == [
        ("trace.graded", 5, 0),
        ("trace.multiplied", 8, 0),
        ("trace.graded", 5, 1),
        ("trace.multiplied", 8, 1),
        ("trace.rows_added", 2, None),
    ]
    assert found.used.facts["documents.1.copies"] == Decimal(1)


def test_unchecked_rules_are_our_bug_not_the_applicants() -> None:
    known = scope(FORM)
    rules = compile_rules(parse('language en charge f cites "L" pay price + count').rules, known)
    with pytest.raises(RulesNotChecked):
        rules.evaluate("f", facts(known, ANSWERS), reference())


def test_facts_that_are_not_of_their_kind_are_problems() -> None:
    wrong = {
        "price": 1.5,
        "area": "x",
        "count": True,
        "born_on": "29/02/2008",
        "poor": "no",
        "kind": 3,
        "documents": [{"pages": "ten", "copies": 1, "sealed": True}],
    }
    problems = read_facts(scope(FORM), {"answers": wrong, "dossier": {"received_at": "2026-03-02T09:00:00"}})
    assert isinstance(problems, tuple)
    assert {(problem.where, problem.code) for problem in problems} == {
        (where, "rules.wrong_fact")
        for where in (
            "price",
            "area",
            "count",
            "born_on",
            "poor",
            "kind",
            "documents.0.pages",
            "dossier.received_at",
        )
    }


def test_days_of_the_dossier_follow_from_its_instants() -> None:
    read = read_facts(scope(FORM), {"answers": {}, "dossier": {"received_at": "2026-03-01T18:30:00+00:00"}})
    assert isinstance(read, Facts)
    assert read.values["dossier.received_on"] == day("2026-03-02")


def test_the_calendar_read_is_named() -> None:
    found = evaluated(
        "language en\ncondition f requires dossier.received_on within 2 days of 2026-02-27",
        "f",
        FORM,
        ANSWERS,
    )
    assert isinstance(calendar(), WorkingCalendar)
    assert found.used.calendar == ("vn", 1)
