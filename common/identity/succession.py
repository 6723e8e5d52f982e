"""Units that merged or closed: who carries on for whom, resolved by date."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from common.identity.models import Unit

DAY = timedelta(days=1)


def in_charge(session: Session, unit: Unit, on: date) -> Unit | None:
    """The unit itself while it exists, afterwards its successor, or the successor's; None: nobody succeeded."""
    here: Unit | None = unit
    while here is not None and here.valid_until is not None and here.valid_until < on:
        here = session.get(Unit, here.successor_id) if here.successor_id else None
    return here


@dataclass(frozen=True, slots=True)
class Turn:
    """A unit has the work from `since` to `until`, both inclusive; None: from the beginning, for good."""

    unit: Unit
    since: date | None = None
    until: date | None = None

    def has(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def turns(session: Session, unit: Unit, successors: int | None = None) -> tuple[Turn, ...]:
    """Who has the unit's work on which days: itself first, then each that succeeds.

    `successors` takes that many of them and no more, as it was known before the next was named; None: all.
    """
    found = [Turn(unit)]
    while (heir_id := found[-1].unit.successor_id) and len(found) - 1 != successors:
        last, heir = found[-1], session.get_one(Unit, heir_id)
        assert last.unit.valid_until is not None
        ends = max(last.unit.valid_until, last.since - DAY) if last.since else last.unit.valid_until
        found[-1:] = [replace(last, until=ends), Turn(heir, since=ends + DAY)]
    return tuple(found)


def taken_over(session: Session, units: Collection[int], on: date) -> Mapping[int, frozenset[int]]:
    """For each of the units, those closed by that day whose work it carries on, however long ago."""
    first = select(Unit.successor_id.label("heir"), Unit.id.label("closed")).where(
        Unit.successor_id.in_(units), Unit.valid_until < on
    )
    line = first.cte("line", recursive=True)
    older = aliased(Unit)
    line = line.union(
        select(line.c.heir, older.id).where(older.successor_id == line.c.closed, older.valid_until < on)
    )
    found: dict[int, set[int]] = {}
    for heir, closed in session.execute(select(line.c.heir, line.c.closed)):
        found.setdefault(heir, set()).add(closed)
    return {heir: frozenset(closed) for heir, closed in found.items()}
