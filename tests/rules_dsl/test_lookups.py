"""Tables, interpolations and rates of exchange: what they give, and what they say when they give nothing."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from common.money import Money
from rules_dsl.checks import check
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import Evaluation, PublishedRate, Reference
from rules_dsl.explain import sentences
from rules_dsl.facts import scope
from rules_dsl.parser import parse
from rules_dsl.unknown import Unknown
from tests.rules_dsl.world import (
    DAY,
    INTEGER,
    MONEY,
    TEXT,
    YES_NO,
    book,
    calendar,
    day,
    facts,
    form,
    one_of,
    reference,
    rows,
    sound,
)

FORM = form(
    kind=one_of("new", "renew", "lost"),
    ways={"type": "array", "items": {"enum": ["post", "mail"]}},
    investment={**MONEY, "title": "Vốn đầu tư"},
    floors_=INTEGER,
    paid_on=DAY,
    own=YES_NO,
    place=TEXT,
    papers=rows(sort=one_of("deed", "copy"), pages=INTEGER),
)
ANSWERS: dict[str, Any] = {
    "kind": "new",
    "ways": [],
    "investment": 57_500_000_000,
    "paid_on": "2026-04-28",
    "own": True,
    "place": "Hà Nội",
    "papers": [{"sort": "deed", "pages": 3}, {"sort": "copy", "pages": 1}],
}
RATES = {
    "usd_buying": {
        day("2026-04-24"): PublishedRate(Decimal(26080)),
        day("2026-04-28"): PublishedRate(Decimal(26105), 2, ("Vietcombank",)),
        day("2026-04-29"): PublishedRate(Decimal(26110)),
    }
}
WORLD = replace(reference(), rates=RATES)
CARD = """
table card "Mức thu" (kind, dossier.channel) unique
  cites "TT 59/2019"
  row new, any gives 0 VND
  row renew, counter gives 50_000 VND
  row renew, {online, post} gives 25_000 VND from 2025-07-01 cites "TT 64/2025"
  row lost, any gives 70_000 VND
fee f "Lệ phí" cites "TT 59/2019" pay card
"""


def evaluated(text: str, world: Reference = WORLD, *, on: str = "2026-03-02", **changed: Any) -> Evaluation:
    """The rule f; the channel is online."""
    known = scope(FORM)
    given = facts(
        known, {**ANSWERS, **changed}, received_at=f"{on}T09:00:00+07:00", channel="online", charged_so_far=0
    )
    return book(f"language en\n{text}", known).evaluate("f", given, world)


def value(text: str, world: Reference = WORLD, **changed: Any) -> Any:
    return evaluated(text, world, **changed).value


@pytest.mark.parametrize(("kind", "amount"), [("new", 0), ("renew", 25_000), ("lost", 70_000)])
def test_a_table_gives_the_value_of_the_row_that_applies(kind: str, amount: int) -> None:
    assert value(CARD, kind=kind) == Money(amount)


def test_a_row_before_its_first_day_gives_nothing() -> None:
    assert value(CARD, kind="renew", on="2025-06-30") == Unknown(("card",), "rules.not_in_force")


def test_the_row_read_is_told_with_its_law_before_the_line_that_read_it() -> None:
    found = evaluated(CARD, kind="renew")
    assert [(line.code, line.line, line.cites) for line in found.trace] == [
        ("trace.table", 7, ("TT 64/2025",)),
        ("trace.paid", 9, ("TT 59/2019",)),
    ]
    assert found.trace[1].facts == (("kind", "renew"), ("dossier.channel", "online"))
    assert sentences(found, sound(f"language en\n{CARD}", scope(FORM)), "vi", scope(FORM)) == (
        "Lệ phí: 25.000 đồng (TT 59/2019).",
        "Mức thu: 25.000 đồng (TT 64/2025).",
        "Mức thu 25.000 đồng (kind: Renew; Cách nộp hồ sơ: Trực tuyến).",
    )


def test_the_first_row_that_applies_counts_where_the_table_says_so() -> None:
    text = (
        'table t (own, investment) first cites "L" row yes, above 5 billion VND gives 1 row any, any gives 2'
    )
    assert value(f'{text} charge f cites "L" pay 5 VND * t') == Money(5)
    assert value(f'{text} charge f cites "L" pay 5 VND * t', own=False) == Money(10)


def test_what_was_not_answered_has_its_own_row() -> None:
    text = """table t (floors) unique cites "L"
      row blank gives 1 VND row below 3 gives 2 VND row from 3 up to 7 gives 3 VND row above 7 gives 4 VND
    charge f cites "L" pay t"""
    assert [value(text, floors=floors) for floors in (None, 2, 3, 7, 8)] == [
        Money(amount) for amount in (1, 2, 3, 3, 4)
    ]


def test_several_chosen_values_are_in_a_row_when_one_of_them_is() -> None:
    text = 'table t (ways) first cites "L" row mail gives 1 VND row any gives 2 VND charge f cites "L" pay t'
    assert value(text, ways=["post", "mail"]) == Money(1)
    assert value(text, ways=["post"]) == Money(2)


def test_days_texts_and_lets_are_keys_as_well() -> None:
    text = """let late = dossier.received_on - paid_on
      table t (late, paid_on, place) first cites "L"
      row above 0, up to 2025-12-31, "Hà Nội" gives 1 VND
      row any, any, any gives 2 VND
      charge f cites "L" pay t"""
    assert value(text) == Money(2)
    assert value(text, paid_on="2025-12-31") == Money(1)
    assert value(text, paid_on="2025-12-31", place="Huế") == Money(2)


def test_a_table_by_fields_of_a_row_is_read_row_by_row() -> None:
    text = """table t (papers.sort) unique cites "L" row deed gives 10 VND row copy gives 3 VND
      charge f cites "L" for each papers pay t times papers.pages"""
    found = evaluated(text)
    assert found.value == Money(33)
    assert [line.row for line in found.trace if line.code == "trace.table"] == [0, 1]


def unchecked(text: str, **changed: Any) -> Any:
    known = scope(FORM)
    rules = compile_rules(parse(f"language en\n{text}").rules, known)
    return rules.evaluate("f", facts(known, {**ANSWERS, **changed}), WORLD).value


def test_a_case_without_a_row_and_a_case_with_two_are_unknown_never_a_guess() -> None:
    text = 'table t (kind) unique cites "L" row new gives 1 VND row {new, lost} gives 2 VND charge f cites "L" pay t'
    assert unchecked(text, kind="renew") == Unknown(("t",), "rules.no_row")
    assert unchecked(text, kind="new") == Unknown(("t",), "rules.two_rows")
    assert unchecked(text, kind="lost") == Money(2)


def test_a_key_that_is_not_known_leaves_the_table_unknown_where_it_could_decide() -> None:
    known = scope(FORM)
    rules = compile_rules(parse(f"language en\n{CARD}").rules, known)
    missing = facts(known, {"kind": "renew"})
    assert rules.evaluate("f", missing, WORLD).value == Unknown(("dossier.channel",), "rules.unknown_fact")
    assert rules.evaluate("f", facts(known, {"kind": "new"}), WORLD).value == Money(0)


APPRAISAL = """
interpolate share "Tỷ lệ" by investment
  cites "TT 258/2016"
  at 15 billion VND gives 0.00671%
  at 100 billion VND gives 0.00363%
  at 500 billion VND gives 0.00202%
charge f "Phí" cites "TT 258/2016" pay investment * share
"""


@pytest.mark.parametrize(
    ("billions", "amount"),
    [
        ("5", 335_500),
        ("15", 1_006_500),
        ("57.5", 2_972_750),
        ("100", 3_630_000),
        ("300", 8_475_000),
        ("500", 10_100_000),
        ("1000", 20_200_000),
    ],
)
def test_an_interpolation_is_linear_between_points_and_constant_outside(billions: str, amount: int) -> None:
    assert value(APPRAISAL, investment=int(Decimal(billions) * 10**9)) == Money(amount)


def test_an_interpolation_of_amounts_is_exact_to_the_one_quotient() -> None:
    text = """interpolate i by investment cites "L" at 0 gives 0 VND at 3 gives 10 VND
      charge f cites "L" pay i * 3"""
    assert value(text, investment=1) == Money(10)


def test_an_interpolation_says_where_it_was_read() -> None:
    found = evaluated(APPRAISAL)
    known = scope(FORM)
    rules = sound(f"language en\n{APPRAISAL}", known)
    assert sentences(found, rules, "vi", known)[1] == "Tỷ lệ tại 57.500.000.000 đồng: 0,00517%."
    assert sentences(found, rules, "en", known)[1] == "Tỷ lệ at 57,500,000,000 VND: 0.00517%."


CARD_IN_DOLLARS = """
rate usd_buying "Tỷ giá mua chuyển khoản" USD to VND on last_working_day(paid_on)
  cites "TT 25/2021"
charge f "Phí" cites "TT 25/2021" pay 145 USD at usd_buying
"""


@pytest.mark.parametrize(
    ("paid", "amount"),
    [
        ("2026-04-28", 3_785_225),
        ("2026-04-27", 3_781_600),
        ("2026-05-01", 3_785_950),
        ("2026-04-29", 3_785_950),
        ("2026-05-03", 3_785_950),
    ],
)
def test_a_conversion_takes_the_rate_of_exactly_the_day_the_rule_says(paid: str, amount: int) -> None:
    """R18: paid on a closed day, the rate of the last working day before it counts."""
    assert value(CARD_IN_DOLLARS, paid_on=paid) == Money(amount)


def test_a_day_without_a_published_rate_leaves_the_amount_unknown_and_says_which() -> None:
    found = evaluated(CARD_IN_DOLLARS, paid_on="2026-05-04")
    assert found.value == Unknown(("usd_buying.2026-05-04",), "rules.unknown_rate")
    rules = sound(f"language en\n{CARD_IN_DOLLARS}", scope(FORM))
    assert sentences(found, rules, "vi") == ("Phí: Chưa có tỷ giá: Tỷ giá mua chuyển khoản ngày 04/05/2026.",)


def test_the_rate_read_is_told_and_kept_with_its_version() -> None:
    found = evaluated(CARD_IN_DOLLARS)
    stored = json.loads(json.dumps(found.to_json()))
    assert stored["used"]["rates"] == [
        {
            "name": "usd_buying",
            "on": "2026-04-28",
            "value": {"number": "26105"},
            "version": 2,
            "cites": ["Vietcombank"],
        }
    ]
    assert Evaluation.from_json(stored) == found
    rules = sound(f"language en\n{CARD_IN_DOLLARS}", scope(FORM))
    assert sentences(found, rules, "vi")[1] == (
        "145 USD theo Tỷ giá mua chuyển khoản ngày 28/04/2026 là 26.105: 3.785.225 đồng (Vietcombank)."
    )


def test_an_evaluation_without_rates_is_stored_as_it_was_before_there_were_any() -> None:
    assert "rates" not in evaluated(CARD).to_json()["used"]


def test_an_example_gives_the_rate_of_the_day_it_is_about() -> None:
    example = 'example "một thẻ" given paid_on = 2026-04-28, usd_buying = 26_105 expect f = 3_785_225 VND'
    rules = parse(f"language en\n{CARD_IN_DOLLARS}{example}").rules
    assert check(rules, scope(FORM), Reference(calendar())) == ()
