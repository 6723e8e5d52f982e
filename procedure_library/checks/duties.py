"""Whoever says whose a step is by law says both: the article, and who answers for it.

Good: article 17 of Decree 118/2025, the official of the one-stop desk. Bad: an article alone, or a function alone.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.definition.steps:
        if step.duty is not None and not step.duty.basis.strip():
            yield subject.about(step, "procedures.duty.no_basis", "warning", who=step.duty.who)
        elif step.duty is not None and not step.duty.who.vi.strip():
            yield subject.about(step, "procedures.duty.nobody", "warning", basis=step.duty.basis)
