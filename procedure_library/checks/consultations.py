"""A consultation asks somebody: each unit asked has a role that answers, within a limit of days.

Good: the police and the land office within 5 working days each, silence is consent. Bad: nobody to ask, a role that
does not exist, or no limit: then silence never means anything.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.identity.actor import ROLES
from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import KEY, Step


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("consultation"):
        if not step.asks:
            yield subject.about(step, "procedures.consultation.asks_nobody")
        yield from _asks(subject, step)


def _asks(subject: Subject, step: Step) -> Iterator[Finding]:
    for ask in step.asks:
        unit = ask.name if ask.name.vi else ask.key
        if ask.role not in ROLES:
            near = get_close_matches(ask.role, ROLES, 1) or [", ".join(ROLES)]
            yield subject.about(
                step, "procedures.consultation.unknown_role", unit=unit, role=ask.role, suggestion=near[0]
            )
        if ask.function and not KEY.fullmatch(ask.function):
            yield subject.about(
                step, "procedures.consultation.function_spelling", unit=unit, function=ask.function
            )
        if ask.budget is None and step.budget is None:
            yield subject.about(step, "procedures.consultation.no_limit", unit=unit)
