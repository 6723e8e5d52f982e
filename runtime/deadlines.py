"""Deadlines worked out later than at reception: the year was not loaded then, or days count otherwise now."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from common.changed_days import JOB
from common.identity.actor import machine
from common.jobs import Work, defer, job
from runtime.acts import act
from runtime.engine.machine_events import DeriveDeadline
from runtime.engine.timing import end_of
from runtime.models.dossiers import Dossier

AT_ONCE = 200
DAY = timedelta(days=1)


@job("deadlines.derive_missing")
def derive_missing(work: Work) -> None:
    """Derives and announces what can be told by now; the rest waits for the next hour."""
    derive_undated(work)


@job("deadlines.derive_again")
def derive_again(work: Work, *, since: str, after: int = 0) -> None:
    """From that day on, days count otherwise: moves what is due then, some dossiers at a time."""
    last = derive_changed(work, date.fromisoformat(since), after)
    if last is not None:
        defer(work.session, JOB, since=since, after=last)


def derive_undated(work: Work) -> None:
    """Asks the engine for each dossier without a date; doing it again changes nothing."""
    waiting = Dossier.due_at.is_(None) & Dossier.state.has_key("allowance")
    for dossier in _in_process(work.session, waiting):
        _derive(work.session, dossier, work.at)


def derive_changed(work: Work, since: date, after: int = 0) -> int | None:
    """Asks the engine for each dossier due on that day or later; doing it again changes nothing.

    Answers after which dossier to go on; None when this was the last. What stands still is not asked: its
    deadline is worked out when the supplement comes.
    """
    touched = (Dossier.due_at > end_of(since - DAY)) & (Dossier.id > after)
    found = _in_process(work.session, touched)
    for dossier in found:
        _derive(work.session, dossier, work.at)
    return found[-1].id if len(found) == AT_ONCE else None


def _derive(session: Session, dossier: Dossier, at: datetime) -> None:
    act(session, dossier, DeriveDeadline(by=machine("deadlines"), at=at))


def _in_process(session: Session, wanted: ColumnElement[bool]) -> list[Dossier]:
    question = select(Dossier).where(Dossier.status == "in_process", wanted)
    return list(session.scalars(question.order_by(Dossier.id).limit(AT_ONCE)))
