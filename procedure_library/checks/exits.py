"""Each kind of step has the transitions that its meaning needs.

Good: a task that one transition leaves; a branch that several enter and one, the default, leaves: it brings ways
together. Bad: an end with a way on, a split with a single way.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.checks.ways import brings_together

# Fewest and most transitions that enter and leave; None: any number.
ENTERING = {"start": (0, 0), "join": (2, None)}
LEAVING = {"end": (0, 0), "branch": (2, None), "split": (2, None), "inclusive": (2, None)}
CODES = {
    "start": "procedures.start.entered",
    "end": "procedures.end.left",
    "branch": "procedures.branch.single_exit",
    "split": "procedures.split.single_exit",
    "inclusive": "procedures.inclusive.single_exit",
    "join": "procedures.join.single_entry",
}


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.definition.steps:
        entering = len(subject.graph.incoming[step.key])
        leaving = len(subject.graph.exits(step.key))
        if step.kind != "end" and not leaving:
            yield subject.about(step, "procedures.step.no_exit")
        elif step.kind not in LEAVING and leaving > 1:
            yield subject.about(step, "procedures.step.several_exits", count=leaving)
        elif brings_together(subject.graph, step):
            continue
        elif not _fits(leaving, LEAVING.get(step.kind)) or not _fits(entering, ENTERING.get(step.kind)):
            yield subject.about(step, CODES[step.kind])


def _fits(count: int, bounds: tuple[int, int | None] | None) -> bool:
    fewest, most = bounds or (0, None)
    return fewest <= count and (most is None or count <= most)
