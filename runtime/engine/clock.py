"""The term of one dossier: what to write in its ledger, and what follows for deadline and appointment."""

from collections.abc import Sequence
from datetime import datetime, time
from functools import lru_cache

from msgspec.structs import replace

from common.calendar import CalendarNotLoaded, WorkingCalendar
from common.clock import ZONE, local_date, to_the_minute
from procedure_library.definition import Duration
from rules_dsl.terms import (
    Allowance,
    LedgerEntry,
    counted,
    step_budget,
    supplement_answered,
    supplement_requested,
)
from rules_dsl.unknown import Unknown
from runtime.engine.state import Due, State
from runtime.engine.timing import next_session_ends

NO_CALENDAR = "rules.unknown_calendar"
# Budgets that are used up at a minute of the clock.
TO_THE_MINUTE = frozenset({"hour", "working_hour"})


def started(allowance: Allowance | None, received_at: datetime) -> tuple[LedgerEntry, ...]:
    """The clock starts at reception, or at what the term is counted from."""
    return (LedgerEntry("started", to_the_minute(allowance.starts_at(received_at))),) if allowance else ()


def suspended(state: State, at: datetime) -> tuple[LedgerEntry, ...]:
    """The request for a supplement; nothing when the clock goes on, stands still already or never ran."""
    if state.allowance is None or state.status == "awaiting_supplement":
        return ()
    return supplement_requested(state.allowance, to_the_minute(at))


def resumed(state: State, at: datetime) -> tuple[LedgerEntry, ...]:
    """The full supplement has come."""
    if state.allowance is None:
        return ()
    return supplement_answered(state.allowance, to_the_minute(at))


def going_on(state: State, at: datetime) -> tuple[LedgerEntry, ...]:
    """What would be written if the clock that stands still went on now; nothing while it runs or has no term."""
    if state.suspension is not None:
        return (LedgerEntry("resumed", to_the_minute(at)),)
    if state.status == "awaiting_payment":
        return released(state, at)
    return resumed(state, at) if state.status == "awaiting_supplement" else ()


def stands_still(ledger: Sequence[LedgerEntry]) -> bool:
    """Whether the last thing that happened to a running clock was to stop it for a while."""
    moves = [entry.kind for entry in ledger if entry.kind in ("started", "suspended", "resumed", "restarted")]
    return bool(moves) and moves[-1] == "suspended"


def halted(
    allowance: Allowance | None, ledger: Sequence[LedgerEntry], at: datetime
) -> tuple[LedgerEntry, ...]:
    """The applicant owes money: the clock stands still, whatever a supplement would do to it."""
    if allowance is None or stands_still(ledger):
        return ()
    return (LedgerEntry("suspended", to_the_minute(at)),)


def released(state: State, at: datetime) -> tuple[LedgerEntry, ...]:
    """The money has come: what was left of the term goes on."""
    if state.allowance is None or not stands_still(state.ledger):
        return ()
    return (LedgerEntry("resumed", to_the_minute(at)),)


def stopped(state: State, at: datetime) -> tuple[LedgerEntry, ...]:
    """Decided, withdrawn or stopped: no more days are used up."""
    return () if state.allowance is None else (LedgerEntry("stopped", to_the_minute(at)),)


def start_corrected(since: datetime, at: datetime) -> tuple[LedgerEntry, ...]:
    """The clock runs already, and what it counts from turns out to have been at another time."""
    return (LedgerEntry("start_corrected", to_the_minute(at), since=to_the_minute(since)),)


def due(
    allowance: Allowance | None, ledger: tuple[LedgerEntry, ...], calendar: WorkingCalendar | None
) -> Due | None:
    """The deadline that the ledger gives; None when the case type has no term."""
    if allowance is None:
        return None
    if calendar is None:
        return Due(why=NO_CALENDAR)
    derived = counted(allowance, ledger, calendar)
    if isinstance(derived, Unknown):
        return Due(why=derived.code)
    return Due(derived.due_on, derived.due_at)


def halts(ledger: Sequence[LedgerEntry], since: datetime) -> tuple[LedgerEntry, ...]:
    """When the office itself stopped the clock after that instant and let it go on."""
    found: list[LedgerEntry] = []
    for entry in ledger:
        if entry.kind == "suspended" and entry.why:
            found.append(replace(entry, at=max(entry.at, since)))
        elif entry.kind == "resumed" and found and found[-1].kind == "suspended":
            found.append(entry)
    return tuple(found) if found and found[-1].at > since else ()


def task_due(
    budget: Duration | None,
    at: datetime,
    calendar: WorkingCalendar | None,
    halts: Sequence[LedgerEntry] = (),
) -> datetime | None:
    """The task's own limit; None when it has none, when the clock stands still, or when the calendar cannot tell it."""
    if budget is None or calendar is None:
        return None
    return _used_up(budget, at if budget.unit in TO_THE_MINUTE else _midnight(at), calendar, tuple(halts))


def _midnight(at: datetime) -> datetime:
    """Whole days count from the day alone: all steps opened on it have the same limit."""
    return datetime.combine(local_date(at), time(), ZONE)


@lru_cache(maxsize=10_000)
def _used_up(
    budget: Duration, opened_at: datetime, calendar: WorkingCalendar, halts: tuple[LedgerEntry, ...]
) -> datetime | None:
    derived = step_budget(budget, opened_at, calendar, halts)
    return None if isinstance(derived, Unknown) else derived.due_at


def reception_due(at: datetime, calendar: WorkingCalendar | None) -> datetime | None:
    """Until when reception looks at a filing; None when the calendar cannot tell it."""
    if calendar is None:
        return None
    try:
        return next_session_ends(at, calendar)
    except CalendarNotLoaded:
        return None
