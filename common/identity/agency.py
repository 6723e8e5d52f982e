"""The agency whose house this is: the unit at the top, whose name and hotline every page carries."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from common.identity.models import Unit


def agency(session: Session, on: date) -> Unit | None:
    """The topmost unit that day; None on a house nobody has furnished yet."""
    return session.scalar(
        select(Unit)
        .where(
            Unit.parent_id.is_(None),
            Unit.valid_from <= on,
            or_(Unit.valid_until.is_(None), Unit.valid_until >= on),
        )
        .order_by(Unit.id)
        .limit(1)
    )
