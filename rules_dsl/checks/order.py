"""Dates, bounds and grades run forward."""

from collections.abc import Iterator, Sequence

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked, clauses_of
from rules_dsl.kind import Kind


def wrong_order(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        for holder in (rule, *clauses_of(rule)):
            if _is_reversed(holder.law):
                yield checked.finding("rules.dates_reversed", holder)
        if isinstance(rule, n.AmountRule):
            yield from _grades(rule, checked)
        if isinstance(rule, n.Parameter):
            yield from _parameter(rule, checked)
        if isinstance(rule, n.Table):
            yield from _constants(rule, [row.value for row in rule.rows], checked)
        if isinstance(rule, n.Interpolation):
            yield from _constants(rule, [point.value for point in rule.points], checked)


def _is_reversed(law: n.Law) -> bool:
    return law.from_on is not None and law.until_on is not None and law.until_on < law.from_on


def _grades(rule: n.AmountRule, checked: Checked) -> Iterator[Finding]:
    for clause in rule.clauses:
        if isinstance(clause, n.Grades):
            before = 0
            for row in clause.rows:
                if row.start <= before:
                    yield checked.finding("rules.grades_out_of_order", row, start=row.start, before=before)
                before = row.start


def _parameter(rule: n.Parameter, checked: Checked) -> Iterator[Finding]:
    local = rule.local
    constants = [local.lowest, local.highest] if local else [line.value for line in rule.values]
    mixed = list(_constants(rule, constants, checked))
    yield from mixed
    if local and not mixed and _number(local.lowest).value > _number(local.highest).value:
        yield checked.finding("rules.bounds_reversed", local, name=rule.name)


def _constants(rule: n.AnyRule, constants: Sequence[n.Constant], checked: Checked) -> Iterator[Finding]:
    """The first constant that is of another kind than those before it."""
    units = [_unit(checked.kinds.of(constant)) for constant in constants]
    for constant, unit in zip(constants[1:], units[1:], strict=True):
        if unit != units[0]:
            yield checked.finding("rules.parameter_kinds", constant, name=rule.name)
            return


def _unit(kind: Kind) -> str:
    return "number" if kind.is_number else kind.name + kind.currency


def _number(constant: n.Constant) -> n.Number:
    return constant if isinstance(constant, n.Number) else constant.number
