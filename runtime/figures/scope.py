"""Whose figures somebody may see: leaders those of their units and of all units below, administrators all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.identity.models import Unit


def units_led(session: Session, actor: Actor) -> tuple[Unit, ...]:
    """The units, closed ones included (their dossiers were resolved as well), by code."""
    every = session.scalars(select(Unit).order_by(Unit.code)).all()
    if actor.holds("administrator"):
        return tuple(every)
    return with_below(every, actor.units("leader"))


def with_below(every: Sequence[Unit], tops: Iterable[int]) -> tuple[Unit, ...]:
    """Those of `every` that are one of the tops or stand below one, in the order given."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for unit in every:
        below[unit.parent_id].append(unit.id)
    found, waiting = set[int](), list(tops)
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting += below[unit_id]
    return tuple(unit for unit in every if unit.id in found)
