"""Remedies for English that is missing: what the same Vietnamese words are called elsewhere in the procedure."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from common.problems import Finding
from common.text import Text
from procedure_library.checks.captions import Caption
from procedure_library.checks.subject import Subject
from procedure_library.checks.translations import lacking
from procedure_library.remedies.remedy import Remedy


def same_english(subject: Subject, finding: Finding) -> Remedy | None:
    """All of it at once: whatever has a namesake with English. What form and rules lack stays: they are texts of
    their authors."""
    known = _known(subject)
    mended = Subject(_filled(subject.definition, known), subject.calendar)
    before, after = _at(subject, finding.where), lacking(mended)
    if not before or after.get(before[0].part) == before:
        return None
    filled = [caption.text.vi for caption in before if caption not in after.get(caption.part, ())]
    return Remedy("procedures.remedy.same_english", mended.definition, {"english": known[filled[0]]})


def _at(subject: Subject, where: str) -> list[Caption]:
    """What is missing in the part that the finding speaks of."""
    parts = lacking(subject).values()
    return next((missing for missing in parts if missing[0].where == where), [])


def _known(subject: Subject) -> Mapping[str, str]:
    """Vietnamese → English: of steps and everything named in the definition, of questions, of pages, of rules."""
    definition = subject.definition
    said = [*_texts(definition), *_in_form(definition.form), *_texts(subject.parsed.rules.rules)]
    return {text.vi: text.en for text in reversed(said) if text.vi and text.en}


def _texts(part: Any) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _texts(item)
    elif is_dataclass(part):
        for attribute in fields(part):
            yield from _texts(getattr(part, attribute.name))


def _in_form(part: Any) -> Iterator[Text]:
    """Titles in the form: of questions with their English beside, of pages and answers as texts in both languages."""
    if isinstance(part, Mapping):
        english = part.get("x-motcua-en")
        if isinstance(english, Mapping) and isinstance(part.get("title"), str):
            yield Text(part["title"], str(english.get("title", "")))
        if isinstance(part.get("vi"), str):
            yield Text(part["vi"], str(part.get("en", "")))
        for item in part.values():
            yield from _in_form(item)
    elif isinstance(part, list):
        for item in part:
            yield from _in_form(item)


def _filled(part: Any, known: Mapping[str, str]) -> Any:
    if isinstance(part, Text):
        return part if part.en else replace(part, en=known.get(part.vi, ""))
    if isinstance(part, tuple):
        return tuple(_filled(item, known) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{f.name: _filled(getattr(part, f.name), known) for f in fields(part)})
    return part
