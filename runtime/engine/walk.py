"""The dossier on its graph: a move of the one execution semantics, and the tasks it opens."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from common.problems import Refusal
from procedure_library.definition import Boundary, Ending, Step, StepKind
from procedure_library.semantics import Blocked, Graph, Marking, Move, Undecided, leave, start
from rules_dsl.evaluation import Evaluation
from rules_dsl.facts import Facts
from rules_dsl.unknown import Unknown
from runtime.engine import amounts, clock
from runtime.engine.assigning import Assigned, assigned
from runtime.engine.context import Context
from runtime.engine.families import asked_for
from runtime.engine.opening import limits_after, moments_of, runs_after, tasks_of
from runtime.engine.record import Walk
from runtime.engine.state import OpenTask, State


class Walked(Struct, frozen=True):
    """Where a move led. `ending` is set once nothing waits any more; `choices` are all rules that were read."""

    walk: Walk
    opened: tuple[OpenTask, ...]
    choices: tuple[Evaluation, ...]
    ending: Ending | None


@dataclass(slots=True)
class _Chooser:
    """Reads the choice of a branch (the case type is known), the conditions of an inclusive split; keeps what it
    read, for the record."""

    context: Context
    facts: Facts
    read: list[Evaluation] = field(default_factory=list)

    def __call__(self, step: Step) -> str | frozenset[str] | Undecided:
        if step.kind == "inclusive":
            return self._holding(
                way.when for way in self.context.compiled.graph.outgoing[step.key] if way.when
            )
        if step.by_case_type:
            return self.context.case_type
        assert step.choice is not None
        found = self.evaluated(step.choice)
        return found.value if isinstance(found.value, Unknown) else str(found.value)

    def _holding(self, conditions: Iterable[str]) -> frozenset[str] | Undecided:
        """Those of the conditions that hold, or the first that is not known."""
        holding = set()
        for name in conditions:
            found = self.evaluated(name)
            if isinstance(found.value, Unknown):
                return found.value
            if found.value:
                holding.add(name)
        return frozenset(holding)

    def evaluated(self, rule: str) -> Evaluation:
        """The value of the rule, kept unless it is unknown."""
        found = self.context.compiled.rulebook.evaluate(rule, self.facts, self.context.reference)
        if not isinstance(found.value, Unknown):
            self.read.append(found)
        return found


def begin(context: Context, state: State, facts: Facts, at: datetime) -> Walked | Refusal:
    """The first move, at reception."""
    return _walked(context, state, facts, at, lambda graph, choose: start(graph, choose))


def stand(context: Context, state: State, step: str, facts: Facts, at: datetime) -> Walked | Refusal:
    """No move: the dossier stands at that step, as it did in an older system."""
    return _rested(context, state, facts, at, Move(Marking((step,)), "", (step,), ()), ())


def go_on(
    context: Context,
    state: State,
    step: str,
    outcome: str | None,
    facts: Facts,
    at: datetime,
    on: Boundary | None = None,
) -> Walked | Refusal:
    """The move after a step was left with its outcome (None: it has none), or interrupted."""
    marking = state.marking
    assert marking is not None
    return _walked(
        context, state, facts, at, lambda graph, choose: leave(graph, marking, step, outcome, choose, on)
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
    return _rested(context, state, facts, at, moved, chooser.read)


def _rested(
    context: Context, state: State, facts: Facts, at: datetime, moved: Move, chosen: Sequence[Evaluation]
) -> Walked | Refusal:
    """What is where the move came to rest: tasks, limits, whom the dossier awaits."""
    assignments = assigned(context, facts, moved.entered)
    if isinstance(assignments, Refusal):
        return assignments
    opened = _opened(context, state, moved, assignments, at)
    if isinstance(opened, Refusal):
        return opened
    moments = moments_of(context, facts, moved.entered, at)
    if isinstance(moments, Refusal):
        return moments
    awaiting = _waiting(context, moved.marking, "supplement")
    walk = Walk(
        moved.transitions,
        moved.marking,
        awaiting,
        _answer_by(context, state, awaiting, at),
        (*limits_after(context, state, moved, opened, at), *moments.limits),
        _waiting(context, moved.marking, "payment"),
        tuple(context.compiled.step(key).message for key in _waiting(context, moved.marking, "message")),
        runs_after(context, state, moved, at),
        asked_for(context, state, moved, at),
    )
    read = (*chosen, *assignments.read, *moments.read)
    return _past_payments(
        context, state, Walked(walk, opened, read, _ending(context, moved)), moved, facts, at
    )


def _past_payments(
    context: Context, state: State, walked: Walked, moved: Move, facts: Facts, at: datetime
) -> Walked | Refusal:
    """What is to be paid at the payments entered is read; where it is nothing, the dossier does not wait."""
    for step in (key for key in moved.entered if key in walked.walk.paying):
        read = amounts_to_pay(context, state, step, at)
        if isinstance(read, Refusal):
            return read
        walked = replace(walked, choices=(*walked.choices, *read))
        if amounts.paid(amounts.owed(read)) is None:
            further = go_on(context, after(state, walked), step, None, facts, at)
            if isinstance(further, Refusal):
                return further
            walked = both(walked, further)
    return walked


def after(state: State, walked: Walked) -> State:
    """The state as the next move of the same act finds it."""
    walk, opened = walked.walk, state.opened + len(walked.opened)
    started = max([state.started, *(run.number for run in walk.runs)])
    at_rest = replace(state, marking=walk.marking, limits=walk.limits, runs=walk.runs)
    at_rest = replace(at_rest, children=(*state.children, *walk.children))
    return replace(at_rest, opened=opened, started=started)


def amounts_to_pay(
    context: Context, state: State, step: str, at: datetime
) -> tuple[Evaluation, ...] | Refusal:
    """The amounts that the step collects, as paid now; a Refusal while one is not known."""
    facts = amounts.facts_at(context, state, step, at, paying=True)
    if isinstance(facts, Refusal):
        return facts
    read = amounts.evaluate(context, facts, amounts.to_collect(context.compiled.step(step), state))
    return amounts.known(context, read) or read


def _waiting(context: Context, marking: Marking, kind: StepKind) -> tuple[str, ...]:
    return tuple(key for key in marking.waiting if context.compiled.step(key).kind == kind)


def _answer_by(context: Context, state: State, awaiting: tuple[str, ...], at: datetime) -> datetime | None:
    """Until when the applicant may answer: what was said before stands, a new request has its own limit."""
    new = (context.compiled.step(key) for key in awaiting if key not in state.awaiting)
    limits = (clock.task_due(step.budget, at, context.reference.calendar) for step in new)
    known = [limit for limit in (state.answer_by if awaiting else None, *limits) if limit is not None]
    return min(known, default=None)


def _opened(
    context: Context, state: State, move: Move, assignments: Assigned, at: datetime
) -> tuple[OpenTask, ...] | Refusal:
    tasks: list[OpenTask] = []
    for step in (context.compiled.step(key) for key in move.entered):
        for task in tasks_of(context, step, assignments.by_step.get(step.key), at):
            if isinstance(task, Refusal):
                return task
            tasks.append(replace(task, number=state.opened + len(tasks) + 1))
    return tuple(tasks)


def _ending(context: Context, move: Move) -> Ending | None:
    if move.marking.ended is None or move.marking.waiting:
        return None
    return context.compiled.step(move.marking.ended).ending


def both(first: Walked, second: Walked) -> Walked:
    """Two moves made by one event, as one."""
    walk = replace(
        second.walk,
        transitions=first.walk.transitions + second.walk.transitions,
        children=first.walk.children + second.walk.children,
    )
    return Walked(walk, first.opened + second.opened, first.choices + second.choices, second.ending)
