"""What a step brings when it is entered: the tasks that it opens, and the clocks that the machine watches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from common.calendar import WorkingCalendar
from common.problems import Refusal
from procedure_library.definition import Ask, Step
from procedure_library.semantics import Move
from rules_dsl.evaluation import Assignment, Evaluation
from rules_dsl.facts import Facts
from rules_dsl.terms import Allowance, LedgerEntry
from runtime.engine import amounts, clock
from runtime.engine.assigning import unit_in
from runtime.engine.context import Context
from runtime.engine.state import Limit, OpenTask, Run, State

NO_NUMBER = 0


def tasks_of(
    context: Context, step: Step, to: Assignment | None, at: datetime
) -> Iterator[OpenTask | Refusal]:
    """The tasks of the step, not numbered yet: one of a task, of a consultation one for each unit that it asks.

    `to` is whom a rule assigns the task.
    """
    if step.kind == "task":
        yield _task(context, step, to, at)
    if step.kind == "consultation":
        yield from (_asked(context, step, ask, at) for ask in step.asks)


def _task(context: Context, step: Step, to: Assignment | None, at: datetime) -> OpenTask | Refusal:
    due_at = clock.task_due(step.budget, at, context.reference.calendar)
    if to is None:
        return OpenTask(NO_NUMBER, "step", step.key, step.role, step.area, at, due_at)
    unit = unit_in(context, to.area)
    if isinstance(unit, Refusal):
        return unit
    return OpenTask(NO_NUMBER, "step", step.key, to.role, "receiving", at, due_at, unit=unit)


def _asked(context: Context, step: Step, ask: Ask, at: datetime) -> OpenTask | Refusal:
    unit = context.functions[ask.function] if ask.function else 0
    if isinstance(unit, Refusal):
        return unit
    due_at = clock.task_due(ask.budget or step.budget, at, context.reference.calendar)
    return OpenTask(NO_NUMBER, "step", step.key, ask.role, "solving", at, due_at, ask=ask.key, unit=unit)


@dataclass(frozen=True, slots=True)
class Moments:
    """Until when steps rest that wait for a moment, and the rules that said so."""

    limits: tuple[Limit, ...]
    read: tuple[Evaluation, ...]


def moments_of(context: Context, facts: Facts, entered: Iterable[str], at: datetime) -> Moments | Refusal:
    """The moments of the steps entered; a Refusal where one cannot be told: nobody would ever go on."""
    limits: list[Limit] = []
    read: list[Evaluation] = []
    for step in (context.compiled.step(key) for key in entered):
        if step.kind != "moment":
            continue
        rules = amounts.evaluate(context, facts, (step.moment,) if step.moment else ())
        if refusal := amounts.known(context, rules):
            return refusal
        until = ends_at(context, step, amounts.allowance_of(rules), at)
        if until is None:
            return Refusal("dossiers.calendar_not_loaded", {"year": at.year})
        limits.append(Limit(step.key, until))
        read += rules
    return Moments(tuple(limits), tuple(read))


def ends_at(
    context: Context,
    step: Step,
    allowance: Allowance | None,
    at: datetime,
    halts: tuple[LedgerEntry, ...] = (),
) -> datetime | None:
    """Until when a step rests that was entered then: by its rule, else by its budget."""
    calendar = context.reference.calendar
    if allowance is None:
        return clock.task_due(step.budget, at, calendar, halts)
    due = clock.due(allowance, (*clock.started(allowance, at), *halts), calendar)
    return due.at if due else None


def limits_after(
    context: Context, state: State, move: Move, opened: tuple[OpenTask, ...], at: datetime
) -> tuple[Limit, ...]:
    """The clocks that run once the move is made: those of steps that rest on, and those of steps entered now."""
    resting = (
        limit for limit in state.limits if limit.step in move.marking.waiting and limit.step != move.left
    )
    interrupted = [key for key in move.entered if _has_limit(context, key)]
    runs = runs_after(context, state, move, at)
    due = {
        key: clock.task_due(context.compiled.step(key).budget, at, _calendar(context)) for key in interrupted
    }
    asked = (t for t in opened if t.ask and t.step not in interrupted)
    return (
        *resting,
        *(run.limit for run in runs if run not in state.runs),
        *(Limit(key, due_at) for key, due_at in due.items() if due_at),
        *(Limit(task.step, task.due_at, task.number, task.ask) for task in asked if task.due_at),
    )


def _has_limit(context: Context, key: str) -> bool:
    """Whether the machine watches the limit of the step itself: who waits for another dossier is told of it anyway."""
    return bool(context.compiled.graph.exits(key, "overdue")) or context.compiled.step(key).kind == "call"


def runs_after(context: Context, state: State, move: Move, at: datetime) -> tuple[Run, ...]:
    """The attempts under way once the move is made: those of steps that rest on, and the first at steps entered."""
    resting = tuple(run for run in state.runs if run.step in move.marking.waiting and run.step != move.left)
    entered = (key for key in move.entered if context.compiled.step(key).kind == "automatic")
    first = (Run(key, number, number, 1, at) for number, key in enumerate(entered, start=state.started + 1))
    return (*resting, *first)


def _calendar(context: Context) -> WorkingCalendar | None:
    return context.reference.calendar
