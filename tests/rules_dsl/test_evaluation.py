"""Evaluating: exact to the end, rounded once, unknown where something is not known, and why."""

import pytest

from common.money import Money
from tests.rules_dsl.evaluating import ANSWERS, FORM, value
from tests.rules_dsl.world import (
    evaluated,
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
    ],
)
def test_amounts_are_exact_and_rounded_half_up_once(line: str, amount: int) -> None:
    assert value(line) == Money(amount)


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


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ("age(born_on, dossier.received_on) >= 18", True),
        ("dossier.received_on - born_on > 6_575", True),
        ("born_on + 1 month = 2008-03-29", True),
        ("2026-02-13 + 3 working days = 2026-02-25", True),
        ("dossier.received_on within 5 working days of 2026-02-24", True),
        ("dossier.received_on within 2 days of 2026-02-27", True),
        ("dossier.received_on within 1 day of 2026-03-03", False),
        ("kind in {house, shop} and kind is not farm", True),
        ("given note or every(documents.pages > 1)", True),
        ('(note otherwise "") = "x"', False),
        ("any(documents.sealed) and not every(documents.sealed)", True),
        ("(largest(documents.pages) otherwise 0) = 10", True),
        ("price / 2 VND > 500_000", True),
        ("1 = 1 and -1 < 0", True),
        ("poor = no", True),
    ],
)
def test_conditions(condition: str, truth: bool) -> None:
    assert value(condition) is truth


@pytest.mark.parametrize(
    ("born", "on", "old_enough"),
    [
        ("2008-02-29", "2026-02-27", False),
        ("2008-02-29", "2026-02-28", True),
        ("2008-03-02", "2026-03-01", False),
        ("2008-03-02", "2026-03-02", True),
    ],
)
def test_a_year_of_age_is_full_on_the_birthday(born: str, on: str, old_enough: bool) -> None:
    condition = f"condition f requires age(born_on, {on}) >= 18"
    assert evaluated(f"language en\n{condition}", "f", FORM, {**ANSWERS, "born_on": born}).value is old_enough
