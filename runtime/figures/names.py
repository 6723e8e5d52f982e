"""What procedures are called now."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from common.text import Text
from procedure_library.models import Procedure, Version


def names_of(session: Session) -> dict[str, Text]:
    """The name of each procedure in its newest version, by key, in the order of the Vietnamese dictionary."""
    newest = (
        select(Procedure.key, Version.name_vi, Version.name_en, Version.sort_key)
        .join(Procedure, Procedure.id == Version.procedure_id)
        .ext(distinct_on(Version.procedure_id))
        .order_by(Version.procedure_id, Version.number.desc())
        .subquery()
    )
    rows = session.execute(select(newest).order_by(newest.c.sort_key, newest.c.key))
    return {key: Text(vi, en) for key, vi, en, _order in rows}
