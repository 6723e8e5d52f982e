"""Each task has a role that works on it and at least one outcome to complete it with.

Good: case officer, outcomes "fit" and "incomplete". Bad: a task for nobody.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.identity.actor import ROLES
from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("task"):
        if not step.role:
            yield subject.about(step, "procedures.task.no_role")
        elif step.role not in ROLES:
            near = get_close_matches(step.role, ROLES, 1) or [", ".join(ROLES)]
            yield subject.about(step, "procedures.task.unknown_role", role=step.role, suggestion=near[0])
        if not step.outcomes:
            yield subject.about(step, "procedures.task.no_outcome")
