"""An interpolation has at least two points, in rising order, in the unit of what it goes by."""

from collections.abc import Iterator
from itertools import pairwise

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.checks.domains import number_of

FEWEST = 2


def misplaced_points(checked: Checked) -> Iterator[Finding]:
    for rule in checked.kinds.interpolations.values():
        if len(rule.points) < FEWEST:
            yield checked.finding("rules.too_few_points", rule, name=rule.name)
        for before, point in pairwise(rule.points):
            if number_of(point.at) <= number_of(before.at):
                yield checked.finding("rules.points_out_of_order", point)
        yield from _units(rule, checked)


def _units(rule: n.Interpolation, checked: Checked) -> Iterator[Finding]:
    quantity = checked.kinds.of(rule.quantity)
    for point in rule.points:
        found = checked.kinds.of(point.at)
        if found.name == "money" and quantity.is_known and found != quantity:
            unit = quantity.currency or quantity.term
            yield checked.finding("rules.units_do_not_mix", point.at, left=unit, right=found.currency)
