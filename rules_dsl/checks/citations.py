"""Every amount, term and constant carries the law it comes from."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked, clauses_of


def missing_citations(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        if not _is_cited(rule):
            yield checked.finding("rules.no_citation", rule, name=rule.name)


def _is_cited(rule: n.AnyRule) -> bool:
    """A rule that cites nothing as a whole may cite line by line; what a province sets brings its own law."""
    match rule:
        case n.AmountRule():
            giving = tuple(clause for clause in rule.clauses if isinstance(clause, n.GIVING))
            return bool(rule.law.cites) or all(line.law.cites for line in giving or rule.clauses)
        case n.Term():
            return bool(rule.law.cites) or all(line.law.cites for line in rule.clauses)
        case n.Parameter() if rule.local is None:
            return bool(rule.law.cites) or any(line.law.cites for line in clauses_of(rule))
        case n.Table():
            return bool(rule.law.cites) or all(row.law.cites for row in rule.rows)
        case n.Interpolation() | n.Rate():
            return bool(rule.law.cites)
    return True
