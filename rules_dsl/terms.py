"""When a dossier is due: the deadline is always derived from the ledger, never stored as the truth.

Two ways of counting are in use (Civil Code 147–148, and the office-hour clock of deployed systems); the
allowance says which. Past the years of the confirmed calendar nothing is derived: the answer is Unknown.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from common.calendar import CalendarNotLoaded, WorkingCalendar
from common.clock import local_date
from rules_dsl import day_count, hour_count
from rules_dsl.allowance import OFFICE_HOURS, Allowance, Extension, Hours, Unit
from rules_dsl.deadline import DayLine, Deadline
from rules_dsl.happenings import with_happenings
from rules_dsl.ledger import (
    LedgerEntry,
    Run,
    extended_by,
    runs,
    supplement_answered,
    supplement_requested,
)
from rules_dsl.unknown import NOT_STARTED, Unknown, calendar_unknown

__all__ = [
    "Allowance",
    "DayLine",
    "Deadline",
    "Extension",
    "LedgerEntry",
    "Unknown",
    "counted",
    "derive",
    "derive_so_far",
    "step_budget",
    "supplement_answered",
    "supplement_requested",
]

NOT_RECEIVED = Unknown(("dossier.received_at",), NOT_STARTED)
SUSPENDED = Unknown(("dossier.supplement",), "rules.term_suspended")

_Count = Callable[[Allowance, tuple[Run, ...], int, WorkingCalendar], Deadline | None]


class Span(Protocol):
    """A duration with its kind of day, such as a step's budget."""

    @property
    def amount(self) -> int: ...

    @property
    def unit(self) -> Unit: ...


def derive(
    allowance: Allowance, entries: Sequence[LedgerEntry], calendar: WorkingCalendar
) -> Deadline | Unknown:
    """The day (and minute) by which the dossier must be settled, with a line for each day in between.

    Unknown while the clock stands still before the term is used up, before it has started, and where the
    calendar is not loaded.
    """
    deadline = counted(allowance, entries, calendar)
    if isinstance(deadline, Unknown):
        return deadline
    return replace(deadline, days=with_happenings(deadline.days, allowance, entries, runs(entries)))


def counted(
    allowance: Allowance, entries: Sequence[LedgerEntry], calendar: WorkingCalendar
) -> Deadline | Unknown:
    """The same deadline, for who only wants to know it: its lines say what was counted, not what happened."""
    clock = runs(entries)
    if not clock:
        return NOT_RECEIVED
    try:
        deadline = _way_of(allowance)(allowance, clock, extended_by(entries), calendar)
    except CalendarNotLoaded as error:
        return calendar_unknown(error.day)
    return SUSPENDED if deadline is None else deadline


def derive_so_far(
    allowance: Allowance, entries: Sequence[LedgerEntry], calendar: WorkingCalendar
) -> tuple[DayLine, ...]:
    """The days until the clock stopped, for a term that stands still; none when it never started."""
    stops = [stop for run in runs(entries) for stop in run.stops if stop.until is None]
    if not stops:
        return ()
    found = derive(allowance, (*entries, LedgerEntry("resumed", stops[-1].since)), calendar)
    until = local_date(stops[-1].since)
    return tuple(line for line in found.days if line.day <= until) if isinstance(found, Deadline) else ()


def step_budget(
    budget: Span,
    opened_at: datetime,
    calendar: WorkingCalendar,
    halts: Sequence[LedgerEntry] = (),
    hours: Hours = OFFICE_HOURS,
) -> Deadline | Unknown:
    """When a step opened at this instant uses up its budget; days by M-DAY, working hours within `hours`.

    `halts` are the entries that stop the clock after that and let it go on.
    """
    allowance = Allowance(budget.amount, budget.unit, hours=hours)
    return counted(allowance, (LedgerEntry("started", opened_at), *halts), calendar)


def _way_of(allowance: Allowance) -> _Count:
    if allowance.unit == "hour":
        return hour_count.by_the_clock
    by_hour = allowance.unit == "working_hour" or (
        allowance.method == "M-HOUR" and allowance.unit == "working_day"
    )
    return hour_count.by_working_hours if by_hour else day_count.by_days
