"""The head of the procedure is complete: law, level, channels, applicants, case types, results.

Good: at least one of each. Bad: no legal basis, or a term missing where a slip with a date is printed.
"""

from collections.abc import Iterator

from common.problems import Finding
from procedure_library.checks.subject import Subject

NEEDED = ("levels", "channels", "applicants", "case_types")


def check(subject: Subject) -> Iterator[Finding]:
    definition = subject.definition
    for name in NEEDED:
        if not getattr(definition, name):
            yield Finding(f"procedures.{name}.none", definition.key)
    if not definition.legal_basis:
        yield Finding("procedures.law.none", definition.key)
    for citation in definition.legal_basis:
        if not citation.number.strip() or not citation.title.vi.strip():
            yield Finding("procedures.law.incomplete", definition.key, {"number": citation.number})
    if not definition.results:
        yield Finding("procedures.results.none", definition.key, severity="warning")
    for kind in definition.case_types:
        if definition.slip and kind.term is None:
            yield subject.about(kind, "procedures.case_type.no_term")
