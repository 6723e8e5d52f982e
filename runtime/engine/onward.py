"""The record of a dossier that goes on without a task's own judgement: an opinion, a limit, a message, a job."""

from typing import Any

from common.problems import Refusal
from runtime.engine import clock
from runtime.engine.context import Context
from runtime.engine.events import AnyEvent
from runtime.engine.parts import closing, judged, opened, status_after
from runtime.engine.record import Closed, Judged
from runtime.engine.state import Decided, State
from runtime.engine.status import CLOSED
from runtime.engine.walk import Walked


def onward(
    context: Context,
    state: State,
    event: AnyEvent,
    role: str,
    walked: Walked,
    *,
    closed: tuple[Closed, ...] = (),
    outcome: str = "",
    **parts: Any,
) -> Judged | Refusal:
    """What the move means: tasks, status, the clock; `closed` are the tasks that the act itself ended."""
    status = status_after(walked)
    is_over = status == "decided" or status in CLOSED
    done = {each.number for each in closed}
    cancelled = tuple(each for each in closing(state) if each.number not in done) if is_over else ()
    return judged(
        event,
        role,
        status,
        evaluations=walked.choices,
        law=context.law,
        outcome=outcome,
        walk=walked.walk,
        tasks=opened(context, state, walked, event.at),
        closed=(*closed, *cancelled),
        ending=walked.ending,
        decision=_decision(state, event, walked, outcome),
        ledger=clock.stopped(state, event.at) if is_over else (),
        **parts,
    )


def _decision(state: State, event: AnyEvent, walked: Walked, outcome: str) -> Decided | None:
    """An end that grants or refuses has its decision by then; where a draft has none, the act that ends it is one."""
    if state.decision is not None or walked.ending not in ("granted", "refused"):
        return None
    return Decided(outcome, walked.ending, event.at, event.by.account_id)
