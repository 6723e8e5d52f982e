"""Every step is passed by some case type.

Good: of two case types one goes by the ward, the other by the province. Bad: a step behind a branch by the case type,
on a way that no case type takes.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.checks.ways import onward


def check(subject: Subject) -> Iterator[Finding]:
    passed = {key for ways in subject.ways_of.values() for key in ways.steps}
    for key in sorted(onward(subject.graph, (step.key for step in subject.graph.of_kind("start"))) - passed):
        if passed:
            yield subject.about(subject.graph.steps[key], "procedures.step.no_case_type")
