"""Names of units with the days from which they hold: papers print that of their day, lists tell former ones.

`units.name_vi` is the name of today, which every page shows; a name that holds from a later day takes its place by a
job. A unit that was never renamed has no rows here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.db import locked
from common.identity.actor import Actor
from common.identity.models import Account, Unit, UnitName
from common.problems import Problem, Refusal
from common.text import Text


@dataclass(frozen=True, slots=True)
class NewName:
    """What a unit is called from that day on, by which decision."""

    name_vi: str
    name_en: str
    since: date
    basis: str


def rename(
    session: Session, unit: Unit, new: NewName, *, by: Actor, at: datetime
) -> tuple[Problem, ...] | Refusal | None:
    """The unit is called so from that day on: today, a day to come, or one that has passed since its last name."""
    locked(session, unit)
    known = _names(session, (unit.id,)).get(unit.id, ())
    if refusal := _not_to_rename(session, unit, known, new):
        return refusal
    if problems := _problems(unit, known, new):
        return problems
    if not known:
        _add(session, unit, NewName(unit.name_vi, unit.name_en, unit.valid_from, ""), by, at)
    _add(session, unit, new, by, at)
    audit.record(
        session,
        "unit.renamed",
        by=by,
        at=at,
        kind="unit",
        key=unit.key,
        name=new.name_vi,
        since=new.since.isoformat(),
        basis=new.basis,
    )
    take_names(session, local_date(at), unit)
    return None


def _add(session: Session, unit: Unit, name: NewName, by: Actor, at: datetime) -> None:
    session.add(
        UnitName(
            unit_id=unit.id,
            since=name.since,
            name_vi=name.name_vi,
            name_en=name.name_en,
            basis=name.basis,
            recorded_by=by.account_id,
            recorded_at=at,
        )
    )
    session.flush()


def _not_to_rename(session: Session, unit: Unit, known: Sequence[UnitName], new: NewName) -> Refusal | None:
    """A closed unit keeps its name; the same name from the same day is a second click."""
    if unit.valid_until is not None and unit.valid_until < new.since:
        return Refusal("identity.unit_closed_already")
    if known and (known[-1].since, known[-1].name_vi) == (new.since, new.name_vi):
        who = session.get_one(Account, known[-1].recorded_by).full_name
        return Refusal("identity.unit_renamed_already", {"who": who})
    return None


def _problems(unit: Unit, known: Sequence[UnitName], new: NewName) -> tuple[Problem, ...]:
    last = known[-1].since if known else unit.valid_from
    called = known[-1].name_vi if known else unit.name_vi
    wrong = {
        ("identity.unit_name_the_same", "name_vi"): new.name_vi == called,
        ("identity.unit_name_too_early", "since"): new.since <= last,
    }
    day = {"day": f"{last:%d/%m/%Y}"}
    return tuple(Problem(code, field, day) for (code, field), is_wrong in wrong.items() if is_wrong)


def take_names(session: Session, today: date, unit: Unit | None = None) -> None:
    """Every unit (or that one) is called today what its names say; doing it again changes nothing."""
    question = select(Unit, UnitName).join(UnitName, UnitName.unit_id == Unit.id)
    if unit is not None:
        question = question.where(Unit.id == unit.id)
    rows = session.execute(question.where(UnitName.since <= today).order_by(UnitName.since))
    latest = {each.id: (each, name) for each, name in rows}
    for each, name in latest.values():
        if (each.name_vi, each.name_en) != (name.name_vi, name.name_en):
            each.name_vi, each.name_en = name.name_vi, name.name_en
            each.revision += 1


def name_on(session: Session, unit: Unit, on: date) -> Text:
    """What the unit was called that day; before its first day, what it was called first."""
    names = _names(session, (unit.id,)).get(unit.id, ())
    if not names:
        return Text(unit.name_vi, unit.name_en)
    held = [name for name in names if name.since <= on] or [names[0]]
    return Text(held[-1].name_vi, held[-1].name_en)


@dataclass(frozen=True, slots=True)
class HeldName:
    """A name from a day until a day, both inclusive (None: open); `by` is who recorded it, "" for the first."""

    name: Text
    since: date
    until: date | None
    basis: str


def names_of(session: Session, units: Collection[Unit]) -> Mapping[int, tuple[HeldName, ...]]:
    """All names of these units by their ids, the latest first; a unit that was never renamed is not among them."""
    found = _names(session, [unit.id for unit in units])
    return {number: tuple(_held(names)) for number, names in found.items()}


def _held(names: Sequence[UnitName]) -> list[HeldName]:
    ends = [date.fromordinal(name.since.toordinal() - 1) for name in names[1:]]
    held = [
        HeldName(Text(name.name_vi, name.name_en), name.since, until, name.basis)
        for name, until in zip(names, [*ends, None], strict=True)
    ]
    return held[::-1]


def _names(session: Session, units: Collection[int]) -> dict[int, list[UnitName]]:
    """The earliest first."""
    rows = session.scalars(select(UnitName).where(UnitName.unit_id.in_(units)).order_by(UnitName.since))
    found: dict[int, list[UnitName]] = {}
    for row in rows:
        found.setdefault(row.unit_id, []).append(row)
    return found
