"""Everything people read has words, in Vietnamese, and not too many.

Good: every outcome has a caption. Bad: an outcome without one; instructions of many pages. Whether there is English
as well says `translations`.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.captions import captions
from procedure_library.checks.subject import Subject

# What lists and dossiers keep beside the definition.
MOST_IN_CODE, MOST_IN_AREA = 40, 200
# Longer instructions nobody reads at the desk.
MOST_IN_INSTRUCTIONS = 2_000


def check(subject: Subject) -> Iterator[Finding]:
    for caption in captions(subject.definition):
        if not caption.text.vi.strip():
            yield Finding("procedures.text.empty", caption.where, severity="warning")
    yield from _too_long("code", subject.definition.code, MOST_IN_CODE)
    for area in (subject.definition.domain_area.vi, subject.definition.domain_area.en):
        yield from _too_long("domain_area", area, MOST_IN_AREA)
    for step in subject.definition.steps:
        for words in (step.instructions.vi, step.instructions.en):
            yield from _too_long(step.key, words, MOST_IN_INSTRUCTIONS)


def _too_long(where: str, text: str, most: int) -> Iterator[Finding]:
    if len(text) > most:
        yield Finding("procedures.text.too_long", where, {"text": text[:30], "most": most})
