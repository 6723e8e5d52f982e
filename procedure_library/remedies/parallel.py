"""Remedies for parallel ways that do not come together: the first change after which exploration finds the fault gone.

What is tried: a join before the step where ways meet, a way led to a join that there is, a join where ways are merely
brought together, and none where only one of them is ever taken.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from common.problems import Finding
from procedure_library.checks import exits, reachable, soundness, way_out
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.checks.ways import brings_together
from procedure_library.definition import Definition, Step
from procedure_library.remedies.redrawing import with_join_before, with_step, with_transition
from procedure_library.remedies.remedy import Remedy

# As many changes are tried as an author waits for.
MOST_TRIED = 24
PROVING = (exits.check, reachable.check, way_out.check)


def come_together(subject: Subject, finding: Finding) -> Remedy | None:
    """The remedy that exploration proves; None where none of those known helps."""
    if finding.where not in subject.graph.steps:
        return None
    tried, before = islice(_known(subject, finding), MOST_TRIED), _errors(subject)
    return next((remedy for remedy in tried if _helps(remedy.mended, before)), None)


def _helps(mended: Definition, before: set[tuple[str, str]]) -> bool:
    """Whether no step is out of order that was not before, and the graph is sound."""
    subject = Subject(mended)
    return not _errors(subject) - before and not any(soundness.check(subject))


def _errors(subject: Subject) -> set[tuple[str, str]]:
    return {(found.code, found.where) for check in PROVING for found in check(subject)}


def _known(subject: Subject, finding: Finding) -> Iterator[Remedy]:
    step = subject.graph.steps[finding.where]
    if step.kind == "join":
        yield _brought_together(subject, step)
    else:
        yield from _all_to_its_join(subject, step)
        if brings_together(subject.graph, step):
            yield _joined(subject, step)
        entering = [way for way in subject.graph.incoming[step.key] if way.on is None]
        if len(entering) > 1:
            yield _remedy("join_before", with_join_before(subject.definition, step.key), subject, name=step)
        yield from _led_to_a_join(subject, step)
    for each in subject.graph.of_kind("branch"):
        if brings_together(subject.graph, each):
            yield _joined(subject, each)
    for each in subject.graph.of_kind("join"):
        yield _brought_together(subject, each)


def _all_to_its_join(subject: Subject, step: Step) -> Iterator[Remedy]:
    entering = subject.graph.incoming[step.key]
    for join in (subject.graph.steps[way.source] for way in entering):
        if join.kind == "join":
            mended = subject.definition
            for way in entering:
                if way.source != join.key:
                    mended = with_transition(mended, replace(way, target=join.key))
            yield _remedy("lead_all_to_join", mended, subject, name=step)


def _led_to_a_join(subject: Subject, step: Step) -> Iterator[Remedy]:
    for way in subject.graph.incoming[step.key]:
        source = subject.graph.steps[way.source]
        for join in subject.graph.of_kind("join"):
            if join.key not in (way.source, way.target):
                mended = with_transition(subject.definition, replace(way, target=join.key))
                yield _remedy("lead_to_join", mended, subject, name=source, target=join)


def _joined(subject: Subject, branch: Step) -> Remedy:
    mended = with_step(subject.definition, replace(branch, kind="join"))
    (way,) = subject.graph.outgoing[branch.key]
    return _remedy("make_join", with_transition(mended, replace(way, default=False)), subject, name=branch)


def _brought_together(subject: Subject, join: Step) -> Remedy:
    """A branch that chooses nothing: whichever way is taken, it goes on."""
    mended = with_step(subject.definition, replace(join, kind="branch"))
    for way in subject.graph.outgoing[join.key]:
        mended = with_transition(mended, replace(way, default=True))
    return _remedy("make_merge", mended, subject, name=join)


def _remedy(what: str, mended: Definition, subject: Subject, **steps: Step) -> Remedy:
    named = {name: subject.titles.step(step.key) for name, step in steps.items()}
    return Remedy(f"procedures.remedy.{what}", mended, spoken(named))
