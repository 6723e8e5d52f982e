"""The examples of a draft: whether each still holds, and taking one out."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.problems import Finding
from common.web import now, session
from designer.drafts import files_of, revisions_of
from designer.reading import definition_of_draft
from designer.supposed import Case, supposed_in
from designer.unanswered import lacking
from designer.views.blueprint import designer, keepers, writers
from designer.views.draft_pages import draft_numbered
from designer.views.places import linked
from designer.views.press import player
from designer.views.saving import Open, done, found, opened, page
from procedure_library.checks import check
from procedure_library.compiled import compiled
from procedure_library.course_trials import try_courses
from procedure_library.definition import KEY, Definition, Example
from procedure_library.reference import calendar_for


@designer.get("/drafts/<int:number>/examples")
@keepers
def draft_examples(number: int) -> Response:
    draft = draft_numbered(number)
    definition = definition_of_draft(files_of(session(), draft))
    findings = _found(definition)
    about = [
        f
        for f in findings
        if f.code.startswith("procedures.example.") and f.code != "procedures.example.none"
    ]
    blocking = [f for f in findings if f.severity == "error" and f not in about]
    examples = definition.examples if isinstance(definition, Definition) else ()
    wrong = {key: [each for each in about if each.where == key] for key in {each.where for each in about}}
    kinds = definition.case_types if isinstance(definition, Definition) else ()
    return page(
        "designer/examples.html",
        Open(draft, "", None),
        examples=examples,
        wrong=wrong,
        blocking=linked(number, blocking, definition),
        cases=kinds,
        revisions=revisions_of(session(), draft),
        lacking=lacking(definition),
        cases_of=dict(_cases(number, examples, definition)) if not blocking else {},
    )


def _found(definition: Definition | tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is wrong; courses are played once nothing else is."""
    if not isinstance(definition, Definition):
        return definition
    found = check(definition, _calendar())
    if any(f.severity == "error" and not f.code.startswith("procedures.example.") for f in found):
        return found
    return (*found, *try_courses(definition, player(), _calendar()))


@designer.post("/drafts/<int:number>/examples/<key>/removal")
@writers
def remove_example(number: int, key: str) -> Response:
    file = opened(number, f"examples/{found(key if KEY.fullmatch(key) else None)}.json")
    found(file.saved)
    saved = file.save_with({file.path: None}, {})
    return done(saved, url_for("designer.draft_examples", number=number), _("Đã bỏ tình huống mẫu."))


def _cases(
    number: int, examples: Iterable[Example], definition: Definition | Any
) -> Iterator[tuple[str, Case]]:
    """By the key of the example, where it opens as the filled-in form."""
    if not isinstance(definition, Definition):
        return
    rates = compiled(definition).rulebook.rates
    for each in examples:
        kind = str(each.facts["dossier"].get("case_type", ""))
        address = url_for("designer.try_example", number=number, case=kind)
        yield each.key, Case(address, supposed_in(each, rates))


def _calendar() -> Any:
    return calendar_for(session(), local_date(now()))
