"""Letters of the procedure that officials print at a task, and which of them it must not be completed without."""

from msgspec.structs import replace

from common.problems import Refusal
from procedure_library.moments import asks_applicant
from procedure_library.seeing import letters_at
from runtime.engine.context import Context
from runtime.engine.letter_events import PrintLetter
from runtime.engine.parts import claimed_refusal, judged
from runtime.engine.record import Judged
from runtime.engine.rights import acting_on, has_it
from runtime.engine.state import OpenTask, State


def print_letter(context: Context, state: State, event: PrintLetter) -> Judged | Refusal:
    """The letter with what the dossier says now; printed again, it is another paper of that later moment."""
    task = state.task(event.task)
    if task is None:
        return Refusal("dossiers.task_closed")
    role = acting_on(task, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if task.claimed_by is not None and not has_it(task, event.by, context.parties):
        return claimed_refusal(task)
    if task.kind != "step" or event.letter not in letters_at(context.compiled.step(task.step)):
        return Refusal("dossiers.no_such_letter")
    printed = replace(task, printed=tuple(dict.fromkeys((*task.printed, event.letter))))
    return judged(
        event, role, state.status, task=task.number, step=task.step, letter=event.letter, tasks=(printed,)
    )


def not_printed(context: Context, task: OpenTask, outcome: str) -> Refusal | None:
    """The first letter that the task lacks; who asks the applicant for more does not conclude yet."""
    step, compiled = context.compiled.step(task.step), context.compiled
    lacking = next((key for key in step.must_print if key not in task.printed), None)
    if lacking is None or asks_applicant(compiled.graph, step.key, outcome):
        return None
    names = {letter.key: letter.name for letter in compiled.definition.letters}
    name = names[lacking]
    return Refusal("dossiers.letter_not_printed", {"letter": name.vi, "letter_en": name.in_("en")})
