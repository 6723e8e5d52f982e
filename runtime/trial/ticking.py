"""The clock of a trial goes on: what the machine does by itself on the way, each thing when it falls due."""

from datetime import datetime, time, timedelta

from common.clock import ZONE, local_date
from common.problems import Refusal
from runtime.engine.events import AnyEvent, Stop
from runtime.engine.machine_events import PassLimit
from runtime.engine.order import last_instant
from runtime.engine.rights import MACHINE
from runtime.letters.phrases import day, phrase
from runtime.trial.table import Table

# However far the clock is set: a circle of waits would never be through.
MOST = 500


def go_on(table: Table, place: int, to: datetime) -> Refusal | None:
    """Lets everything happen that falls due by then; a Refusal where something is due that cannot be done now."""
    waits: Refusal | None = None
    for _turn in range(MOST):
        due_at = next_at(table)
        if due_at is None or due_at > to:
            break
        event = _event(table, max(due_at, last_instant(table.state) or due_at))
        waits = table.happen(place, event, reason=event.reason if isinstance(event, Stop) else "")
        if waits is not None:
            break
    table.at = max(table.at, to)
    return waits


def next_at(table: Table) -> datetime | None:
    """When the machine does something next: a limit passes, or a supplement has not come by its last day."""
    known = [each for each in (table.state.next_limit_at, _stops_at(table)) if each is not None]
    return min(known, default=None)


def _stops_at(table: Table) -> datetime | None:
    """The morning after the last day of a supplement that the applicant owes."""
    state = table.state
    if state.status != "awaiting_supplement" or state.answer_by is None:
        return None
    return datetime.combine(local_date(state.answer_by) + timedelta(days=1), time(), ZONE)


def _event(table: Table, at: datetime) -> AnyEvent:
    by, limit = table.people.actor(MACHINE), table.state.next_limit_at
    if limit is not None and limit <= at:
        return PassLimit(by=by, at=at)
    assert table.state.answer_by is not None, "nothing else falls due"
    last = day(local_date(table.state.answer_by), "vi")
    return Stop(by=by, at=at, reason=phrase("supplement_not_answered", "vi", last=last))
