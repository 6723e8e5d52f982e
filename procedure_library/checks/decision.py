"""Whoever gets or is refused something gets a decision: every way to such an end passes one, of that kind.

Good: sign "granted" → end "granted". Bad: a way to the end "refused" on which nobody decides, or on which
the decision was to grant.
"""

from collections.abc import Iterator
from dataclasses import replace

from common.problems import Finding
from procedure_library.checks.exploration import Exploration, Situation
from procedure_library.checks.subject import Subject
from procedure_library.definition import Ending

DECIDED = ("granted", "refused")


def check(subject: Subject) -> Iterator[Finding]:
    exploration = subject.exploration
    told: set[tuple[str, str | None]] = set()
    for situation in exploration.situations:
        end = situation.marking.ended
        if end and (end, situation.decision) not in told:
            told.add((end, situation.decision))
            yield from _end(subject, exploration, situation, end)


def _end(subject: Subject, exploration: Exploration, situation: Situation, end: str) -> Iterator[Finding]:
    step = subject.graph.steps[end]
    if step.ending not in DECIDED or situation.decision == step.ending:
        return
    way = subject.titles.way(exploration.way_to(situation))
    if situation.decision is None:
        found = subject.about(step, "procedures.end.no_decision", way=way)
    else:
        decision, ending = _word(situation.decision), _word(step.ending)
        found = subject.about(
            step, "procedures.end.other_decision", way=way, decision=decision, ending=ending
        )
    yield replace(found, path=exploration.path_to(subject.graph, situation))


def _word(ending: Ending) -> str:
    """The legal outcome in words."""
    return f"@procedures.ending.{ending}"
