"""Amounts of two currencies are never added or compared."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.kind import Kind, combined
from rules_dsl.kinds import currency_of
from rules_dsl.walk import every_part


def mixed_currencies(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        for occurrence in checked.occurrences_in(rule):
            for part in every_part(occurrence.node):
                for node, left, right in _meetings(part, occurrence.bracket, checked):
                    if left.name == right.name == "money" and left.currency != right.currency:
                        yield _mixed(node, left, right, checked)
        if isinstance(rule, n.AmountRule):
            yield from _collected(rule, checked)
    yield from _limits(checked)


def _collected(rule: n.AmountRule, checked: Checked) -> Iterator[Finding]:
    """All that a rule pays, takes away or rounds to is in the currency it is collected in."""
    own = Kind("money", currency_of(rule, checked.kinds))
    # What brackets measure may be in any currency: it is not what is due.
    measured = {id(clause.quantity) for clause in rule.clauses if isinstance(clause, n.Brackets)}
    for occurrence in checked.occurrences_in(rule):
        found = checked.kinds.of(occurrence.node, occurrence.bracket)
        is_paid = "money" in occurrence.wanted and id(occurrence.node) not in measured
        if is_paid and found.name == "money" and own != found:
            yield _mixed(occurrence.node, own, found, checked)


def _meetings(
    node: n.Expression, bracket: Kind, checked: Checked
) -> Iterator[tuple[n.Expression, Kind, Kind]]:
    def kind(part: n.Expression) -> Kind:
        return checked.kinds.of(part, bracket)

    match node:
        case n.Sum() | n.Product():
            left = kind(node.first)
            for sign, part in node.rest:
                yield part, left, kind(part)
                left = combined(left, sign, kind(part))
        case n.Comparison():
            yield node, kind(node.left), kind(node.right)
        case n.Fallback():
            yield node, kind(node.value), kind(node.instead)
        case n.Converted():
            rate = checked.kinds.rates.get(node.rate.path)
            if rate is not None:
                yield node.value, Kind("money", rate.source), kind(node.value)
        case n.Call():
            yield from ((part, kind(node.arguments[0]), kind(part)) for part in node.arguments[1:])


def _limits(checked: Checked) -> Iterator[Finding]:
    """A limit of a bracket is in the unit of its quantity; the two bounds of a parameter share theirs."""
    for rule in checked.rules.rules:
        for clause in rule.clauses if isinstance(rule, n.AmountRule) else ():
            if isinstance(clause, n.Brackets):
                quantity = checked.kinds.of(clause.quantity)
                for bound in (bound for row in clause.rows for bound in row.bounds):
                    limit = checked.kinds.of(bound.limit)
                    if limit.name == "money" and quantity.is_known and limit != quantity:
                        yield _mixed(bound.limit, quantity, limit, checked)


def _mixed(node: n.Expression, left: Kind, right: Kind, checked: Checked) -> Finding:
    names = [kind.currency or kind.term for kind in (left, right)]
    return checked.finding("rules.units_do_not_mix", node, left=names[0], right=names[1])
