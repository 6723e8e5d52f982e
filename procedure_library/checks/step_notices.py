"""A mail that a step sends has words, and reads only what there is to read; one for an overdue step needs a limit.

Good: "Hồ sơ {code} đã đến bước {step}." Bad: a mail without Vietnamese, "{child.full_name}", a mail when a step without
limit is overdue.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.definition import Step
from procedure_library.guidance import PLACEHOLDERS, StepNotice, placeholders_in


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.definition.steps:
        for notice in step.notices:
            yield from _notice(subject, step, notice)


def _notice(subject: Subject, step: Step, notice: StepNotice) -> Iterator[Finding]:
    if not notice.text.vi.strip():
        yield subject.about(step, "procedures.notice.no_text")
    named = (*placeholders_in(notice.text.vi), *placeholders_in(notice.text.en))
    for placeholder in dict.fromkeys(name for name in named if name not in PLACEHOLDERS):
        near = get_close_matches(placeholder, PLACEHOLDERS, 1) or [", ".join(PLACEHOLDERS)]
        yield subject.about(
            step, "procedures.notice.unknown_placeholder", placeholder=placeholder, suggestion=near[0]
        )
    if notice.when == "overdue" and step.budget is None and not any(ask.budget for ask in step.asks):
        yield subject.about(step, "procedures.notice.no_limit")
