"""Remedies for single steps and transitions: values, defaults, what is never taken, what leads nowhere."""

from dataclasses import replace

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.definition import Definition, Transition
from procedure_library.remedies.redrawing import with_transition, without, without_unreachable
from procedure_library.remedies.remedy import Remedy


def default_way(subject: Subject, finding: Finding) -> Remedy | None:
    """Values without a way of their own go where the first way leads that is no refusal."""
    branch = subject.graph.steps.get(finding.where)
    exits = subject.graph.outgoing[branch.key] if branch else ()
    if not exits or any(way.default for way in exits):
        return None
    steps = subject.graph.steps
    way = next((w for w in exits if steps[w.target].ending in (None, "granted")), exits[0])
    mended = with_transition(subject.definition, replace(way, default=True))
    return _told("procedures.remedy.default_way", mended, subject, target=way.target)


def one_default(subject: Subject, finding: Finding) -> Remedy | None:
    """The first default stays; the others keep their value, if they have one."""
    defaults = [way for way in subject.graph.outgoing.get(finding.where, ()) if way.default]
    if len(defaults) < 2 or any(way.when is None for way in defaults[1:]):
        return None
    mended = subject.definition
    for way in defaults[1:]:
        mended = with_transition(mended, replace(way, default=False))
    return _told("procedures.remedy.one_default", mended, subject, target=defaults[0].target)


def no_value(subject: Subject, finding: Finding) -> Remedy | None:
    """Values leave the transitions behind a step where nothing is chosen."""
    mended = subject.definition
    for way in subject.graph.outgoing.get(finding.where, ()):
        if way.when is not None or way.default:
            mended = with_transition(mended, replace(way, when=None, default=False))
    if mended == subject.definition:
        return None
    return _told("procedures.remedy.no_value", mended, subject, name=finding.where)


def take_out_way(subject: Subject, finding: Finding) -> Remedy | None:
    """The transition, and the steps that only it leads to."""
    way = next((t for t in subject.definition.transitions if t.key == finding.where), None)
    if way is None:
        return None
    mended = without_unreachable(without(subject.definition, transitions=[way.key]))
    return _told("procedures.remedy.take_out_way", mended, subject, name=way.source, target=way.target)


def take_out_step(subject: Subject, finding: Finding) -> Remedy | None:
    """The step with what leads to and from it, and the steps that only it leads to."""
    if finding.where not in subject.graph.steps:
        return None
    mended = without_unreachable(without(subject.definition, steps=[finding.where]))
    return _told("procedures.remedy.take_out_step", mended, subject, name=finding.where)


def take_out_interruptions(subject: Subject, finding: Finding) -> Remedy | None:
    """The ways that cannot be: on an interruption that the step never meets."""
    gone = [way.key for way in subject.graph.outgoing.get(finding.where, ()) if _cannot_be(finding, way)]
    if not gone:
        return None
    mended = without_unreachable(without(subject.definition, transitions=gone))
    return _told("procedures.remedy.take_out_interruptions", mended, subject, name=finding.where)


def _cannot_be(finding: Finding, way: Transition) -> bool:
    wrong = {"procedures.boundary.cannot_fail": "failure", "procedures.boundary.no_limit": "overdue"}
    return way.on is not None and way.on == wrong.get(finding.code, way.on)


def leave_at_the_end(subject: Subject, finding: Finding) -> Remedy | None:
    """What leaves an end is taken out."""
    gone = [way.key for way in subject.graph.outgoing.get(finding.where, ())]
    if not gone:
        return None
    mended = without_unreachable(without(subject.definition, transitions=gone))
    return _told("procedures.remedy.leave_at_the_end", mended, subject, name=finding.where)


def straight_on(subject: Subject, finding: Finding) -> Remedy | None:
    """A branch, split or join that has one way in or out, where nothing is chosen or joined, is passed by."""
    step = subject.graph.steps.get(finding.where)
    exits = subject.graph.outgoing[step.key] if step else ()
    if step is None or len(exits) != 1 or exits[0].target == step.key:
        return None
    mended = subject.definition
    for way in subject.graph.incoming[step.key]:
        mended = with_transition(mended, replace(way, target=exits[0].target))
    mended = without(mended, steps=[step.key])
    return _told("procedures.remedy.straight_on", mended, subject, name=step.key, target=exits[0].target)


def _told(code: str, mended: Definition, subject: Subject, **steps: str) -> Remedy:
    """The remedy, its sentence calling steps by name."""
    named = {name: subject.titles.step(key) for name, key in steps.items()}
    return Remedy(code, mended, spoken(named))
