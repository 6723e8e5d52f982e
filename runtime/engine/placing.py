"""Where a dossier goes in another version: each step it waits at to the step of the same key, or to one chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from common.problems import Refusal
from procedure_library.checks.exploration import Situation
from procedure_library.definition import Step
from procedure_library.semantics import Marking
from procedure_library.standing import may_stand
from runtime.engine import amounts, clock, walk
from runtime.engine.context import Context
from runtime.engine.families import awaited
from runtime.engine.record import Closed, Walk
from runtime.engine.state import Limit, OpenTask, State

# Of these kinds somebody may choose another step; whatever else is awaited is awaited by the step of the same key.
CHOSEN = frozenset({"task", "supplement"})


@dataclass(frozen=True, slots=True)
class Placed:
    """The place, and what becomes of the open tasks: those not named are kept, claims and limits included."""

    walk: Walk
    cancelled: tuple[Closed, ...]
    opened: tuple[OpenTask, ...]


def kinds(state: State) -> Mapping[str, str]:
    """The steps at which the dossier waits, and what kind each is; "waits": for money, a message, a moment."""
    assert state.marking is not None
    return {key: _kind(state, key) for key in state.marking.waiting}


def _kind(state: State, key: str) -> str:
    if key in state.awaiting:
        return "supplement"
    if tasks := [task for task in state.tasks if task.step == key]:
        return "consultation" if tasks[0].ask else "task"
    if any(child.step == key for child in awaited(state)):
        return "call"
    return "automatic" if any(run.step == key for run in state.runs) else "waits"


def placed(context: Context, state: State, chosen: Mapping[str, str], at: datetime) -> Placed | Refusal:
    """The place in the version of the context, or why there is none."""
    targets: dict[str, Step] = {}
    for key, kind in kinds(state).items():
        found = _target(context, state, key, kind, chosen)
        if isinstance(found, Refusal):
            return found
        targets[key] = found
    assert state.marking is not None
    marking = Marking(tuple(sorted(step.key for step in targets.values())), state.marking.arrived)
    decision = state.decision.ending if state.decision else None
    if not may_stand(context.compiled, Situation(marking, decision, context.case_type)):
        return Refusal("dossiers.move.cannot_stand")
    if refusal := _waits_otherwise(context, state, targets, at):
        return refusal
    return _with_tasks(context, state, targets, marking, at)


def _target(context: Context, state: State, key: str, kind: str, chosen: Mapping[str, str]) -> Step | Refusal:
    """The step of the other version that stands for this one.

    Whose task it is by a rule was asked when the step was entered: another step is not entered here.
    """
    free = kind in CHOSEN
    step = context.compiled.graph.steps.get(chosen.get(key, key) if free else key)
    if not free:
        same = step is not None and _waits_alike(state, kind, step)
        return step if step is not None and same else Refusal("dossiers.move.waits", {"step": key})
    if step is None or step.kind != kind or (step.assign and step.key != key):
        return Refusal("dossiers.move.step_gone", {"step": key})
    return step


def _waits_alike(state: State, kind: str, step: Step) -> bool:
    """Whether the step of the other version waits for the very thing that this dossier waits for."""
    match step.kind:
        case "message":
            return kind == "waits" and step.message in state.expects
        case "moment":
            return kind == "waits" and any(each.step == step.key for each in state.limits)
        case "call":
            return False  # What its part brings is told by the version that asked for it.
        case "payment":
            return kind == "waits" and state.status == "awaiting_payment"
    return step.kind == kind


def _waits_otherwise(
    context: Context, state: State, targets: Mapping[str, Step], at: datetime
) -> Refusal | None:
    """What the same steps would await that this dossier does not, or the other way round."""
    messages = sorted(step.message for step in targets.values() if step.kind == "message")
    if messages != sorted(state.expects):
        return Refusal("dossiers.move.waits", {"step": next(iter(targets))})
    for step in targets.values():
        if step.kind == "consultation" and not _asks_the_same(state, step):
            return Refusal("dossiers.move.asks_differ", {"step": step.key})
        if step.kind == "payment" and (refusal := _nothing_to_pay(context, state, step, at)):
            return refusal
    return None


def _asks_the_same(state: State, step: Step) -> bool:
    """Whoever was asked stays asked, by the role that has it; nobody more is, nobody is forgotten."""
    roles = {ask.key: ask.role for ask in step.asks}
    open_ones = {task.ask: task.role for task in state.tasks if task.step == step.key}
    answered = {opinion.ask for opinion in state.opinions if opinion.step == step.key}
    known = all(roles.get(ask) == role for ask, role in open_ones.items())
    return known and roles.keys() == open_ones.keys() | answered


def _nothing_to_pay(context: Context, state: State, step: Step, at: datetime) -> Refusal | None:
    read = walk.amounts_to_pay(context, state, step.key, at)
    if isinstance(read, Refusal):
        return read
    if amounts.paid(amounts.owed(read)) is None:
        return Refusal("dossiers.move.nothing_to_pay", {"step": step.key})
    return None


def _with_tasks(
    context: Context, state: State, targets: Mapping[str, Step], marking: Marking, at: datetime
) -> Placed | Refusal:
    ended = [task for task in state.tasks if not _is_the_same(task, targets[task.step])]
    numbers = range(state.opened + 1, state.opened + len(ended) + 1)
    opened = tuple(
        _opened(context, number, targets[task.step], at) for number, task in zip(numbers, ended, strict=True)
    )
    limits = _limits(context, state, targets, opened)
    if isinstance(limits, Refusal):
        return limits
    steps = context.compiled.graph.steps
    place = Walk(
        (),
        marking,
        tuple(key for key in marking.waiting if steps[key].kind == "supplement"),
        state.answer_by,
        limits,
        tuple(key for key in marking.waiting if steps[key].kind == "payment"),
        state.expects,
        state.runs,
    )
    return Placed(place, tuple(Closed(task.number, "cancelled") for task in ended), opened)


def _limits(
    context: Context, state: State, targets: Mapping[str, Step], opened: tuple[OpenTask, ...]
) -> tuple[Limit, ...] | Refusal:
    """The clocks that the machine watches there: those that run go on, work opened anew has its own.

    A limit is never put on work that is under way: its way on overdue might be taken at once.
    """
    anew = {task.step: Limit(task.step, task.due_at) for task in opened if task.due_at}
    limits: list[Limit] = []
    for key, step in targets.items():
        running = tuple(_running(context, state, key, step)) if step.key not in anew else ()
        limits += running
        if not context.compiled.graph.exits(step.key, "overdue"):
            continue
        if step.key in anew:
            limits.append(anew[step.key])
        elif not any(each.task is None and each not in _attempts(state) for each in running):
            return Refusal("dossiers.move.limit_unknown", {"step": step.key})
    return tuple(limits)


def _running(context: Context, state: State, key: str, step: Step) -> Iterator[Limit]:
    """The clocks of the step that still mean something there. What has no way on overdue is only late."""
    for limit in state.limits:
        if limit.step != key or step.key != key:
            continue
        kept = limit.task or limit in _attempts(state) or step.kind == "moment"
        if kept or context.compiled.graph.exits(step.key, "overdue"):
            yield limit


def _attempts(state: State) -> frozenset[Limit]:
    return frozenset(run.limit for run in state.runs)


def _opened(context: Context, number: int, step: Step, at: datetime) -> OpenTask:
    due_at = clock.task_due(step.budget, at, context.reference.calendar)
    return OpenTask(number, "step", step.key, step.role, step.area, at, due_at)


def _is_the_same(task: OpenTask, step: Step) -> bool:
    """Whose task it is by a rule stays whose it is; so does whoever was asked."""
    own = step.assign or task.ask or (task.role, task.area) == (step.role, step.area)
    return task.step == step.key and bool(own)
