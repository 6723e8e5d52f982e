"""Units that merged or closed: who carries on for whom, resolved by date."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from common.identity.models import Unit


def in_charge(session: Session, unit: Unit, on: date) -> Unit | None:
    """The unit itself while it exists, afterwards its successor, or the successor's; None: nobody succeeded."""
    here: Unit | None = unit
    while here is not None and here.valid_until is not None and here.valid_until < on:
        here = session.get(Unit, here.successor_id) if here.successor_id else None
    return here


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
