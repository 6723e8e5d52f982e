"""Values stand on the transitions that leave a branch, each once, and nowhere else.

Good: "fit" and "incomplete" out of one branch. Bad: a value on the way out of a task, or the same twice.
"""

from collections import Counter
from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.definition.steps:
        exits = subject.graph.outgoing[step.key]
        if step.kind not in ("branch", "inclusive"):
            for transition in exits:
                if transition.when is not None or transition.default:
                    yield subject.about(step, "procedures.transition.value_outside_branch")
            continue
        if sum(t.default for t in exits) > 1:
            yield subject.about(step, "procedures.branch.several_defaults")
        if any(t.when is None and not t.default for t in exits):
            yield subject.about(step, "procedures.branch.transition_without_value")
        for value, count in Counter(t.when for t in exits).items():
            if value is not None and count > 1:
                yield subject.about(
                    step, "procedures.branch.same_value", value=subject.titles.value(step, value)
                )
