"""A procedure starts in exactly one place.

Good: one start. Bad: none, or two, so that nobody knows where a dossier begins.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    starts = subject.graph.of_kind("start")
    if not starts:
        yield Finding("procedures.start.none", subject.definition.key)
    for extra in starts[1:]:
        yield subject.about(extra, "procedures.start.several")
