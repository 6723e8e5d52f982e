"""Which units take a procedure."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from common.identity.models import Unit
from common.text import folded
from procedure_library.definition import Definition

LEVELS = {"province": ("province", "department"), "commune": ("commune",)}


def units_for(
    session: Session, definition: Definition, on: date, among: Collection[int] | None = None
) -> tuple[Unit, ...]:
    """The units of the procedure's levels that exist that day, by name; `among` narrows them to these ids."""
    levels = [level for each in definition.levels for level in LEVELS[each]]
    question = select(Unit).where(
        Unit.level.in_(levels),
        # A province at the top leaves dossiers to those below it; a commune may be all there is.
        or_(Unit.parent_id.is_not(None), Unit.level != "province"),
        Unit.valid_from <= on,
        or_(Unit.valid_until.is_(None), Unit.valid_until >= on),
    )
    if among is not None:
        question = question.where(Unit.id.in_(among))
    return tuple(sorted(session.scalars(question), key=lambda unit: folded(unit.name_vi)))
