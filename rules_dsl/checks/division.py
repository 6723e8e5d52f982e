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
            fact, parameter = checked.kinds.fact(node.path), checked.kinds.parameters.get(node.path)
            if parameter is not None:
                values = [line.value for line in parameter.values]
                lowest = parameter.local.lowest if parameter.local else None
                return all(_is_positive(value) for value in ([lowest] if lowest else values))
            return fact is None or (fact.minimum is not None and fact.minimum > 0)
    return False


def _is_positive(value: n.Constant) -> bool:
    number = value if isinstance(value, n.Number) else value.number
    return number.value > 0
