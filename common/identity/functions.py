"""What units do for others ("justice", "police"), and which unit that is for a place: the nearest, by date.

Definitions name functions, never units: the directory says who has one, and who carries on for whom.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Unit
from common.identity.succession import in_charge
from common.problems import Refusal

FUNCTION = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands in the directory: its number, that of the unit above (None: it is the top), its code."""

    unit: int
    above: int | None
    code: str


def are_functions(written: str) -> bool:
    """Whether these are keys of functions with blanks between, or none."""
    return all(FUNCTION.fullmatch(key) for key in written.split())


def unit_with(session: Session, function: str, receiving: Unit, on: date) -> Unit | Refusal:
    """Who has the function for the area of the receiving unit that day; a Refusal names both when nobody has.

    Of a unit that has closed the function is its successor's.
    """
    with_some = session.scalars(select(Unit).where(Unit.functions != "")).all()
    having = [unit for unit in with_some if function in unit.functions.split()]
    acting = {unit.id: heir for unit in having if (heir := in_charge(session, unit, on)) and heir.is_open(on)}
    places = [Place(unit.id, unit.parent_id, unit.code) for unit in having if unit.id in acting]
    found = nearest(places, _line(session, receiving))
    if found is None:
        return Refusal("identity.no_unit_with_function", {"function": function, "area": receiving.name_vi})
    return acting[found]


def nearest(places: Collection[Place], line: Sequence[int]) -> int | None:
    """Of these the unit that is nearest; `line` is a unit with those above it, the lowest first.

    The unit itself, those right below it, its siblings, the unit above, that one's siblings, and so on upwards. Of
    two that are as near the one with the first code.
    """
    ranks = _ranks(line)
    near = [(rank, place.code, place.unit) for place in places if (rank := _rank(place, ranks)) is not None]
    return min(near)[2] if near else None


def _ranks(line: Sequence[int]) -> Mapping[int, int]:
    return {unit: rank for rank, unit in enumerate(line)}


def _rank(place: Place, ranks: Mapping[int, int]) -> int | None:
    """The units of the line at 0, 3, 6 …; below the lowest at 1, siblings of each one step after it."""
    if place.unit in ranks:
        return 3 * ranks[place.unit]
    if place.above is not None and place.above in ranks:
        return 1 if ranks[place.above] == 0 else 3 * ranks[place.above] - 1
    return None


def _line(session: Session, unit: Unit) -> list[int]:
    line: list[int] = []
    above: Unit | None = unit
    while above is not None and above.id not in line:
        line.append(above.id)
        above = session.get(Unit, above.parent_id) if above.parent_id else None
    return line
