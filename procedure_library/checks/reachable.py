"""Every step can be reached from the start.

Good: start → examine → sign. Bad: a step that no transition leads to.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.checks.ways import onward


def check(subject: Subject) -> Iterator[Finding]:
    starts = subject.graph.of_kind("start")
    reached = onward(subject.graph, (step.key for step in starts))
    for step in subject.definition.steps:
        if starts and step.key not in reached:
            yield subject.about(step, "procedures.step.unreachable")
