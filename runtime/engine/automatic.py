"""Steps that the machine does by itself: attempts, what they come to, and the way on when all have failed."""

from datetime import timedelta

from common.problems import Refusal
from runtime.engine import amounts, walk
from runtime.engine.context import Context
from runtime.engine.events import AnyEvent
from runtime.engine.machine_events import Fail, Report
from runtime.engine.onward import left, onward
from runtime.engine.parts import judged
from runtime.engine.record import Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import Run, State

# Five minutes before the second attempt, then four times as long each time, at most a day.
FIRST_PAUSE, LONGER, LONGEST = timedelta(minutes=5), 4, timedelta(days=1)


def report(context: Context, state: State, event: Report) -> Judged | Refusal:
    """The dossier goes on with what the connector has said. An attempt that is over reports nothing any more."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    run = _under_way(state, event.run)
    if run is None:
        return Refusal("dossiers.run_over")
    step = context.compiled.step(run.step)
    if step.outcomes and event.outcome not in {outcome.key for outcome in step.outcomes}:
        return Refusal("dossiers.no_such_outcome", {"outcome": event.outcome})
    facts = amounts.facts_at(context, state, step.key, event.at)
    if isinstance(facts, Refusal):
        return facts
    walked = walk.go_on(context, state, step.key, event.outcome or None, facts, event.at)
    if isinstance(walked, Refusal):
        return walked
    return onward(
        context,
        state,
        event,
        role,
        walked,
        step=step.key,
        outcome=event.outcome,
        answers=event.answers,
        run=run,
    )


def fail(context: Context, state: State, event: Fail) -> Judged | Refusal:
    """It is tried again, or the way drawn for failure is taken."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    run = _under_way(state, event.run)
    return Refusal("dossiers.run_over") if run is None else failed(context, state, event, role, run)


def failed(context: Context, state: State, event: AnyEvent, role: str, run: Run) -> Judged | Refusal:
    """The attempt came to nothing, or to no answer at all."""
    if run.attempt >= context.compiled.step(run.step).attempts:
        return left(context, state, event, role, run.step, "failure", run=run, limit=run.limit)
    pause = min(FIRST_PAUSE * LONGER ** (run.attempt - 1), LONGEST)
    again = Run(run.step, state.started + 1, run.first, run.attempt + 1, event.at + pause)
    return judged(event, role, state.status, step=run.step, run=run, again=again, limit=run.limit)


def _under_way(state: State, number: int) -> Run | None:
    return next((run for run in state.runs if run.number == number), None)
