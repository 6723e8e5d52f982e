"""A call names another procedure, hands on what there is, takes what it fills, and has a way on when it fails.

Good: the procedure "residence", which gets "child.full_name" from our question "child.full_name", and a way on
"failure" to a task. Bad: the procedure itself, a question that our form does not have, an answer taken to a page that
the step does not fill, or no way for failure (nobody would go on where the other cannot be opened).
"""

from collections.abc import Iterator

from common.problems import Finding
from form_builder.moments import schema_at
from form_builder.schema import read_form
from procedure_library.checks.subject import Subject
from procedure_library.definition import KEY, Step
from procedure_library.linking import Call
from procedure_library.neighbours import calls_of
from rules_dsl.nodes import Component


def check(subject: Subject) -> Iterator[Finding]:
    for step in subject.graph.of_kind("call"):
        if not subject.graph.exits(step.key, "failure"):
            yield subject.about(step, "procedures.call.no_failure_way")
        if step.call is None or not KEY.fullmatch(step.call.procedure):
            named = step.call.procedure if step.call else ""
            yield subject.about(step, "procedures.call.no_procedure", procedure=named)
    for step, call in calls_of(subject.definition):
        if call.procedure == subject.definition.key:
            yield subject.about(step, "procedures.call.itself")
        if call.function and not KEY.fullmatch(call.function):
            yield subject.about(step, "procedures.call.function_spelling", function=call.function)
        yield from _questions(subject, step, call)
        yield from _papers(subject, step, call)


def _questions(subject: Subject, step: Step, call: Call) -> Iterator[Finding]:
    ours = read_form(subject.definition.form)
    filled = read_form(schema_at(subject.definition.form, step.fills))
    for passing in call.passes:
        if ours.field_at(passing.source) is None:
            yield subject.about(step, "procedures.call.passes_unknown", question=passing.source)
    for passing in call.takes:
        if filled.field_at(passing.target) is None:
            yield subject.about(step, "procedures.call.takes_nowhere", question=passing.target)


def _papers(subject: Subject, step: Step, call: Call) -> Iterator[Finding]:
    for passing in call.papers:
        if not isinstance(subject.rules.get(passing.source), Component):
            yield subject.about(step, "procedures.call.paper_unknown", paper=passing.source)
