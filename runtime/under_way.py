"""What is under way of a procedure, counted: closed dossiers are not read."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from procedure_library.under_way import UnderWay
from runtime.models.applications import Application
from runtime.models.dossiers import OPEN, Dossier


def under_way(session: Session, procedure_key: str) -> UnderWay:
    """All units together."""
    mine = (Dossier.procedure_key == procedure_key, OPEN)
    is_received = Dossier.received_at.is_not(None)
    counted = select(Dossier.version_id, is_received, func.count()).where(*mine)
    rows = session.execute(counted.group_by(Dossier.version_id, is_received)).all()
    unsent = select(func.count()).where(
        Application.procedure_key == procedure_key, Application.dossier_id.is_(None)
    )
    return UnderWay(
        {version: count for version, received, count in rows if received},
        sum(count for _version, received, count in rows if not received),
        session.scalar(unsent) or 0,
    )
