"""What people ask for most."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from procedure_library import queries
from procedure_library.models import Version
from runtime.models.dossiers import Dossier

LATEST_FILINGS = 1000


def most_asked(session: Session, on: date, count: int) -> tuple[Version, ...]:
    """The procedures of the latest filings, most asked first; where these are few, others fill up."""
    latest = select(Dossier.procedure_key).order_by(Dossier.id.desc()).limit(LATEST_FILINGS).subquery()
    key = latest.c.procedure_key
    often = session.scalars(select(key).group_by(key).order_by(func.count().desc(), key).limit(count))
    asked = [queries.version_in_force(session, each, on) for each in often]
    others = queries.search(session, "", on=on, limit=count).rows
    return tuple(dict.fromkeys([version for version in (*asked, *others) if version]))[:count]
