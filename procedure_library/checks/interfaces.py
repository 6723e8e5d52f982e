"""What a procedure offers to callers is there: case types, questions of the form, components.

Good: the case type "ordinary" may be called, with the question "person". Bad: a question that the form does not
have, or no case type at all.
"""

from collections.abc import Iterator

from common.problems import Finding
from form_builder.schema import read_form
from procedure_library.checks.subject import Subject
from rules_dsl.nodes import Component


def check(subject: Subject) -> Iterator[Finding]:
    offers = subject.definition.interface
    if offers is None:
        return
    if not offers.case_types:
        yield Finding("procedures.interface.no_case_type", "interface")
    form = read_form(subject.definition.form)
    kinds = {kind.key for kind in subject.definition.case_types}
    unknown = (
        *(key for key in offers.case_types if key not in kinds),
        *(path for path in (*offers.questions, *offers.answers) if form.field_at(path) is None),
        *(key for key in offers.papers if not isinstance(subject.rules.get(key), Component)),
    )
    for name in dict.fromkeys(unknown):
        yield Finding("procedures.interface.unknown", "interface", {"what": name})
