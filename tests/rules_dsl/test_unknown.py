"""What is not known is unknown, by name and reason; amounts and constants are those of the day."""

from datetime import date
from decimal import Decimal
from typing import Any

from common.money import Money
from rules_dsl.evaluation import ParameterValue, Reference
from rules_dsl.facts import scope
from rules_dsl.unknown import Unknown
from tests.rules_dsl.counter import ANSWERS, FORM
from tests.rules_dsl.world import book, day, facts, reference


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


PARAMETER = """parameter tariff "Mức thu" set by province between 1_000 VND and 9_000 VND by kind
charge f cites "L" pay tariff"""


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
    assert unknown(PARAMETER, ANSWERS, reference(tariff=given)) == Money(4_000)
    assert unknown(PARAMETER, {**ANSWERS, "kind": "shop"}, reference(tariff=given)) == Money(2_000)


def test_a_constant_is_in_force_on_the_days_of_its_rule() -> None:
    text = 'parameter tariff cites "L" until 2025-12-31 5 VND charge f cites "L" pay tariff'
    assert unknown(text, ANSWERS) == Unknown(("tariff",), "rules.not_in_force")


def test_an_amount_nobody_has_set_is_unknown_by_its_name() -> None:
    assert unknown(PARAMETER, ANSWERS) == Unknown(("tariff",), "rules.unknown_parameter")


def test_an_amount_outside_its_bounds_blocks() -> None:
    for amount in (Money(999), Money(9_001), Money(500, "USD"), Decimal(5_000)):
        found = unknown(PARAMETER, ANSWERS, reference(tariff=(ParameterValue(amount),)))
        assert found == Unknown(("tariff",), "rules.parameter_out_of_bounds")


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
