"""The limit of a step has passed: what the machine does by itself, once."""

from common.problems import Refusal
from runtime.engine import automatic, children, consulting
from runtime.engine.context import Context
from runtime.engine.halting import suspended
from runtime.engine.machine_events import PassLimit
from runtime.engine.onward import left
from runtime.engine.parts import judged
from runtime.engine.record import Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import Limit, Opinion, State


def pass_limit(context: Context, state: State, event: PassLimit) -> Judged | Refusal:
    """The earliest limit that has passed. What was acted on is watched no more: asking again is a refusal.

    None passes while the office has stopped the clock: they are counted again when it goes on.
    """
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if refusal := suspended(state):
        return refusal
    passed = sorted((each for each in state.limits if each.at <= event.at), key=lambda each: each.at)
    if not passed:
        return Refusal("dossiers.no_limit_passed")
    limit = passed[0]
    if context.compiled.step(limit.step).kind == "moment":
        return left(context, state, event, role, limit.step, limit=limit)
    if context.compiled.step(limit.step).kind == "call":
        return children.late(context, state, event, role, limit)
    if lost := next((run for run in state.runs if run.limit == limit), None):
        return automatic.failed(context, state, event, role, lost)
    if limit.task is None:
        return left(context, state, event, role, limit.step, "overdue", limit=limit)
    return _unanswered(context, state, event, role, limit)


def _unanswered(
    context: Context, state: State, event: PassLimit, role: str, limit: Limit
) -> Judged | Refusal:
    """A unit that was asked has not answered: it consents, where the step says so; else the leaders are told."""
    task = state.task(limit.task or 0)
    if task is None or context.compiled.step(limit.step).silence is None:
        return judged(event, role, state.status, task=limit.task, step=limit.step, limit=limit)
    opinion = Opinion(limit.step, limit.ask, "deemed", event.at)
    return consulting.taken(context, state, event, role, task, opinion, limit=limit)
