"""The unit directory: units are added, renumbered never, and closed with a successor instead of deleted."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common import audit
from common.changed_days import days_changed
from common.identity.actor import Actor
from common.identity.areas import is_area_code
from common.identity.models import Unit
from common.problems import Problem, Refusal

LEVELS = ("province", "department", "commune")
KEY = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*", re.ASCII)
CODE = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class UnitContact:
    """How a unit is reached, and its English name. Empty text: not given."""

    name_en: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be. `key` names it in addresses, `code` in dossier codes; both stay for good.

    `area_code` is that of its place; amounts are looked for there, then at the units above.
    """

    key: str
    code: str
    name_vi: str
    level: str
    parent: Unit
    valid_from: date
    area_code: str = ""
    contact: UnitContact = UnitContact()


def add_unit(session: Session, new: NewUnit, *, by: Actor, at: datetime) -> Unit | tuple[Problem, ...]:
    """Adds a unit below another."""
    if problems := _problems(session, new):
        return problems
    unit = Unit(
        key=new.key,
        code=new.code,
        name_vi=new.name_vi,
        level=new.level,
        area_code=new.area_code,
        parent_id=new.parent.id,
        valid_from=new.valid_from,
    )
    unit.name_en, unit.address, unit.phone = new.contact.name_en, new.contact.address, new.contact.phone
    try:
        with session.begin_nested():
            session.add(unit)
    except IntegrityError:
        # Somebody else added the same just now: by now it is seen.
        return _taken(session, new)
    audit.record(
        session, "unit.added", by=by, at=at, kind="unit", key=unit.key, code=unit.code, parent=new.parent.key
    )
    return unit


def close_unit(
    session: Session, unit: Unit, *, until: date, successor: Unit | None, by: Actor, at: datetime
) -> tuple[Problem, ...] | Refusal | None:
    """Ends the unit with that day (inclusive). Its officials keep their posts until its dossiers are done; from
    the day after, days count for these as they do for the successor.

    The agency at the top stays, and a unit with units below it is closed after them.
    """
    if refusal := _not_to_close(session, unit):
        return refusal
    problems = []
    if until < unit.valid_from:
        problems.append(Problem("identity.unit_ends_before_it_begins", "valid_until"))
    if successor is not None and (successor.id == unit.id or successor.valid_until is not None):
        problems.append(Problem("identity.unit_cannot_succeed", "successor"))
    if problems:
        return tuple(problems)
    unit.valid_until, unit.successor_id = until, successor.id if successor else None
    audit.record(
        session,
        "unit.closed",
        by=by,
        at=at,
        kind="unit",
        key=unit.key,
        until=until.isoformat(),
        successor=successor.key if successor else None,
    )
    if successor is not None:
        days_changed(session, until + timedelta(days=1))
    return None


def _not_to_close(session: Session, unit: Unit) -> Refusal | None:
    if unit.parent_id is None:
        return Refusal("identity.unit_at_the_top")
    if unit.valid_until is not None:
        return Refusal("identity.unit_closed_already")
    below = select(Unit.name_vi).where(Unit.parent_id == unit.id, Unit.valid_until.is_(None))
    names = session.scalars(below.order_by(Unit.code)).all()
    return Refusal("identity.unit_has_units_below", {"names": ", ".join(names)}) if names else None


def _problems(session: Session, new: NewUnit) -> tuple[Problem, ...]:
    wrong = {
        "key": KEY.fullmatch(new.key) is None,
        "code": CODE.fullmatch(new.code) is None,
        "level": new.level not in LEVELS,
        "area_code": not is_area_code(new.area_code, new.level),
        "parent": new.parent.valid_until is not None,
    }
    spelled = tuple(
        Problem(f"identity.unit_{field}_wrong", field) for field, is_wrong in wrong.items() if is_wrong
    )
    return spelled or _taken(session, new)


def _taken(session: Session, new: NewUnit) -> tuple[Problem, ...]:
    same = {"key": Unit.key == new.key, "code": Unit.code == new.code}
    holders = {field: session.scalar(select(Unit.name_vi).where(is_same)) for field, is_same in same.items()}
    return tuple(
        Problem(f"identity.unit_{field}_taken", field, {"name": name})
        for field, name in holders.items()
        if name is not None
    )
