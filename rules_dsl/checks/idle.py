"""Every line can apply: its condition can be met behind the lines before it, and its rule is in force then.

Told at a glance, from the values of choices; what only all the answers together rule out is for the prover.
"""

from collections.abc import Iterator, Sequence

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked, clauses_of
from rules_dsl.checks.guards import NOTHING, Guards, implied


def idle_lines(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        clauses = clauses_of(rule)
        for clause in clauses:
            if clause.law.ends_before(rule.law) or rule.law.ends_before(clause.law):
                yield checked.finding("rules.never_in_force", clause)
        if isinstance(rule, n.AmountRule):
            yield from _first_match([line for line in clauses if isinstance(line, n.GIVING)], checked)
            changes = (line for line in clauses if not isinstance(line, n.GIVING))
            yield from (_idle(line, checked) for line in changes if _is_idle(line, NOTHING, checked))
        else:
            yield from _first_match(clauses, checked)


def _first_match(lines: Sequence[n.Clause], checked: Checked) -> Iterator[Finding]:
    """Lines of which the first that applies counts: each knows that those before it did not."""
    known, asked = NOTHING, set()
    for line in lines:
        if line.when is not None and (line.when in asked or _is_idle(line, known, checked)):
            yield _idle(line, checked)
        elif line.when is not None and not line.law.is_dated:
            asked.add(line.when)
            known = known | implied(line.when, False, checked.kinds)


def _is_idle(line: n.Clause, known: Guards, checked: Checked) -> bool:
    """Whether the condition leaves some fact no value at all."""
    if line.when is None:
        return False
    met = known | implied(line.when, True, checked.kinds)
    return line.when == n.Truth(False) or not all(met.values.values())


def _idle(line: n.Clause, checked: Checked) -> Finding:
    return checked.finding("rules.line_never_applies", line)
