"""The rule file fits the form as a whole: every name is a question or a fact, every value of the right kind.

Good: a charge on a question of any page. Bad: a rule, even one that nobody uses yet, that reads a question which
the form does not have. It asks nothing of the steps: a fault in the drawing hides none in the rules.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.remembered import Remembered, days_of
from rules_dsl.checks import check as check_rules
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Scope, scope
from rules_dsl.prover.checking import THOROUGH

remembered: Remembered[tuple[Finding, ...]] = Remembered(64)


def check(subject: Subject) -> Iterator[Finding]:
    """What the prover decides as well is left to it (rule_proofs), unless the rules are unsound already."""
    key = (subject.rules_name, days_of(subject.calendar))
    yield from remembered.get(key, lambda: _found(subject))


def _found(subject: Subject) -> tuple[Finding, ...]:
    known, reference = whole_scope(subject), Reference(subject.calendar)
    found = check_rules(subject.parsed.rules, known, reference, checks=THOROUGH)
    if any(finding.severity == "error" for finding in found):
        found = check_rules(subject.parsed.rules, known, reference)
    return tuple(found)


def whole_scope(subject: Subject) -> Scope:
    """What rules may read once all pages are filled in."""
    return scope(subject.definition.form, [kind.key for kind in subject.definition.case_types])
