"""Acts of a dossier follow each other: none is dated before what went before it, whatever a server's clock says.

Two servers are never quite at one, and whoever waited for the other's act began before it ended: so little is evened
out. A clock that is further behind has been set wrong, now or before: nothing is dated by it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from common.problems import Refusal
from runtime.engine.events import AnyEvent
from runtime.engine.parts import instant
from runtime.engine.state import State

EVENED_OUT = timedelta(minutes=5)


def in_order(state: State, event: AnyEvent) -> AnyEvent | Refusal:
    """The event, dated no earlier than the last that the state tells of; refused where the clock is far behind it."""
    last = last_instant(state)
    if last is None or event.at >= last:
        return event
    if last - event.at <= EVENED_OUT:
        return replace(event, at=last)
    return Refusal("dossiers.clock_behind", {"last": instant(last), "at": instant(event.at)})


def last_instant(state: State) -> datetime | None:
    """When the latest thing happened that the state still knows of; None before the first."""
    known = (
        state.submitted_at,
        state.received_at,
        state.posted_at,
        state.decision.at if state.decision else None,
        *(task.opened_at for task in state.tasks),
        *(task.claimed_at for task in state.tasks),
        *(done.at for done in state.done.values()),
    )
    return max((each for each in known if each is not None), default=None)
