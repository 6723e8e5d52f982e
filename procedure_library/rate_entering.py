"""Rates entering a series: judged against what stands there, shown before, then recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.problems import Finding
from procedure_library.rate_files import Entry, Sheet
from procedure_library.rate_series import known_series
from procedure_library.rates import DayRate, RateRow, Series, history_between, record_rates
from rules_dsl.values import plain

# No currency doubles or halves from one published day to the next: it is a slip of the pen.
LEAP = 2
NEAR = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry does to its series; `before` is what stands for that day."""

    entry: DayRate
    before: RateRow | None

    @property
    def kind(self) -> Literal["new", "corrects", "stands"]:
        if self.before is None:
            return "new"
        same = (self.before.value, self.before.source) == (self.entry.value, self.entry.source)
        return "stands" if same else "corrects"


@dataclass(frozen=True, slots=True)
class Changes:
    """What would be recorded, and what stands as it is already; by day."""

    series: Series
    each: tuple[Change, ...]

    @property
    def fresh(self) -> tuple[DayRate, ...]:
        return tuple(change.entry for change in self.each if change.kind != "stands")


def look_at(session: Session, series: Series, sheet: Sheet, *, today: date) -> Changes | tuple[Finding, ...]:
    """What the sheet would change; findings when one of its entries cannot be."""
    entries = sheet.entries
    if findings := tuple(_impossible(entries, today)):
        return findings
    days = [entry.rate.day for entry in entries]
    around = history_between(session, series, min(days) - NEAR, max(days) + NEAR)
    standing = {day: rows[0] for day, rows in around.items()}
    if findings := tuple(_leaps(entries, standing)):
        return findings
    changes = (Change(entry.rate, standing.get(entry.rate.day)) for entry in entries)
    return Changes(series, tuple(sorted(changes, key=lambda change: change.entry.day)))


def enter(session: Session, changes: Changes, *, by: Actor, at: datetime) -> int:
    """Records what is new or corrected and answers how many rates that was."""
    if changes.fresh:
        record_rates(session, changes.series, changes.fresh, by=by, at=at)
    return len(changes.fresh)


def enter_all(
    session: Session, series: Series, sheet: Sheet, *, by: Actor, at: datetime
) -> int | tuple[Finding, ...]:
    """Both: judged, then recorded."""
    changes = look_at(session, series, sheet, today=local_date(at))
    return enter(session, changes, by=by, at=at) if isinstance(changes, Changes) else changes


def series_called(session: Session, name: str, currencies: str = "") -> Series | Finding:
    """The series of that name that published rules read; `currencies` ("USD/VND") where several have it."""
    known = known_series(session)
    named = [series for series in known if series.name == name and currencies in ("", series.currencies)]
    if len(named) == 1:
        return named[0]
    if named:
        pairs = ", ".join(series.currencies for series in named)
        return Finding("reference.rate_of_several", name, {"name": name, "pairs": pairs})
    names = ", ".join(f"{series.name} ({series.currencies})" for series in known) or "—"
    return Finding("reference.rate_unknown", name, {"name": name, "known": names})


def _impossible(entries: Sequence[Entry], today: date) -> Iterator[Finding]:
    met: set[date] = set()
    for entry in entries:
        day = {"day": f"{entry.rate.day:%d/%m/%Y}"}
        if entry.rate.day in met:
            yield entry.row.finding("reference.rate_twice", "day", day)
        elif entry.rate.day > today:
            yield entry.row.finding("reference.rate_ahead", "day", day)
        met.add(entry.rate.day)


def _leaps(entries: Sequence[Entry], standing: dict[date, RateRow]) -> Iterator[Finding]:
    """Entries that leap away from their neighbours, in the file or standing."""
    rates = {day: (row.value, None) for day, row in standing.items()} | {
        entry.rate.day: (entry.rate.value, entry.row) for entry in entries
    }
    for before, after in pairwise(sorted(rates)):
        (one, first), (other, second) = rates[before], rates[after]
        row, day, neighbour = (second, after, before) if second else (first, before, after)
        if row and after - before <= NEAR and max(one, other) > LEAP * min(one, other):
            told = {
                "value": plain(rates[day][0]),
                "other": plain(rates[neighbour][0]),
                "day": f"{neighbour:%d/%m/%Y}",
            }
            yield row.finding("reference.rate_leaps", "rate", told)
