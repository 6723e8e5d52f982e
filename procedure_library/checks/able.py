"""Every task has somebody able to do it in each unit that uses it, and every consultation somebody to answer.

Good: each commune has a case officer and an approver. Bad: a task for the cashier, and a commune where nobody is one.
"""

from collections.abc import Iterator

from common.problems import Finding, Parameter
from common.text import Text
from procedure_library.checks.subject import Subject
from procedure_library.definition import Ask, Step
from procedure_library.neighbours import Staffed
from rules_dsl.nodes import Assign

# As many units as a sentence names.
MOST_NAMED = 3


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.definition.steps:
        for role in _roles(subject, step):
            yield from _told(subject, step, role, [u for u in _units(subject) if role not in u.roles])
        for role in _anywhere(subject, step):
            if subject.neighbours and _units(subject) and role not in subject.neighbours.anywhere:
                yield from _told(subject, step, role, [*_units(subject)])
        for ask in step.asks:
            lacking = [unit for unit in _units(subject) if ask.role not in _answering(unit, ask)]
            yield from _told(subject, step, ask.role, lacking, ask)


def _units(subject: Subject) -> tuple[Staffed, ...]:
    return subject.neighbours.units if subject.neighbours else ()


def _roles(subject: Subject, step: Step) -> tuple[str, ...]:
    """Of whom somebody must be in the unit itself: the step's role, or those that its assign rule names for no area."""
    if step.kind != "task":
        return ()
    rule = subject.rules.get(step.assign or "")
    if not isinstance(rule, Assign):
        return (step.role,) if step.role else ()
    return tuple(dict.fromkeys(line.role for line in rule.assignees if line.area is None))


def _anywhere(subject: Subject, step: Step) -> tuple[str, ...]:
    """The roles that an assign rule looks for in the unit of some area."""
    rule = subject.rules.get(step.assign or "")
    named = rule.assignees if isinstance(rule, Assign) else ()
    return tuple(dict.fromkeys(line.role for line in named if line.area is not None))


def _answering(unit: Staffed, ask: Ask) -> frozenset[str]:
    return unit.by_function.get(ask.function, frozenset()) if ask.function else unit.roles


def _told(
    subject: Subject, step: Step, role: str, units: list[Staffed], ask: Ask | None = None
) -> Iterator[Finding]:
    if not units:
        return
    more = f", +{len(units) - MOST_NAMED}" if len(units) > MOST_NAMED else ""
    vi, en = (", ".join(u.name.in_(speak) for u in units[:MOST_NAMED]) + more for speak in ("vi", "en"))
    said: dict[str, Parameter | Text] = {
        "count": len(units),
        "units": Text(vi, en),
        "role": f"@procedures.role.{role}",
    }
    if ask is None:
        yield subject.about(step, "procedures.task.nobody_able", "warning", **said)
    else:
        asked = ask.name if ask.name.vi else Text(ask.key)
        yield subject.about(step, "procedures.consultation.nobody_able", "warning", asked=asked, **said)
