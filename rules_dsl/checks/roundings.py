"""What is rounded is rounded to a written unit above zero, of its own kind."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.checks.domains import number_of
from rules_dsl.kinds import ROUNDINGS
from rules_dsl.walk import every_part


def doubtful_roundings(checked: Checked) -> Iterator[Finding]:
    for occurrence in checked.occurrences():
        for part in every_part(occurrence.node):
            unit = _unit_of(part)
            if unit is not None and not _is_unit(unit):
                yield checked.finding("rules.rounding_unit", unit)
    for rule in checked.kinds.amounts.values():
        for clause in rule.clauses:
            if isinstance(clause, n.Rounded) and not _is_unit(clause.unit):
                yield checked.finding("rules.rounding_unit", clause.unit)


def _unit_of(node: n.Expression) -> n.Expression | None:
    """The unit that a call rounds to."""
    rounds = isinstance(node, n.Call) and node.function in ROUNDINGS and len(node.arguments) > 1
    return node.arguments[1] if rounds and isinstance(node, n.Call) else None


def _is_unit(node: n.Expression) -> bool:
    match node:
        case n.Number() | n.Amount():
            return number_of(node) > 0
        case n.Percentage():
            return node.number.value > 0
    return False
