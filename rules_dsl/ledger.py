"""The term ledger: what happened to the clock, and the runs it is made of."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from common.calendar import WorkingCalendar
from common.clock import ZONE, local_date, to_the_minute
from rules_dsl.allowance import Allowance

LedgerKind = Literal["started", "suspended", "resumed", "restarted", "extended", "start_corrected", "stopped"]
# Why the office stopped the clock itself: its systems failed, or another authority has to answer first.
Halt = Literal["incident", "authority"]
# What a started clock does on its way.
_MOVES = frozenset({"suspended", "resumed", "restarted"})


class LedgerEntry(Struct, frozen=True):
    """One thing that happened to the clock, at an aware instant.

    `amount` is given with "extended" only, in the unit of the allowance's extension (the allowance's own unit
    when it has none). "resumed" goes on with what was left; "restarted" begins again at nothing.
    "start_corrected" says that the clock really started at `since`, given with it only. `why` is given with
    "suspended" where the office stopped the clock, None where the applicant was asked for a supplement.
    """

    kind: LedgerKind
    at: datetime
    amount: int | None = None
    since: datetime | None = None
    why: Halt | None = None


def read_ledger(body: Any) -> tuple[LedgerEntry, ...]:
    """The entries of [{"kind", "at", "amount", "since", "why"}, …], the earliest first; else ValueError."""
    if not isinstance(body, list | tuple):
        raise ValueError("[…]?")
    return tuple(sorted((_entry(each) for each in body), key=lambda entry: entry.at))


def _entry(body: Any) -> LedgerEntry:
    if not isinstance(body, dict) or body.get("kind") not in get_args(LedgerKind):
        raise ValueError(f"kind: {', '.join(get_args(LedgerKind))}?")
    amount = body.get("amount")
    if amount is not None and type(amount) is not int:
        raise ValueError(f"amount: {amount!r}?")
    since = _instant(body.get("since")) if body["kind"] == "start_corrected" else None
    why = body.get("why") if body["kind"] == "suspended" else None
    if why not in (None, *get_args(Halt)):
        raise ValueError(f"why: {', '.join(get_args(Halt))}?")
    return LedgerEntry(cast(LedgerKind, body["kind"]), _instant(body.get("at")), amount, since, why)


def _instant(text: Any) -> datetime:
    at = datetime.fromisoformat(str(text))
    if at.tzinfo is None:
        raise ValueError(f"{text}: +07:00?")
    return at


class Stop(Struct, frozen=True):
    """A stretch when the clock stands still; `until` None: it still does. `why`: the office stopped it."""

    since: datetime
    until: datetime | None
    why: Halt | None = None


class Run(Struct, frozen=True):
    """The clock from one start to the next restart."""

    started_at: datetime
    stops: tuple[Stop, ...]


def supplement_requested(allowance: Allowance, at: datetime) -> tuple[LedgerEntry, ...]:
    """What to write when the applicant is asked to complete the dossier."""
    return () if allowance.supplement == "continue" else (LedgerEntry("suspended", at),)


def supplement_answered(allowance: Allowance, at: datetime) -> tuple[LedgerEntry, ...]:
    """What to write when the full supplement has come in."""
    match allowance.supplement:
        case "continue":
            return ()
        case "pause":
            return (LedgerEntry("resumed", at),)
        case "restart":
            return (LedgerEntry("restarted", at),)


def runs(entries: Sequence[LedgerEntry]) -> tuple[Run, ...]:
    """The runs of the clock in order; empty when it never started. What follows "stopped" changes nothing."""
    found: list[Run] = []
    for entry in _as_corrected(entries):
        if entry.kind == "stopped":
            break
        if entry.kind in ("started", "restarted"):
            found.append(Run(to_the_minute(entry.at), ()))
        elif found and entry.kind in ("suspended", "resumed"):
            found[-1] = Run(found[-1].started_at, _stops(found[-1].stops, entry))
    return tuple(found)


def _as_corrected(entries: Sequence[LedgerEntry]) -> Sequence[LedgerEntry]:
    """The entries as if the clock had started where its last correction says; what came before that is void."""
    since = next((entry.since for entry in reversed(entries) if entry.since), None)
    if since is None:
        return entries
    stopped = [entry for entry in entries if entry.kind in _MOVES and entry.at < since][-1:]
    return (
        LedgerEntry("started", since),
        *(replace(entry, at=since) for entry in stopped if entry.kind == "suspended"),
        *(e for e in entries if e.kind == "stopped" or (e.kind in _MOVES and e.at >= since)),
    )


def extended_by(entries: Sequence[LedgerEntry]) -> int:
    """The sum of the extensions granted since the clock last started."""
    total = 0
    for entry in entries:
        if entry.kind in ("started", "restarted"):
            total = 0
        elif entry.kind == "extended":
            total += entry.amount or 0
    return total


def event_day(allowance: Allowance, at: datetime, calendar: WorkingCalendar) -> date:
    """The day on which the law takes the event to have happened, the cut-off applied."""
    day = local_date(at)
    if allowance.cut_off is None:
        return calendar.working_day_from(day) if allowance.same_day else day
    if calendar.is_working(day) and to_the_minute(at).astimezone(ZONE).time() > allowance.cut_off:
        day += timedelta(days=1)
    return calendar.working_day_from(day)


def _stops(stops: tuple[Stop, ...], entry: LedgerEntry) -> tuple[Stop, ...]:
    at = to_the_minute(entry.at)
    is_open = bool(stops) and stops[-1].until is None
    if entry.kind == "suspended":
        return stops if is_open else (*stops, Stop(at, None, entry.why))
    return (*stops[:-1], replace(stops[-1], until=at)) if is_open else stops
