"""Which units use a procedure, and who works there: the directory as it is on a day, for the checks.

A unit uses the procedure when it takes it — its level, open that day, not the province at the top of others — and
somebody works there at all: of a unit that has not been staffed yet nothing can be said.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from common.identity.functions import unit_with
from common.identity.models import Assignment, Unit
from common.problems import Refusal
from common.text import Text, sort_key
from procedure_library.definition import Definition
from procedure_library.neighbours import Staffed

LEVELS = {"province": ("province", "department"), "commune": ("commune",)}
Roles = Mapping[int, frozenset[str]]


def staffed(session: Session, definition: Definition, on: date) -> tuple[tuple[Staffed, ...], frozenset[str]]:
    """The units that use it, by name; and the roles held in units with an area of their own."""
    roles = _roles(session, on)
    levels = [level for each in definition.levels for level in LEVELS[each]]
    open_units = session.scalars(
        select(Unit).where(
            Unit.id.in_(roles), Unit.valid_from <= on, or_(Unit.valid_until.is_(None), Unit.valid_until >= on)
        )
    ).all()
    using = [
        u for u in open_units if u.level in levels and (u.parent_id is not None or u.level != "province")
    ]
    functions = {ask.function for step in definition.steps for ask in step.asks if ask.function}
    found = (
        Staffed(Text(u.name_vi, u.name_en), roles[u.id], dict(_asked(session, u, functions, roles, on)))
        for u in sorted(using, key=lambda unit: sort_key(unit.name_vi))
    )
    with_area = (roles[unit.id] for unit in open_units if unit.area_code)
    return tuple(found), frozenset[str]().union(*with_area)


def _roles(session: Session, on: date) -> Roles:
    question = (
        select(Assignment.unit_id, func.array_agg(Assignment.role.distinct()))
        .where(Assignment.since <= on, or_(Assignment.until.is_(None), Assignment.until >= on))
        .group_by(Assignment.unit_id)
    )
    return {unit: frozenset(held) for unit, held in session.execute(question)}


def _asked(
    session: Session, unit: Unit, functions: set[str], roles: Roles, on: date
) -> "list[tuple[str, frozenset[str]]]":
    """By function who would be asked for this unit; a function that nobody has is left out."""
    found = ((function, unit_with(session, function, unit, on)) for function in sorted(functions))
    return [(f, roles.get(u.id, frozenset())) for f, u in found if not isinstance(u, Refusal)]
