"""Each task has a role that works on it and at least one outcome to complete it with.

Good: case officer, outcomes "fit" and "incomplete". Bad: a task for nobody, or for a
role and an assign rule at once.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.identity.actor import ROLES
from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import Step
from rules_dsl.nodes import Assign


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("task"):
        if step.assign is not None:
            yield from _assigned(subject, step)
        elif not step.role:
            yield subject.about(step, "procedures.task.no_role")
        elif step.role not in ROLES:
            near = get_close_matches(step.role, ROLES, 1) or [", ".join(ROLES)]
            yield subject.about(step, "procedures.task.unknown_role", role=step.role, suggestion=near[0])
        if not step.outcomes:
            yield subject.about(step, "procedures.task.no_outcome")


def _assigned(subject: Subject, step: Step) -> Iterator[Finding]:
    """The rule alone says who: roles that there are."""
    if step.role:
        yield subject.about(step, "procedures.task.role_twice", rule=subject.titles.rule(step.assign or ""))
    rule = subject.rules.get(step.assign or "")
    for line in rule.assignees if isinstance(rule, Assign) else ():
        if line.role not in ROLES:
            near = get_close_matches(line.role, ROLES, 1) or [", ".join(ROLES)]
            yield subject.about(step, "procedures.task.unknown_role", role=line.role, suggestion=near[0])
