"""What happened to the clock, told on its day among the days that were counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from common.clock import local_date
from rules_dsl.allowance import Allowance
from rules_dsl.deadline import DayLine
from rules_dsl.ledger import LedgerEntry, Run

# What a day that a stop leaves out is called when no supplement is awaited.
STOPPED_BY_THE_OFFICE: Mapping[str, str] = {
    "term.suspended": "term.standing",
    "term.stopped": "term.standing",
    "term.resumed": "term.going_on",
}


def with_happenings(
    days: Sequence[DayLine], allowance: Allowance, entries: Sequence[LedgerEntry], clock: Sequence[Run]
) -> tuple[DayLine, ...]:
    """The day lines, and behind those of its day each stop of the clock, extension and corrected start.

    What happened before the first line or after the due day has no part in the count and is left out.
    """
    first, last = days[0].day, days[-1].day
    happened = [
        line
        for line in (*_stops(clock), *_extensions(allowance, entries), *_corrections(entries))
        if first <= line.day <= last
    ]
    told = (_halted(line, clock) for line in days)
    return tuple(sorted((*told, *happened), key=lambda line: line.day))


def _stops(clock: Sequence[Run]) -> Iterator[DayLine]:
    for run in clock:
        for stop in run.stops:
            code = "term.halted" if stop.why else "term.requested"
            yield DayLine(local_date(stop.since), False, code)


def _halted(line: DayLine, clock: Sequence[Run]) -> DayLine:
    """The line of a day that a stop left out, in other words where it was the office that stopped the clock."""
    if line.code not in STOPPED_BY_THE_OFFICE:
        return line
    begun = [stop for run in clock for stop in run.stops if local_date(stop.since) <= line.day]
    by_office = bool(begun) and begun[-1].why is not None
    return replace(line, code=STOPPED_BY_THE_OFFICE[line.code]) if by_office else line


def _extensions(allowance: Allowance, entries: Sequence[LedgerEntry]) -> Iterator[DayLine]:
    unit = allowance.extension.unit if allowance.extension else allowance.unit
    for entry in entries:
        if entry.kind == "extended" and entry.amount:
            yield DayLine(
                local_date(entry.at), False, "term.extended", {"amount": entry.amount, "unit": unit}
            )


def _corrections(entries: Sequence[LedgerEntry]) -> Iterator[DayLine]:
    for entry in entries:
        if entry.since:
            start = f"{local_date(entry.since):%d/%m/%Y}"
            yield DayLine(local_date(entry.at), False, "term.start_corrected", {"start": start})
