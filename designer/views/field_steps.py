"""The steps of a draft as its author picks them for a question: who answers it, who sees it."""

from wtforms.fields.choices import SelectChoice

from common.text import Text
from common.web import language, session
from designer.drafts import file_of
from designer.models import Draft
from designer.views.field_form import FieldForm
from form_builder.editing import Question
from procedure_library.bpmn import Steps, read_steps
from procedure_library.package import STEPS


def tasks_of(draft: Draft) -> dict[str, Text]:
    """Key of each task of the draft → its name; none while the drawing cannot be read."""
    saved = file_of(session(), draft, STEPS)
    drawn = read_steps(((saved.content if saved else "") or "").encode())
    tasks = drawn.steps if isinstance(drawn, Steps) else ()
    return {step.key: step.name if step.name.vi else Text(step.key) for step in tasks if step.kind == "task"}


def offer_steps(form: FieldForm, draft: Draft, before: Question | None) -> None:
    """Every task, and what is named already though no task is called so: it stays until it is taken out."""
    tasks = tasks_of(draft)
    for box, kept in (
        (form.fills, before.fills if before else ()),
        (form.shows, before.shows if before else ()),
    ):
        names = {**tasks, **{key: Text(key) for key in kept if key not in tasks}}
        box.choices = [SelectChoice(key, name.in_(language())) for key, name in names.items()]
