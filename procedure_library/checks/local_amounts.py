"""What the rules leave to province or unit has been decided by one of them, for the day the procedure is in force.

Good: the council of the province has resolved the fee. Bad: a fee "set by the province", and no resolution recorded.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from rules_dsl.nodes import Parameter


def check(subject: Subject) -> Iterator[Finding]:
    decided = subject.neighbours.decided if subject.neighbours else None
    if decided is None:
        return
    for rule in subject.rules.values():
        if isinstance(rule, Parameter) and rule.local and rule.name not in decided:
            named = spoken({"name": subject.titles.rule(rule.name)})
            yield Finding("procedures.rule.undecided", rule.name, named, "warning", rule.place.line)
