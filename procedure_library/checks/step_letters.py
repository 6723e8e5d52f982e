"""A task prints letters that the procedure has, and that no end prints by itself.

Good: "request_to_police", a letter of no ending. Bad: a letter that there is not; the certificate, which the decision
prints.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import Step
from procedure_library.seeing import letters_at


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("task"):
        for key in letters_at(step):
            yield from _letter(subject, step, key)


def _letter(subject: Subject, step: Step, key: str) -> Iterator[Finding]:
    letters = {letter.key: letter for letter in subject.definition.letters}
    if key not in letters:
        printed = [each.key for each in letters.values() if each.ending is None]
        near = get_close_matches(key, printed, 1) or [", ".join(printed) or "—"]
        yield subject.about(step, "procedures.prints.unknown", letter=key, suggestion=near[0])
    elif letters[key].ending is not None:
        yield subject.about(step, "procedures.prints.result", letter=letters[key].name)
