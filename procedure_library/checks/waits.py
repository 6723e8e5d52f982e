"""Where a dossier waits, it is said for what: an amount, a message, a moment.

Good: a payment that collects a charge, a moment 15 working days later. Bad: a message without a key, a moment with
neither a duration nor a term rule, or with both.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import KEY


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("payment"):
        if not step.collects:
            yield subject.about(step, "procedures.payment.collects_nothing")
    for step in subject.graph.of_kind("message"):
        if not KEY.fullmatch(step.message):
            yield subject.about(step, "procedures.message.no_key", key=step.message)
    for step in subject.graph.of_kind("moment"):
        if (step.budget is None) == (step.moment is None):
            yield subject.about(step, "procedures.moment.not_one_time")
