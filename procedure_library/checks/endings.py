"""Each end says what it means in law: granted, refused, withdrawn or stopped.

Good: two ends, "granted" and "refused". Bad: an end without meaning, or a procedure that can never grant.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    ends = subject.graph.of_kind("end")
    if not ends:
        yield Finding("procedures.end.none", subject.definition.key)
    for end in ends:
        if end.ending is None:
            yield subject.about(end, "procedures.end.no_ending")
    if ends and not any(end.ending in (None, "granted") for end in ends):
        yield Finding("procedures.end.never_granted", subject.definition.key)
