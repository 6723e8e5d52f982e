"""Each transition leads from a step of the procedure to a step of the procedure.

Good: examine → sign. Bad: examine → a step that was deleted.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    steps = {step.key for step in subject.definition.steps}
    for transition in subject.definition.transitions:
        for end in (transition.source, transition.target):
            if end not in steps:
                yield Finding("procedures.transition.step_missing", transition.key, {"step": end})
