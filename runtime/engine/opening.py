"""What a step brings when it is entered: the tasks that it opens, and the clocks that the machine watches."""

from collections.abc import Iterator
from datetime import datetime

from common.problems import Refusal
from procedure_library.definition import Ask, Step
from procedure_library.semantics import Move
from runtime.engine import clock
from runtime.engine.context import Context
from runtime.engine.state import Limit, OpenTask, State

NO_NUMBER = 0


def tasks_of(context: Context, step: Step, at: datetime) -> Iterator[OpenTask | Refusal]:
    """The tasks of the step, not numbered yet: one of a task, of a consultation one for each unit that it asks."""
    if step.kind == "task":
        due_at = clock.task_due(step.budget, at, context.reference.calendar)
        yield OpenTask(NO_NUMBER, "step", step.key, step.role, step.area, at, due_at)
    if step.kind == "consultation":
        yield from (_asked(context, step, ask, at) for ask in step.asks)


def _asked(context: Context, step: Step, ask: Ask, at: datetime) -> OpenTask | Refusal:
    unit = context.functions[ask.function] if ask.function else 0
    if isinstance(unit, Refusal):
        return unit
    due_at = clock.task_due(ask.budget or step.budget, at, context.reference.calendar)
    return OpenTask(NO_NUMBER, "step", step.key, ask.role, "solving", at, due_at, ask=ask.key, unit=unit)


def limits_after(state: State, move: Move, opened: tuple[OpenTask, ...]) -> tuple[Limit, ...]:
    """The clocks that run once the move is made: those of steps that rest on, and those of units asked now."""
    resting = (limit for limit in state.limits if limit.step in move.marking.waiting and limit.step != move.left)
    asked = (Limit(task.step, task.due_at, task.number, task.ask) for task in opened if task.ask and task.due_at)
    return (*resting, *asked)
