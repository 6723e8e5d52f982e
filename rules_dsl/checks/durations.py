"""A term says which days it counts, and office hours that make sense."""

from collections.abc import Iterator
from itertools import pairwise

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked


def bare_durations(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        if isinstance(rule, n.Term):
            yield from _of_term(rule, checked)


def _of_term(rule: n.Term, checked: Checked) -> Iterator[Finding]:
    for clause in rule.clauses:
        period = clause.period
        if period is not None and period.unit == "day":
            yield checked.finding("rules.bare_days", period, amount=period.amount)
        if period is not None and rule.hours and period.unit not in ("working_day", "working_hour", "day"):
            yield checked.finding("rules.hours_need_working_days", period)
    moments = [moment for window in rule.hours or () for moment in window]
    if any(earlier >= later for earlier, later in pairwise(moments)):
        yield checked.finding("rules.hours_out_of_order", rule)
