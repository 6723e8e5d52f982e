"""What the machine does by itself has somebody to ask and a way on when it fails.

Good: the connector "population", three attempts, and a way on "failure" to a task. Bad: no connector, no way for
failure (the dossier would rest there for ever), more attempts than anybody waits for, or an
outcome that decides: a decision is signed by a person.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import KEY

MOST_ATTEMPTS = 10


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("automatic"):
        if not KEY.fullmatch(step.connector):
            yield subject.about(step, "procedures.automatic.no_connector", connector=step.connector)
        if not 1 <= step.attempts <= MOST_ATTEMPTS:
            yield subject.about(step, "procedures.automatic.attempts", most=MOST_ATTEMPTS)
        if any(outcome.decision for outcome in step.outcomes):
            yield subject.about(step, "procedures.automatic.decides")
        if not subject.graph.exits(step.key, "failure"):
            yield subject.about(step, "procedures.automatic.no_failure_way")
