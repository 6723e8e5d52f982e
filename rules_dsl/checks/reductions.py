"""Two reductions that can meet say how they combine."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked


def uncombined_reductions(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        if isinstance(rule, n.AmountRule) and rule.combine is None:
            reductions = [clause for clause in rule.clauses if isinstance(clause, n.Reduce)]
            for number, other in enumerate(reductions):
                first = next((one for one in reductions[:number] if not _never_meet(one, other)), None)
                if first is not None:
                    yield checked.finding("rules.reductions_not_combined", other, first=first.place.line)


def _never_meet(one: n.Clause, other: n.Clause) -> bool:
    """What can be told at a glance: windows that do not overlap, or different values of one choice."""
    apart = one.law.ends_before(other.law) or other.law.ends_before(one.law)
    return apart or _exclude(one.when, other.when)


def _exclude(one: n.Expression | None, other: n.Expression | None) -> bool:
    if not isinstance(one, n.OneOf) or not isinstance(other, n.OneOf) or one.negated or other.negated:
        return False
    same = isinstance(one.subject, n.Name) and one.subject == other.subject
    return same and not set(one.members) & set(other.members)
