"""The answers and what is wrong with them as plain text, for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from common.messages import message_of
from form_builder.form import Form
from form_builder.judge import judge
from form_builder.summary import Section, summary

LEFT_OUT = "–"


def as_text(form: Form, answers: Mapping[str, Any], language: str) -> str:
    """Section after section, one line a question; then what is wrong, when anything was answered."""
    parts = ["\n".join(_section(section)) for section in summary(form, answers, language)]
    wrong = [message_of(problem, language).whole for problem in judge(form, answers)] if answers else []
    return "\n\n".join([*parts, *(["\n".join(f"! {each}" for each in wrong)] if wrong else [])])


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield section.title
        yield "=" * len(section.title)
    for line in section.rows:
        first, *more = (line.text or LEFT_OUT).split("\n")
        yield f"{line.label}: {first}"
        yield from (f"    {each}" for each in more)
