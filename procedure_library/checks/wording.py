"""Everything people read has words, in Vietnamese and in English.

Good: both. Bad: an outcome without a caption. Missing English is a warning: Vietnamese then stands.
"""

from collections.abc import Iterator

from common.problems import Finding
from common.text import UNSAID, Text
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition, Step

# What lists and dossiers keep beside the definition.
MOST_IN_CODE, MOST_IN_AREA = 40, 200
# Longer instructions nobody reads at the desk.
MOST_IN_INSTRUCTIONS = 2_000
# Steps where nobody works need no words: the drawing shows them.
SILENT = ("start", "branch", "split", "join", "inclusive")


def check(subject: Subject) -> Iterator[Finding]:
    for where, text in _texts(subject.definition):
        if not text.vi.strip():
            yield Finding("procedures.text.empty", where, severity="warning")
        elif not text.en.strip():
            yield Finding("procedures.text.no_english", where, {"text": text.vi}, "warning")
    yield from _too_long("code", subject.definition.code, MOST_IN_CODE)
    for area in (subject.definition.domain_area.vi, subject.definition.domain_area.en):
        yield from _too_long("domain_area", area, MOST_IN_AREA)
    for step in subject.definition.steps:
        for words in (step.instructions.vi, step.instructions.en):
            yield from _too_long(step.key, words, MOST_IN_INSTRUCTIONS)


def _guidance(step: Step) -> Iterator[Text]:
    """What the step says besides, where it says it."""
    said = (step.instructions, step.duty.who if step.duty else UNSAID)
    yield from (text for text in said if text.vi or text.en)


def _too_long(where: str, text: str, most: int) -> Iterator[Finding]:
    if len(text) > most:
        yield Finding("procedures.text.too_long", where, {"text": text[:30], "most": most})


def _texts(definition: Definition) -> Iterator[tuple[str, Text]]:
    yield "name", definition.name
    yield "domain_area", definition.domain_area
    yield "summary", definition.summary
    for citation in definition.legal_basis:
        yield citation.number, citation.title
    for part in (definition.case_types, definition.results, definition.letters, definition.examples):
        yield from ((item.key, item.name) for item in part)
    for step in definition.steps:
        if step.kind not in SILENT:
            yield step.key, step.name
        yield from ((step.key, said) for said in _guidance(step))
        yield from ((f"{step.key}.{outcome.key}", outcome.label) for outcome in step.outcomes)
        yield from ((f"{step.key}.{ask.key}", ask.name) for ask in step.asks)
    for name, texts in (("left_out", definition.left_out), ("by_hand", definition.by_hand)):
        yield from ((f"{name}.{index}", text) for index, text in enumerate(texts))
