"""The form can be shown, answered and judged, and does not hide the facts of the dossier.

Good: every field has a kind, a title and a page. Bad: a field called "dossier", a condition on nothing.
"""

from collections.abc import Iterator

from common.problems import Finding
from form_builder.checks import check_form
from procedure_library.checks.subject import Subject
from procedure_library.remembered import Remembered

# By the text of a form: while steps are drawn it stays as it is.
remembered: Remembered[tuple[Finding, ...]] = Remembered(64)
# Told of the form as a whole, by `translations`.
NO_ENGLISH = "form.no_english"


def check(subject: Subject) -> Iterator[Finding]:
    yield from (finding for finding in _found(subject) if finding.code != NO_ENGLISH)
    if "dossier" in subject.definition.form.get("properties", {}):
        yield Finding("procedures.form.hides_dossier", "/properties/dossier")


def without_english(subject: Subject) -> Iterator[Finding]:
    """What the form says in Vietnamese alone, each where it stands."""
    return (finding for finding in _found(subject) if finding.code == NO_ENGLISH)


def _found(subject: Subject) -> tuple[Finding, ...]:
    return remembered.get(subject.form_name, lambda: tuple(check_form(subject.definition.form)))
