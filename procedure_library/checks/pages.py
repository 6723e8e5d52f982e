"""Steps speak of pages that the form has, and that are filled by then; every page is filled by somebody.

Good: the task shows "person", filled at filing. Bad: a task that shows what only a later task fills, or a
page that no case type asks for.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from common.problems import Finding
from common.text import Text
from form_builder.parts import page_of
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.definition import CaseType, Step
from procedure_library.moments import filing_pages, task_pages


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.definition.steps:
        yield from _unknown(subject, step, (*step.shows, *step.fills, *step.corrects))
    for kind in subject.definition.case_types:
        yield from _unknown(subject, kind, kind.pages)
    yield from _too_early(subject)
    yield from _asked_by_nobody(subject)


def _unknown(subject: Subject, thing: Step | CaseType, pages: tuple[str, ...]) -> Iterator[Finding]:
    for page in dict.fromkeys(pages):
        if page not in subject.pages:
            near = get_close_matches(page, subject.pages, 1) or subject.pages
            yield subject.about(
                thing, "procedures.page.unknown", page=page, suggestion=_titles(subject, near)
            )


def _too_early(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("task"):
        known = {page_of(part) for part in subject.knowledge.pages_at(step.key, None)}
        for page in dict.fromkeys((*step.shows, *step.corrects)):
            if page in subject.pages and page not in known:
                yield subject.about(step, "procedures.page.not_filled_yet", page=subject.titles.page(page))


def _asked_by_nobody(subject: Subject) -> Iterator[Finding]:
    kinds = subject.definition.case_types or (None,)
    asked = {page for kind in kinds for page in filing_pages(subject.definition, kind)}
    asked |= {page_of(part) for part in task_pages(subject.definition)}
    for page in subject.pages:
        if page not in asked:
            yield Finding(
                "procedures.page.asked_by_nobody", page, spoken({"page": subject.titles.page(page)})
            )


def _titles(subject: Subject, pages: Sequence[str]) -> Text:
    titles = [subject.titles.page(page) for page in pages]
    return Text(", ".join(each.vi for each in titles), ", ".join(each.in_("en") for each in titles))
