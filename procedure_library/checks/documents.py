"""A question that asks for files counts for a component that there is, and is asked of applicants.

Good: it counts for "identity_paper", and its page is filled in at filing. Bad: it counts for a paper that no rule
calls for, or stands on a page that officials fill in: they put no files into answers.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from common.text import Text
from form_builder.form import Field, Page, nested
from form_builder.kinds.documents import component_of
from form_builder.schema import read_form
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.moments import filing_pages, task_pages
from rules_dsl.nodes import Component


def check(subject: Subject) -> Iterator[Finding]:
    kinds = subject.definition.case_types or (None,)
    asked = {page for kind in kinds for page in filing_pages(subject.definition, kind)}
    by_officials = task_pages(subject.definition) - asked
    for page in read_form(subject.definition.form).pages:
        for field in nested(page.fields):
            if field.kind == "document":
                yield from _component(subject, page, field)
                if page.key in by_officials:
                    yield _said("procedures.documents.at_a_step", page, field)


def _component(subject: Subject, page: Page, field: Field) -> Iterator[Finding]:
    name = component_of(field)
    if not name or isinstance(subject.rules.get(name), Component):
        return
    papers = [key for key, rule in subject.rules.items() if isinstance(rule, Component)]
    near = get_close_matches(name, papers, 1) or [", ".join(papers)]
    named = {"rule": subject.titles.rule(name), "suggestion": Text(near[0])}
    yield _said("procedures.documents.unknown_component", page, field, **named)


def _said(code: str, page: Page, field: Field, **more: Text) -> Finding:
    return Finding(code, page.key, spoken({"page": page.title, "field": field.title, **more}))
