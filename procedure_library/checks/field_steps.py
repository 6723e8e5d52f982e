"""A question that names steps names tasks of the procedure, and is seen and read only where it is filled by then.

Good: the approver fills "reason" on the page of the case officer. Bad: a question filled at a step that was renamed,
shown before anybody can have filled it, or asked of the applicant by what an officer answers later.
"""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from common.problems import Finding
from common.text import Text
from form_builder.conditions import read_by
from form_builder.form import Field
from form_builder.parts import FILLS, SHOWS, STEPS, part_of, steps_of
from form_builder.schema import read_form
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.moments import FILING


def check(subject: Subject) -> Iterator[Finding]:
    form = read_form(subject.definition.form)
    tasks = {step.key for step in subject.graph.of_kind("task")}
    known = {moment: frozenset(_known(subject, moment)) for moment in (FILING, *sorted(tasks))}
    for page in form.pages:
        for field in page.fields:
            part = part_of(form.schema, page.key, field.key)
            yield from _unknown(subject, field, tasks)
            yield from _too_early(subject, field, part, known)
            for moment in _moments_of(subject, part, tasks):
                yield from _reads_later(subject, field, moment, known[moment])


def _known(subject: Subject, moment: str) -> tuple[str, ...]:
    return subject.knowledge.pages_at(moment, None)


def _unknown(subject: Subject, field: Field, tasks: Collection[str]) -> Iterator[Finding]:
    for verb in (FILLS, SHOWS):
        for step in steps_of(subject.definition.form, field.key, verb):
            if step not in tasks:
                near = get_close_matches(step, sorted(tasks), 1) or sorted(tasks)
                yield _about(
                    field,
                    "procedures.field.unknown_step",
                    f"/{STEPS}/{verb}",
                    step=Text(step),
                    suggestion=subject.titles.steps(near),
                )


def _too_early(
    subject: Subject, field: Field, part: str, known: dict[str, frozenset[str]]
) -> Iterator[Finding]:
    for step in steps_of(subject.definition.form, field.key, SHOWS):
        if part not in known.get(step, {part}):
            yield _about(
                field, "procedures.field.not_filled_yet", f"/{STEPS}/{SHOWS}", step=subject.titles.step(step)
            )


def _moments_of(subject: Subject, part: str, tasks: Collection[str]) -> Iterator[str]:
    """When the part is filled: at tasks, else at filing."""
    steps = [key for key in sorted(tasks) if part in subject.knowledge.fills[key]]
    yield from steps or (FILING,)


def _reads_later(subject: Subject, field: Field, moment: str, known: Collection[str]) -> Iterator[Finding]:
    form = read_form(subject.definition.form)
    part = {f.key: part_of(form.schema, page.key, f.key) for page in form.pages for f in page.fields}
    for case in field.asked_when:
        for key in dict.fromkeys(read.partition(".")[0] for read in read_by(case.test)):
            if key in part and part[key] not in known and part[key] != part[field.key]:
                other = form.field_at(key)
                assert other is not None
                yield _about(field, "procedures.field.reads_later", "", other=other.title)


def _about(field: Field, code: str, place: str, **more: Text) -> Finding:
    return Finding(code, f"/properties/{field.path}{place}", spoken({"field": field.title, **more}))
