"""The reasons of an evaluation are those of the line, however many lines were looked at on the way."""

from decimal import Decimal
from typing import Any

from common.money import Money
from rules_dsl.evaluation import Evaluation
from rules_dsl.facts import scope
from rules_dsl.reading import Facts
from rules_dsl.unknown import Unknown
from rules_dsl.values import ExactMoney
from tests.rules_dsl.counter import ANSWERS, FORM
from tests.rules_dsl.world import book, day, evaluated, facts, reference

MEETING = """language en
charge f cites "L" reductions {how} pay 1_000 VND
  reduce by 50% when poor
  reduce by 10% when kind is house
  reduce by 5% when count > 9
"""


def told(found: Evaluation) -> list[tuple[str, Any]]:
    return [(line.code, dict(line.facts)) for line in found.trace]


def test_each_reduction_gives_its_own_reasons() -> None:
    """Not those of a line that was looked at later and did not apply."""
    highest = evaluated(MEETING.format(how="highest only"), "f", FORM, {**ANSWERS, "poor": True})
    assert told(highest)[1:] == [("trace.reduced", {"poor": True})]
    both = evaluated(MEETING.format(how="waiver first"), "f", FORM, {**ANSWERS, "poor": True})
    assert told(both)[1:] == [("trace.reduced", {"poor": True}), ("trace.reduced", {"kind": "house"})]


def test_a_rule_that_reads_a_dated_rule_depends_on_the_day() -> None:
    text = 'language en fee early cites "L" from 2026-01-01 pay 1 VND fee f cites "L" pay early + early'
    assert evaluated(text, "f", FORM, ANSWERS).used.on == day("2026-03-02")


def test_rows_that_nobody_has_answered_are_unknown_by_the_name_of_the_group() -> None:
    known = scope(FORM)
    rules = book('language en charge f cites "L" pay sum(documents.pages) * 1 VND', known)
    missing = {key: answer for key, answer in ANSWERS.items() if key != "documents"}
    read = facts(known, missing)
    found = rules.evaluate("f", Facts(read.values, {}, read.absent), reference())
    assert found.value == Unknown(("documents",), "rules.unknown_fact")


def test_no_rows_are_nothing_in_the_money_of_their_field() -> None:
    text = """language en charge f cites "L" by sum((documents.extra otherwise 0 VND))
      up to 5 VND pay 1 VND above pay 2 VND"""
    found = evaluated(text, "f", FORM, {**ANSWERS, "documents": []})
    nothing = ExactMoney(Decimal(0), "VND")
    assert found.trace[0].parameters == {"quantity": nothing, "floor": nothing}


def test_an_amount_of_thirty_digits_is_still_exact() -> None:
    price = 10**29 + 1
    assert Money(price).amount == Decimal(price)
    found = evaluated('language en charge f cites "L" pay price', "f", FORM, {**ANSWERS, "price": price})
    assert (found.value, [line.code for line in found.trace]) == (Money(price), ["trace.paid"])


def test_a_minus_says_nothing_about_zero() -> None:
    found = evaluated('language en charge f cites "L" pay -(price - price)', "f", FORM, ANSWERS)
    assert found.to_json()["trace"][0]["result"] == {"exact": "0", "currency": "VND"}


def test_what_two_lines_look_up_is_a_reason_of_both() -> None:
    text = """language en
    table t (kind) unique cites "T" row house gives 2 row {shop, farm} gives 3
    let twice = t * 2
    charge f cites "L" pay 1 VND * twice plus 1 VND * twice
    """
    found = evaluated(text, "f", FORM, ANSWERS)
    assert told(found) == [
        ("trace.table", {}),
        ("trace.paid", {"kind": "house"}),
        ("trace.table", {}),
        ("trace.added", {"kind": "house"}),
    ]
