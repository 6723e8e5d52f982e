"""Where a dossier goes in another version: each step it waits at to the step of the same key, or to one chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from common.problems import Refusal
from procedure_library.checks.exploration import Situation
from procedure_library.definition import Step
from procedure_library.semantics import Marking
from procedure_library.standing import may_stand
from runtime.engine import clock
from runtime.engine.context import Context
from runtime.engine.families import awaited
from runtime.engine.record import Closed, Walk
from runtime.engine.state import OpenTask, State


@dataclass(frozen=True, slots=True)
class Placed:
    """The place, and what becomes of the open tasks: those not named are kept, claims and limits included."""

    walk: Walk
    cancelled: tuple[Closed, ...]
    opened: tuple[OpenTask, ...]


def kinds(state: State) -> Mapping[str, str]:
    """The steps at which the dossier waits, and what kind of step each is."""
    assert state.marking is not None
    return {key: "supplement" if key in state.awaiting else "task" for key in state.marking.waiting}


def target(steps: Mapping[str, Step], chosen: Mapping[str, str], key: str, kind: str) -> Step | None:
    """The step of the other version that stands for this one; None: somebody has to choose another.

    Whose task it is by a rule was asked when the step was entered: another step is not entered here.
    """
    step = steps.get(chosen.get(key, key))
    if step is None or step.kind != kind or (step.assign and step.key != key):
        return None
    return step


def rests(state: State) -> Refusal | None:
    """Why a dossier cannot be taken from where it stands: it waits for more than its office and applicant."""
    waits = (
        awaited(state) or state.limits or state.runs or state.expects or state.status == "awaiting_payment"
    )
    return Refusal("dossiers.move.waits") if waits else None


def placed(context: Context, state: State, chosen: Mapping[str, str], at: datetime) -> Placed | Refusal:
    """The place in the version of the context, or why there is none."""
    if refusal := rests(state):
        return refusal
    steps = context.compiled.graph.steps
    targets: dict[str, Step] = {}
    for key, kind in kinds(state).items():
        step = target(steps, chosen, key, kind)
        if step is None or context.compiled.graph.exits(step.key, "overdue"):
            return Refusal("dossiers.move.step_gone", {"step": key})
        targets[key] = step
    assert state.marking is not None
    waiting = tuple(sorted(step.key for step in targets.values()))
    marking = Marking(waiting, state.marking.arrived)
    decision = state.decision.ending if state.decision else None
    if not may_stand(context.compiled, Situation(marking, decision)):
        return Refusal("dossiers.move.cannot_stand")
    awaiting = tuple(key for key in waiting if steps[key].kind == "supplement")
    return _with_tasks(context, state, targets, Walk((), marking, awaiting, state.answer_by), at)


def _with_tasks(
    context: Context, state: State, targets: Mapping[str, Step], walk: Walk, at: datetime
) -> Placed:
    ended = [task for task in state.tasks if not _is_the_same(task, targets[task.step])]
    numbers = range(state.opened + 1, state.opened + len(ended) + 1)
    return Placed(
        walk,
        tuple(Closed(task.number, "cancelled") for task in ended),
        tuple(
            _opened(context, number, targets[task.step], at)
            for number, task in zip(numbers, ended, strict=True)
        ),
    )


def _opened(context: Context, number: int, step: Step, at: datetime) -> OpenTask:
    due_at = clock.task_due(step.budget, at, context.reference.calendar)
    return OpenTask(number, "step", step.key, step.role, step.area, at, due_at)


def _is_the_same(task: OpenTask, step: Step) -> bool:
    """Whose task it is by a rule stays whose it is."""
    own = step.assign or (task.role, task.area) == (step.role, step.area)
    return task.step == step.key and bool(own)
