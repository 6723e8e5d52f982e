"""A new version keeps what other procedures use of this one; whoever uses more is named.

Good: the linked birth passes "person.full_name", and the new version still offers it. Bad: the new version no longer
offers the question: publish the caller without it first. A new question that must be answered is a warning: the
caller is published next, from the same day.
"""

from collections.abc import Iterator

from common.problems import Finding
from common.text import Text
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.neighbours import calls_of, misfits


def check(subject: Subject) -> Iterator[Finding]:
    for caller in subject.neighbours.callers if subject.neighbours else ():
        for step, call in calls_of(caller):
            if call.procedure != subject.definition.key:
                continue
            for found in misfits(caller, call, subject.definition):
                what = found.what or "—"
                said: dict[str, str | int | Text] = {
                    "caller": caller.name,
                    "step": step.name,
                    "what": what,
                }
                if found.use == "missing":
                    yield Finding("procedures.callers.lack", "interface", spoken(said), "warning")
                else:
                    said["use"] = f"@procedures.use.{found.use}"
                    yield Finding("procedures.callers.broken", "interface", spoken(said))
