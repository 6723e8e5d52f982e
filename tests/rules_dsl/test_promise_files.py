"""The promise, tried on the circulars of the specification: a value for any answers, or the hole that is known."""

from decimal import Decimal
from random import Random

import pytest

from rules_dsl.evaluation import Reference
from rules_dsl.expectation import EveryDay
from rules_dsl.reference import read_parameters
from tests.rules_dsl import tables
from tests.rules_dsl.promise_forms import valid_answers
from tests.rules_dsl.promise_kept import Kept, dossier
from tests.rules_dsl.test_spec import form_of, rules_of, scope_of
from tests.rules_dsl.world import calendar

SITUATIONS = 60
WITH_HOLES = {row.cells["bảng"] for row in tables.rows_of("holes")}
RATES = {"usd_buying": EveryDay(Decimal(26_000))}
SET_BY_A_PROVINCE = read_parameters(
    {
        "permit_rate": [{"value": {"amount": 75_000, "currency": "VND"}}],
        "household_business": [{"value": {"amount": 100_000, "currency": "VND"}}],
        "late_fee": [{"value": {"amount": 8_000, "currency": "VND"}}],
        "car_rate": [{"value": 12}],
    }
)


@pytest.mark.parametrize("table", sorted(set(tables.with_rules()) - WITH_HOLES))
def test_a_circular_without_holes_has_a_value_for_any_answers(table: str) -> None:
    choose = Random(table)
    kept = Kept(rules_of(table), scope_of(table), Reference(calendar(), SET_BY_A_PROVINCE, RATES))
    assert kept.lost() == []
    for _ in range(SITUATIONS):
        given = valid_answers(form_of(table), choose)
        assert kept.broken(given, dossier(choose)) == [], given
