"""From every step an end can be reached.

Good: every way leads to an end. Bad: two steps that only lead to each other.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.checks.ways import backward


def check(subject: Subject) -> Iterator[Finding]:
    graph = subject.graph
    # A step without exit is told so by the check of exits; what leads to it needs no finding of its own.
    last = [step.key for step in graph.steps.values() if not graph.outgoing[step.key]]
    leading_on = backward(graph, last)
    for step in subject.definition.steps:
        if step.key not in leading_on:
            yield subject.about(step, "procedures.step.no_way_out")
