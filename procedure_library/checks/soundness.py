"""Parallel ways come together again, nothing waits for ever, and an end leaves no work behind.

Good: split → two tasks → join → end. Bad: a split whose ways end one by one, a join behind a branch (of
whose ways only one is taken), a circle of branches where nobody ever works.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from common.problems import Finding
from procedure_library.checks.exploration import Exploration, Situation, explored
from procedure_library.checks.subject import Subject
from procedure_library.definition import Step
from procedure_library.semantics import Graph

# Steps that a token may pass without anybody's act.
PASSED = ("branch", "split", "inclusive", "payment")


def check(subject: Subject) -> Iterator[Finding]:
    """Each fault once, with the shortest walk to it that is known."""
    found = _told(subject, subject.exploration)
    graph, choices, walked = subject.graph, subject.choices, subject.walked
    shortest = _told(subject, explored(graph, choices, walked, every_order=True)) if found else {}
    yield from (shortest.get(what, finding) for what, finding in found.items())


def _told(subject: Subject, exploration: Exploration) -> dict[tuple[str, str], Finding]:
    """The first finding of each code and place: the one that the fewest acts lead to."""
    told: dict[tuple[str, str], Finding] = {}
    for finding in _all(subject, exploration):
        told.setdefault((finding.code, finding.where), finding)
    return told


def _all(subject: Subject, exploration: Exploration) -> Iterator[Finding]:
    graph = subject.graph
    for key, path in sorted(exploration.circles.items()):
        yield replace(subject.about(graph.steps[key], "procedures.step.circle_without_work"), path=path)
    for situation in exploration.situations:
        for finding in _faults(subject, exploration, situation):
            yield replace(finding, path=exploration.path_to(graph, situation))
    for step in graph.of_kind("payment"):
        yield from _paid_in_a_circle(subject, exploration, step)
    for key, path in sorted(exploration.meetings.items()):
        yield replace(_not_joined(subject, key), path=path)
    if not exploration.complete:
        yield Finding("procedures.steps.too_many_ways", subject.definition.key)


def _paid_in_a_circle(subject: Subject, exploration: Exploration, step: Step) -> Iterator[Finding]:
    """What was paid is not asked for again: the payment is passed at once, and a circle of such steps has no rest."""
    circle = _circle(subject.graph, step.key)
    before = next((s for s in exploration.situations if step.key in s.marking.waiting), None)
    if circle and before:
        way = exploration.path_to(subject.graph, before)
        found = subject.about(step, "procedures.step.circle_without_work")
        again = () if way[-1] == step.key else (step.key,)
        yield replace(found, path=(*way, *again, *circle))


def _circle(graph: Graph, payment: str) -> tuple[str, ...]:
    """The transitions and steps from the payment back to it where nobody ever works; empty when there are none."""
    ahead, seen = deque[tuple[str, tuple[str, ...]]]([(payment, ())]), set[str]()
    while ahead:
        key, way = ahead.popleft()
        for transition in graph.exits(key):
            further = (*way, transition.key, transition.target)
            if transition.target == payment:
                return further
            if graph.steps[transition.target].kind in PASSED and transition.target not in seen:
                seen.add(transition.target)
                ahead.append((transition.target, further))
    return ()


def _faults(subject: Subject, exploration: Exploration, situation: Situation) -> Iterator[Finding]:
    graph, marking = subject.graph, situation.marking
    for key in situation.crowded:
        yield _not_joined(subject, exploration.met_at(graph, situation, key))
    if marking.ended and (marking.waiting or marking.arrived):
        rest = (*marking.waiting, *(_join(subject, key) for key in marking.arrived))
        still = subject.titles.steps(dict.fromkeys(rest))
        yield subject.about(graph.steps[marking.ended], "procedures.end.leaves_work", still=still)
    elif not marking.waiting:
        for key in marking.arrived:
            yield subject.about(graph.steps[_join(subject, key)], "procedures.join.waits_forever")


def _not_joined(subject: Subject, key: str) -> Finding:
    return subject.about(subject.graph.steps[key], "procedures.split.not_joined")


def _join(subject: Subject, arrival: str) -> str:
    return next(t.target for t in subject.definition.transitions if t.key == arrival)
