"""Nothing is divided by what may be zero."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.walk import every_part


def zero_divisors(checked: Checked) -> Iterator[Finding]:
    for occurrence in checked.occurrences():
        for part in every_part(occurrence.node):
            for sign, divisor in part.rest if isinstance(part, n.Product) else ():
                if sign == "/" and not _is_never_zero(divisor, checked):
                    yield checked.finding("rules.may_divide_by_zero", divisor)


def _is_never_zero(node: n.Expression, checked: Checked) -> bool:
    """Only what can be told at a glance: a constant, a field whose least value is above zero."""
    match node:
        case n.Number():
            return node.value != 0
        case n.Amount() | n.Percentage():
            return node.number.value != 0
        case n.Name():
            return _is_never_zero_by_name(node.path, checked)
    return False


def _is_never_zero_by_name(path: str, checked: Checked) -> bool:
    match checked.kinds.rule(path):
        case None:
            fact = checked.kinds.fact(path)
            return fact is None or (fact.minimum is not None and fact.minimum > 0)
        case n.Let() as let:
            return _is_never_zero(let.value, checked)
        case n.Parameter(local=n.LocalSetting() as local):
            return _is_positive(local.lowest)
        case n.Parameter() as parameter:
            return all(_is_positive(line.value) for line in parameter.values)
        case n.Table() as table:
            return all(_is_positive(row.value) for row in table.rows)
        case n.Interpolation() as rule:
            return all(_is_positive(point.value) for point in rule.points)
    return False


def _is_positive(value: n.Constant) -> bool:
    number = value if isinstance(value, n.Number) else value.number
    return number.value > 0
