"""A branch that follows a choice rule, or the case type, has a way for every value there can be, and for no other.

Good: choice "needed" or "not_needed", a transition for each. Bad: a value, a case type that leads nowhere.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.outcomes import covered
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    for branch in subject.graph.of_kind("branch"):
        values = subject.choices_of(branch)
        if values is not None:
            yield from covered(subject, branch, set(values))
