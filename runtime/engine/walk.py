"""The dossier on its graph: a move of the one execution semantics, and the tasks it opens."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from common.problems import Refusal
from procedure_library.definition import Ending, Step
from procedure_library.semantics import Blocked, Graph, Marking, Move, Undecided, leave, start
from rules_dsl.evaluation import Evaluation
from rules_dsl.facts import Facts
from rules_dsl.unknown import Unknown
from runtime.engine import amounts, clock
from runtime.engine.context import Context
from runtime.engine.record import Walk
from runtime.engine.state import OpenTask, State


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a move led. `ending` is set once nothing waits any more."""

    walk: Walk
    opened: tuple[OpenTask, ...]
    choices: tuple[Evaluation, ...]
    ending: Ending | None


@dataclass(slots=True)
class _Chooser:
    """Reads the choice rule of a branch and keeps what it read, for the record."""

    context: Context
    facts: Facts
    read: list[Evaluation] = field(default_factory=list)

    def __call__(self, branch: Step) -> str | Undecided:
        assert branch.choice is not None
        found = self.context.compiled.rulebook.evaluate(branch.choice, self.facts, self.context.reference)
        if isinstance(found.value, Unknown):
            return found.value
        self.read.append(found)
        return str(found.value)


def begin(context: Context, state: State, facts: Facts, at: datetime) -> Walked | Refusal:
    """The first move, at reception."""
    return _walked(context, state, facts, at, lambda graph, choose: start(graph, choose))


def go_on(
    context: Context, state: State, step: str, outcome: str | None, facts: Facts, at: datetime
) -> Walked | Refusal:
    """The move after a task was completed with its outcome, or a supplement answered (outcome None)."""
    marking = state.marking
    assert marking is not None
    return _walked(
        context, state, facts, at, lambda graph, choose: leave(graph, marking, step, outcome, choose)
    )


def _walked(
    context: Context,
    state: State,
    facts: Facts,
    at: datetime,
    move: Callable[[Graph, _Chooser], Move | Blocked],
) -> Walked | Refusal:
    chooser = _Chooser(context, facts)
    moved = move(context.compiled.graph, chooser)
    if isinstance(moved, Blocked):
        return Refusal("dossiers.way_unknown", amounts.missing(context, moved.because.missing))
    awaiting = _awaiting(context, moved.marking)
    walk = Walk(moved.transitions, moved.marking, awaiting, _answer_by(context, state, awaiting, at))
    return Walked(walk, _opened(context, state, moved, at), tuple(chooser.read), _ending(context, moved))


def _awaiting(context: Context, marking: Marking) -> tuple[str, ...]:
    return tuple(key for key in marking.waiting if context.compiled.step(key).kind == "supplement")


def _answer_by(context: Context, state: State, awaiting: tuple[str, ...], at: datetime) -> datetime | None:
    """Until when the applicant may answer: what was said before stands, a new request has its own limit."""
    new = (context.compiled.step(key) for key in awaiting if key not in state.awaiting)
    limits = (clock.task_due(step.budget, at, context.reference.calendar) for step in new)
    known = [limit for limit in (state.answer_by if awaiting else None, *limits) if limit is not None]
    return min(known, default=None)


def _opened(context: Context, state: State, move: Move, at: datetime) -> tuple[OpenTask, ...]:
    steps = (context.compiled.step(key) for key in move.entered)
    tasks = (step for step in steps if step.kind == "task")
    return tuple(
        open_task(context, state.opened + count, step, at) for count, step in enumerate(tasks, start=1)
    )


def open_task(context: Context, number: int, step: Step, at: datetime) -> OpenTask:
    due_at = clock.task_due(step.budget, at, context.reference.calendar)
    return OpenTask(number, "step", step.key, step.role, step.area, at, due_at)


def _ending(context: Context, move: Move) -> Ending | None:
    if move.marking.ended is None or move.marking.waiting:
        return None
    return context.compiled.step(move.marking.ended).ending


def both(first: Walked, second: Walked) -> Walked:
    """Two moves made by one event, as one."""
    walk = replace(second.walk, transitions=first.walk.transitions + second.walk.transitions)
    return Walked(walk, first.opened + second.opened, first.choices + second.choices, second.ending)
