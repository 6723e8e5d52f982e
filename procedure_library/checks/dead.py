"""Every step and every way out of one is taken by some dossier, whatever people and rules decide.

Good: a branch with a way for each outcome before it. Bad: the same branch with a default besides, which nothing is
left for; whatever only such a way leads to is never reached.
"""

from collections.abc import Iterator
from dataclasses import replace

from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    graph, never = subject.graph, never_taken(subject)
    reached = {way.target for way in subject.definition.transitions if way.key not in never}
    for way in subject.definition.transitions:
        source = graph.steps[way.source]
        if way.key in never and (source.key in reached or source.kind == "start"):
            target = subject.titles.step(way.target)
            found = subject.about(source, "procedures.transition.never_taken", "warning", target=target)
            yield replace(found, where=way.key)
    for step in subject.definition.steps:
        if step.key not in reached and step.kind != "start":
            yield subject.about(step, "procedures.step.never_reached", "warning")


def never_taken(subject: Subject) -> frozenset[str]:
    """The transitions that no walk takes. Asked of a sound graph: elsewhere a walk stops at the first fault."""
    return frozenset(way.key for way in subject.definition.transitions) - subject.exploration.taken
