"""What is asked of applicants has its law: each paper to hand in, and each condition that sets a limit.

Good: a component with «căn_cứ». Bad: one without; a condition on ten copies that no text stands behind. A condition
that only holds answers against each other ("completed after begun") sets no limit, and what it reads by name has its
own law. Of amounts, terms and tables the rules themselves demand it.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from rules_dsl import nodes as n
from rules_dsl.walk import expressions_of

LIMITS = (n.Number, n.Amount, n.Percentage, n.Day, n.Instant, n.ClockTime, n.Word, n.Truth, n.OneOf, n.Within)


def check(subject: Subject) -> Iterator[Finding]:
    for name, rule in subject.rules.items():
        if _asks_something(rule) and not rule.law.cites:
            said = spoken({"rule": subject.titles.rule(name)})
            yield Finding("procedures.rule.no_law", name, said, "warning", rule.place.line)


def _asks_something(rule: n.Rule) -> bool:
    match rule:
        case n.Component():
            return True
        case n.Condition():
            return any(isinstance(part, LIMITS) for part in expressions_of(rule))
    return False
