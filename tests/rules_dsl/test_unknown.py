"""Unknown where something is not known, and why; amounts of the day; the trace that says how."""

import json
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from common.calendar import WorkingCalendar
from common.money import Money
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import Evaluation, ParameterValue, Reference
from rules_dsl.facts import Facts, read_facts, scope
from rules_dsl.moment import RulesNotChecked
from rules_dsl.parser import parse
from rules_dsl.terms import Allowance, Extension
from rules_dsl.unknown import Unknown
from rules_dsl.values import Assignment, ComponentNeed
from tests.rules_dsl.evaluating import ANSWERS, FORM, value
from tests.rules_dsl.world import (
    book,
    calendar,
    day,
    evaluated,
    facts,
    reference,
)


def unknown(line: str, answers: dict[str, Any], world: Reference | None = None) -> Any:
    known = scope(FORM)
    return (
        book(f"language en\n{line}", known).evaluate("f", facts(known, answers), world or reference()).value
    )


def test_what_is_not_answered_yet_is_unknown_by_name() -> None:
    missing = {key: answer for key, answer in ANSWERS.items() if key != "price"}
    assert unknown('charge f cites "L" pay price', missing) == Unknown(("price",), "rules.unknown_fact")
    assert unknown("condition f requires price > 3 VND and count > 99", missing) is False
    assert unknown("condition f requires price > 3 VND or count > 1", missing) is True
    assert unknown("condition f requires price > 3 VND and count > 1", missing) == Unknown(
        ("price",), "rules.unknown_fact"
    )


def test_a_line_that_might_apply_leaves_the_amount_unknown() -> None:
    missing = {key: answer for key, answer in ANSWERS.items() if key != "poor"}
    assert unknown('charge f cites "L" pay 1 VND when poor otherwise pay 2 VND', missing) == Unknown(
        ("poor",), "rules.unknown_fact"
    )


def test_one_certain_exemption_settles_the_matter() -> None:
    missing = {key: answer for key, answer in ANSWERS.items() if key != "poor"}
    line = 'charge f cites "L" exempt when poor exempt when kind is house otherwise pay 2 VND'
    assert unknown(line, missing) == Money(0)
    assert unknown(line, {**missing, "kind": "shop"}) == Unknown(("poor",), "rules.unknown_fact")


def test_without_a_calendar_nothing_is_guessed() -> None:
    line = "condition f requires dossier.received_on within 5 days of 2026-02-24"
    assert unknown(line, ANSWERS, Reference(None)) == Unknown(("calendar.2026",), "rules.unknown_calendar")
    assert unknown("condition f requires 2026-12-30 + 5 working days > born_on", ANSWERS) == Unknown(
        ("calendar.2027",), "rules.unknown_calendar"
    )


PARAMETER = """parameter rate "Mức thu" set by province between 1_000 VND and 9_000 VND by kind
charge f cites "L" pay rate"""


def test_a_local_amount_is_that_of_the_most_exact_row_in_force() -> None:
    def row(amount: int, *keys: str, since: date | None = None, until: date | None = None) -> ParameterValue:
        return ParameterValue(Money(amount), since, until, keys)

    given = (
        row(2_000),
        row(3_000, "house"),
        row(4_000, "house", since=day("2026-01-01")),
        row(5_000, "house", since=day("2027-01-01")),
        row(6_000, "shop", until=day("2025-12-31")),
    )
    assert unknown(PARAMETER, ANSWERS, reference(rate=given)) == Money(4_000)
    assert unknown(PARAMETER, {**ANSWERS, "kind": "shop"}, reference(rate=given)) == Money(2_000)


def test_an_amount_nobody_has_set_is_unknown_by_its_name() -> None:
    assert unknown(PARAMETER, ANSWERS) == Unknown(("rate",), "rules.unknown_parameter")


def test_an_amount_outside_its_bounds_blocks() -> None:
    for amount in (Money(999), Money(9_001), Money(500, "USD"), Decimal(5_000)):
        found = unknown(PARAMETER, ANSWERS, reference(rate=(ParameterValue(amount),)))
        assert found == Unknown(("rate",), "rules.parameter_out_of_bounds")


SALARY = """language en
parameter salary cites "L" 1_800_000 VND from 2023-07-01 2_340_000 VND from 2024-07-01
charge f cites "L" pay salary"""


def test_a_constant_of_the_law_is_that_of_the_day() -> None:
    known = scope(FORM)
    rules = book(SALARY, known)
    for received, amount in (("2024-06-30", Money(1_800_000)), ("2024-07-01", Money(2_340_000))):
        read = facts(known, ANSWERS, received_at=f"{received}T09:00:00+07:00")
        assert rules.evaluate("f", read, reference()).value == amount
    early = rules.evaluate("f", facts(known, ANSWERS, received_at="2023-06-30T09:00:00+07:00"), reference())
    assert early.value == Unknown(("salary",), "rules.not_in_force")


def test_the_day_that_counts_is_the_one_the_rule_names() -> None:
    line = 'charge f cites "L" as of filing exempt from 2026-03-01 otherwise pay 1 VND'
    known = scope(FORM)
    read = facts(known, ANSWERS, submitted_at="2026-02-28T09:00:00+07:00")
    found = book(f"language en\n{line}", known).evaluate("f", read, reference())
    assert (found.value, found.used.on) == (Money(1), day("2026-02-28"))


def test_a_rule_out_of_force_is_unknown() -> None:
    assert unknown('charge f cites "L" until 2025-12-31 pay 1 VND', ANSWERS) == Unknown(
        ("f",), "rules.not_in_force"
    )


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
        reference(rate=(ParameterValue(Money(3_000), cites=("NQ 1",), version=7),)),
    )
    stored = json.loads(json.dumps(found.to_json()))
    assert Evaluation.from_json(stored) == found
    assert stored["value"] == {"amount": 9000, "currency": "VND"}
    assert stored["used"]["parameters"] == [
        {"name": "rate", "value": {"exact": "3000", "currency": "VND"}, "version": 7, "cites": ["NQ 1"]}
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
    rules = compile_rules(parse('language en charge f cites "L" pay price + count').rules)
    known = scope(FORM)
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
