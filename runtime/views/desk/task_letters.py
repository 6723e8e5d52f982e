"""The letters that a task offers: which must be printed, which are there, and where they are read."""

from dataclasses import dataclass

from procedure_library.definition import Letter, Step
from procedure_library.seeing import letters_at
from runtime.holding import state_of
from runtime.models.papers import Letter as Printed
from runtime.models.tasks import Task
from runtime.queries import DossierView


@dataclass(frozen=True, slots=True)
class Offered:
    """`must`: the task is not completed without it. `is_there`: it was printed at this task; `papers` are all that were
    printed of it for the dossier, the oldest first."""

    letter: Letter
    must: bool
    is_there: bool
    papers: tuple[Printed, ...]


def offered_at(
    view: DossierView, step: Step, task: Task, printed: tuple[Printed, ...]
) -> tuple[Offered, ...]:
    """In the order in which they are wanted: first those that must be printed."""
    known = {letter.key: letter for letter in view.compiled.definition.letters}
    work = state_of(task.dossier).task(task.number)
    at_task = work.printed if work else ()
    return tuple(
        Offered(
            known[key],
            key in step.must_print,
            key in at_task,
            tuple(paper for paper in printed if paper.kind == "own" and paper.key == key),
        )
        for key in letters_at(step)
        if key in known
    )
