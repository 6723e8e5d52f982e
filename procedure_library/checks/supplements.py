"""Only an official asks the applicant for more, and says what: a task stands before every supplement.

Good: a branch behind a task leads to the supplement. Bad: a consultation or a limit that leads straight to one: the
notice to the applicant would have no words.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.moments import asks_applicant, straight_to_applicant

# Steps that are left without anybody's words.
SILENT = ("start", "consultation", "payment", "message", "moment", "automatic", "call")


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.definition.steps:
        interrupted = [way for way in subject.graph.outgoing[step.key] if way.on]
        silent = step.kind in SILENT and asks_applicant(subject.graph, step.key)
        if silent or straight_to_applicant(subject.graph, interrupted):
            yield subject.about(step, "procedures.supplement.without_words")
