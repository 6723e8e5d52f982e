"""The record of a dossier that goes on without a task's own judgement: an opinion, a limit, a payment, a message."""

from typing import Any

from common.problems import Refusal
from procedure_library.definition import Boundary
from rules_dsl.evaluation import Evaluation
from runtime.engine import amounts, clock, walk
from runtime.engine.beginning import Begun
from runtime.engine.context import Context
from runtime.engine.events import AnyEvent
from runtime.engine.parts import closing, judged, opened, status_after
from runtime.engine.record import Closed, Judged
from runtime.engine.state import Decided, State
from runtime.engine.status import CLOSED
from runtime.engine.walk import Walked


def left(
    context: Context,
    state: State,
    event: AnyEvent,
    role: str,
    step: str,
    on: Boundary | None = None,
    **parts: Any,
) -> Judged | Refusal:
    """The step is left without an outcome of its own; interrupted, it leaves its tasks undone."""
    facts = amounts.facts_at(context, state, step, event.at)
    if isinstance(facts, Refusal):
        return facts
    walked = walk.go_on(context, state, step, None, facts, event.at, on)
    if isinstance(walked, Refusal):
        return walked
    undone = tuple(Closed(task.number, "cancelled") for task in state.tasks if task.step == step)
    return onward(context, state, event, role, walked, closed=undone, step=step, **parts)


def onward(
    context: Context,
    state: State,
    event: AnyEvent,
    role: str,
    walked: Walked,
    *,
    closed: tuple[Closed, ...] = (),
    outcome: str = "",
    charged: tuple[Evaluation, ...] = (),
    begun: Begun | None = None,
    **parts: Any,
) -> Judged:
    """What the move means: tasks, status, money, the clock.

    `closed` are the tasks that the act itself ended, `charged` the amounts that it took, `begun` the term that it
    started or put right.
    """
    status = status_after(walked)
    done = {each.number for each in closed}
    cancelled = tuple(each for each in closing(state) if each.number not in done) if is_over(walked) else ()
    return judged(
        event,
        role,
        status,
        evaluations=(*charged, *walked.choices, *(begun.terms if begun else ())),
        law=context.law,
        outcome=outcome,
        walk=walked.walk,
        tasks=opened(context, state, walked, event.at),
        closed=(*closed, *cancelled),
        ending=walked.ending,
        decision=decision_by(state, event, walked, outcome),
        owed=amounts.owed((*charged, *walked.choices)),
        paid=amounts.paid(amounts.owed(charged)),
        **_clock(context, state, event, walked, begun),
        **parts,
    )


def is_over(walked: Walked) -> bool:
    """Whether the move came to an end, and nothing waits."""
    status = status_after(walked)
    return status == "decided" or status in CLOSED


def decision_by(state: State, event: AnyEvent, walked: Walked, outcome: str) -> Decided | None:
    """An end that grants or refuses has its decision by then; where a draft has none, the act that ends it is one."""
    if state.decision is not None or walked.ending not in ("granted", "refused"):
        return None
    return Decided(outcome, walked.ending, event.at, event.by.account_id)


def _clock(
    context: Context, state: State, event: AnyEvent, walked: Walked, begun: Begun | None
) -> dict[str, Any]:
    """Ledger, deadline and promise where the act touches them: the clock stands still while money is owed."""
    if is_over(walked):
        return {"ledger": clock.stopped(state, event.at)}
    allowance = begun.allowance if begun else state.allowance
    ledger = begun.ledger if begun else ()
    status = status_after(walked)
    if status == "awaiting_payment":
        ledger += clock.halted(allowance, state.ledger + ledger, event.at)
    elif status == "awaiting_supplement":
        ledger += clock.suspended(state, event.at)
    elif state.awaits_applicant:
        ledger += clock.released(state, event.at)
    if not ledger and begun is None:
        return {}
    due = clock.due(allowance, state.ledger + ledger, context.reference.calendar)
    touched = {"ledger": ledger, "due": due, "allowance": begun.allowance if begun else None}
    if due is None or due.at is None or (begun is not None and begun.promised is not None):
        return touched
    return touched | {"appointment": due.at, "slip": due.at != state.appointment}
