"""Parallel ways come together again, nothing waits for ever, and an end leaves no work behind.

Good: split → two tasks → join → end. Bad: a split whose ways end one by one, a join behind a branch (of
whose ways only one is taken), a circle of branches where nobody ever works.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.exploration import Exploration, Situation
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    exploration = subject.exploration
    told: set[tuple[str, str]] = set()
    for finding in _all(subject, exploration):
        if (finding.code, finding.where) not in told:
            told.add((finding.code, finding.where))
            yield finding


def _all(subject: Subject, exploration: Exploration) -> Iterator[Finding]:
    for key in sorted(exploration.circles):
        yield subject.about(subject.graph.steps[key], "procedures.step.circle_without_work")
    for situation in exploration.situations:
        yield from _faults(subject, situation)
    if not exploration.complete:
        yield Finding("procedures.steps.too_many_ways", subject.definition.key)


def _faults(subject: Subject, situation: Situation) -> Iterator[Finding]:
    graph, marking = subject.graph, situation.marking
    for key in situation.crowded:
        yield subject.about(graph.steps[key], "procedures.split.not_joined")
    if marking.ended and (marking.waiting or marking.arrived):
        rest = (*marking.waiting, *(_join(subject, key) for key in marking.arrived))
        still = subject.titles.steps(dict.fromkeys(rest))
        yield subject.about(graph.steps[marking.ended], "procedures.end.leaves_work", still=still)
    elif not marking.waiting:
        for key in marking.arrived:
            yield subject.about(graph.steps[_join(subject, key)], "procedures.join.waits_forever")


def _join(subject: Subject, arrival: str) -> str:
    return next(t.target for t in subject.definition.transitions if t.key == arrival)
