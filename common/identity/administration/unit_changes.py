"""Changing a unit: name, place in the directory, area and contact. Nobody overwrites what another just saved."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from common import audit
from common.identity.actor import Actor
from common.identity.administration.units import LEVELS
from common.identity.areas import is_area_code, is_province_code
from common.identity.functions import are_functions
from common.identity.models import Unit
from common.problems import Problem

EMPTY = "—"
# Changes of the directory take turns on this number.
LOCK = 7_106_829


@dataclass(frozen=True, slots=True)
class UnitData:
    """What may change while a unit lives; key and code never do. Empty text: not given.

    `parent` is the key of the unit above, empty for the agency at the top, which stays there.
    """

    name_vi: str
    name_en: str
    level: str
    parent: str
    area_code: str
    province_code: str
    address: str
    phone: str
    functions: str = ""


def data_of(session: Session, unit: Unit) -> UnitData:
    """What the unit is now."""
    above = session.get(Unit, unit.parent_id) if unit.parent_id else None
    return UnitData(
        name_vi=unit.name_vi,
        name_en=unit.name_en,
        level=unit.level,
        parent=above.key if above else "",
        area_code=unit.area_code,
        province_code=unit.province_code,
        address=unit.address,
        phone=unit.phone,
        functions=unit.functions,
    )


def change_unit(
    session: Session,
    unit: Unit,
    wanted: UnitData,
    *,
    parent: Unit | None,
    revision: int,
    by: Actor,
    at: datetime,
) -> tuple[Problem, ...]:
    """Makes the unit what is wanted; `revision` is the one the form was filled from, `parent` the unit above.

    When somebody else saved meanwhile, nothing changes and each field that differs from theirs is a problem.
    """
    # Who saves second waits here, and then sees what the first has saved: also where the units above belong.
    session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    session.refresh(unit)
    now = data_of(session, unit)
    changes = _differences(now, wanted)
    if unit.revision != revision and changes:
        return tuple(_saved_meanwhile(field, was) for field, (was, _) in changes.items())
    if problems := _problems(session, unit, wanted, parent):
        return problems
    if changes:
        _write(unit, wanted, parent)
        audit.record(session, "unit.changed", by=by, at=at, kind="unit", key=unit.key, changes=changes)
    return ()


def _differences(now: UnitData, wanted: UnitData) -> Mapping[str, tuple[str, str]]:
    """Before and after of each field that is to change."""
    before, after = asdict(now), asdict(wanted)
    return {field: (before[field], after[field]) for field in before if before[field] != after[field]}


def _saved_meanwhile(field: str, value: str) -> Problem:
    return Problem("identity.unit_changed_meanwhile", field, {"value": value or EMPTY})


def _problems(session: Session, unit: Unit, wanted: UnitData, parent: Unit | None) -> tuple[Problem, ...]:
    is_top = unit.parent_id is None
    moved = parent is not None and parent.id != unit.parent_id
    wrong = {
        ("identity.unit_level_wrong", "level"): wanted.level not in LEVELS,
        ("identity.unit_parent_wrong", "parent"): moved
        and parent is not None
        and parent.valid_until is not None,
        ("identity.unit_below_itself", "parent"): parent is not None and _is_within(session, parent, unit),
        ("identity.unit_area_code_wrong", "area_code"): not is_area_code(wanted.area_code, wanted.level),
        ("identity.unit_province_code_wrong", "province_code"): not is_province_code(
            wanted.province_code, wanted.level, is_top=is_top
        ),
        ("identity.unit_functions_wrong", "functions"): not are_functions(wanted.functions),
    }
    return tuple(Problem(code, field) for (code, field), is_wrong in wrong.items() if is_wrong)


def _is_within(session: Session, below: Unit, unit: Unit) -> bool:
    """Whether `below` is the unit or somewhere under it."""
    asked: Unit | None = below
    while asked is not None and asked.id != unit.id:
        number = asked.parent_id
        asked = session.get(Unit, number, populate_existing=True) if number else None
    return asked is not None


def _write(unit: Unit, wanted: UnitData, parent: Unit | None) -> None:
    for field, value in asdict(wanted).items():
        if field != "parent":
            setattr(unit, field, value)
    if parent is not None:
        unit.parent_id = parent.id
    unit.revision += 1
