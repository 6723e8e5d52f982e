"""Dates that could not be told when they were due, because the calendar of that year was not loaded."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.jobs import Work, job
from runtime.acts import act, locked
from runtime.engine.events import DeriveDeadline
from runtime.models.dossiers import Dossier

AT_ONCE = 200


@job("deadlines.derive_missing")
def derive_missing(work: Work) -> None:
    """Derives and announces what can be told by now; the rest waits for the next hour."""
    derive_undated(work)


def derive_undated(work: Work) -> None:
    """Asks the engine for each dossier without a date; doing it again changes nothing."""
    for dossier in _undated(work.session):
        event = DeriveDeadline(by=machine("deadlines"), at=work.at)
        act(work.session, locked(work.session, dossier), event)


def _undated(session: Session) -> list[Dossier]:
    question = (
        select(Dossier)
        .where(Dossier.status == "in_process", Dossier.due_at.is_(None), Dossier.state.has_key("allowance"))
        .order_by(Dossier.id)
        .limit(AT_ONCE)
    )
    return list(session.scalars(question))
