"""What happened to the clock, told on its day among the days that were counted."""

from collections.abc import Iterator, Sequence

from common.clock import local_date
from rules_dsl.allowance import Allowance
from rules_dsl.deadline import DayLine
from rules_dsl.ledger import LedgerEntry, Run


def with_happenings(
    days: Sequence[DayLine], allowance: Allowance, entries: Sequence[LedgerEntry], clock: Sequence[Run]
) -> tuple[DayLine, ...]:
    """The day lines, and behind those of its day each request for a supplement, extension and corrected start.

    What happened before the first line or after the due day has no part in the count and is left out.
    """
    first, last = days[0].day, days[-1].day
    happened = [
        line
        for line in (*_requests(clock), *_extensions(allowance, entries), *_corrections(entries))
        if first <= line.day <= last
    ]
    return tuple(sorted((*days, *happened), key=lambda line: line.day))


def _requests(clock: Sequence[Run]) -> Iterator[DayLine]:
    for run in clock:
        for stop in run.stops:
            yield DayLine(local_date(stop.since), False, "term.requested")


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
