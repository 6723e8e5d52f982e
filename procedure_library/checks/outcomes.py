"""A branch that follows a task knows every outcome of it, and no other.

Good: outcomes "fit" and "incomplete", a transition for each. Bad: an outcome that leads nowhere, or a
transition on an outcome that the task does not have; a way on "overdue" into a branch without a default.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from common.text import Text
from procedure_library.checks.subject import Subject
from procedure_library.checks.ways import brings_together
from procedure_library.definition import Step

# Steps that are left with an outcome.
ANSWERED = ("task", "consultation", "automatic", "call")
NO_VALUE = Text("@procedures.no_value", "@procedures.no_value")


def check(subject: Subject) -> Iterator[Finding]:
    for branch in subject.graph.of_kind("branch"):
        if branch.choice is None and not brings_together(subject.graph, branch):
            yield from _branch(subject, branch)


def _branch(subject: Subject, branch: Step) -> Iterator[Finding]:
    entering = subject.graph.incoming[branch.key]
    before = [subject.graph.steps[t.source] for t in entering]
    has_default = any(t.default for t in subject.graph.outgoing[branch.key])
    for way, step in zip(entering, before, strict=True):
        # Who is interrupted says nothing, nor does a machine that has no outcomes: then the default is taken.
        is_silent = way.on is not None or not step.ways
        if step.kind not in ANSWERED or (is_silent and not has_default):
            yield subject.about(
                branch, "procedures.branch.nothing_to_choose_by", before=subject.titles.step(step.key)
            )
    outcomes = {outcome.key for step in before for outcome in step.ways}
    yield from covered(subject, branch, outcomes)


def covered(subject: Subject, branch: Step, values: set[str]) -> Iterator[Finding]:
    """Whether the branch's transitions stand for exactly these values, or have a default for the rest."""
    exits = subject.graph.outgoing[branch.key]
    named = {t.when for t in exits if t.when is not None}
    if not any(t.default for t in exits):
        for value in sorted(values - named):
            yield subject.about(
                branch, "procedures.branch.value_not_covered", value=subject.titles.value(branch, value)
            )
    for value in sorted(named - values):
        near = get_close_matches(value, values, 1) or sorted(values)
        suggestion = subject.titles.value(branch, near[0]) if near else NO_VALUE
        yield subject.about(branch, "procedures.branch.unknown_value", value=value, suggestion=suggestion)
