"""A step at rest may be interrupted: by its limit, where it has one, by the applicant who withdraws, by failure.

Good: a supplement with 30 days, and a way on "overdue" that stops the dossier. Bad: "overdue" out of a step without a
limit, out of a branch, or twice out of one step; "failure" where nothing is automatic.
"""

from collections import Counter
from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import Boundary, Step
from procedure_library.semantics import RESTING

# A moment ends by itself: nothing can be late.
INTERRUPTED = tuple(kind for kind in RESTING if kind != "moment")

# What the machine does by itself may come to nothing.
CAN_FAIL = ("automatic", "call")


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.definition.steps:
        ways = Counter(way.on for way in subject.graph.outgoing[step.key] if way.on)
        if ways and step.kind not in INTERRUPTED:
            yield subject.about(step, "procedures.boundary.not_at_rest")
        elif ways:
            yield from _interrupted(subject, step, ways)


def _interrupted(subject: Subject, step: Step, ways: "Counter[Boundary]") -> Iterator[Finding]:
    for on, count in ways.items():
        if count > 1:
            yield subject.about(step, "procedures.boundary.twice", on=f"@procedures.boundary_on.{on}")
    if ways["failure"] and step.kind not in CAN_FAIL:
        yield subject.about(step, "procedures.boundary.cannot_fail")
    if ways["overdue"] and (step.budget is None or step.kind == "automatic"):
        yield subject.about(step, "procedures.boundary.no_limit")
    if ways["overdue"] and step.silence:
        yield subject.about(step, "procedures.boundary.silence_too")
