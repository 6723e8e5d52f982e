"""A letter is printed when the form's questions that it prints are answered: by its task, or by the decision.

Good: the record of a visit, printed by the task that fills its page. Bad: printed by a task before that one: the paper
would have a blank. A reminder, for a letter may say something else where there is no answer.
"""

from collections.abc import Iterator, Mapping

from common.problems import Finding
from form_builder.form import Field, Form
from form_builder.parts import part_of
from form_builder.schema import read_form
from procedure_library.checks.placeholders import questions_in
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.definition import Letter, Step


def check(subject: Subject) -> Iterator[Finding]:
    form = read_form(subject.definition.form)
    parts = _parts(form)
    for letter in subject.definition.letters:
        for path, line in questions_in(letter):
            field, part = form.field_at(path), parts.get(path.partition(".")[0], "")
            if field is not None and (step := _too_early(subject, letter, part)) is not None:
                yield _finding(subject, letter, field, step, line)


def _parts(form: Form) -> Mapping[str, str]:
    """By question the part of the form that is filled at once with it."""
    return {
        field.key: part_of(form.schema, page.key, field.key) for page in form.pages for field in page.fields
    }


def _too_early(subject: Subject, letter: Letter, part: str) -> Step | None:
    """The first step that prints the letter where that part is not sure to be filled."""
    printing = (step for step in subject.definition.steps if _prints(step, letter))
    return next((s for s in printing if part not in subject.knowledge.pages_at(s.key, None)), None)


def _prints(step: Step, letter: Letter) -> bool:
    if letter.ending is not None:
        return any(outcome.decision == letter.ending for outcome in step.outcomes)
    return letter.key in (*step.prints, *step.must_print)


def _finding(subject: Subject, letter: Letter, field: Field, step: Step, line: int) -> Finding:
    said = {"letter": letter.name, "field": field.title, "name": subject.titles.step(step.key)}
    where = f"letters/{letter.key}.typ"
    return Finding("procedures.letter_moments.too_early", where, spoken(said), "warning", line)
