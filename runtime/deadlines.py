"""Deadlines worked out later than at reception: the year was not loaded then, or days count otherwise now."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from common.changed_days import JOB
from common.identity.actor import machine
from common.jobs import Work, defer, job
from runtime.acts import act
from runtime.engine.machine_events import DeriveDeadline
from runtime.engine.status import POSSIBLE_IN
from runtime.engine.timing import end_of
from runtime.inbox import LIVE
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task

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
    for dossier in _open(work.session, waiting & (Dossier.status == "in_process")):
        _derive(work.session, dossier, work.at)


def derive_changed(work: Work, since: date, after: int = 0) -> int | None:
    """Asks the engine for each dossier with a limit on that day or later: its deadline, that of a step, or the last
    day of a supplement. Doing it again changes nothing.

    Answers after which dossier to go on; None when this was the last. A deadline that stands still is worked out when
    the supplement comes.
    """
    found = _open(work.session, _touched(since) & (Dossier.id > after))
    for dossier in found:
        _derive(work.session, dossier, work.at)
    return found[-1].id if len(found) == AT_ONCE else None


def _derive(session: Session, dossier: Dossier, at: datetime) -> None:
    act(session, dossier, DeriveDeadline(by=machine("deadlines"), at=at))


def _touched(since: date) -> ColumnElement[bool]:
    """What may count otherwise when days from then on do."""
    before = end_of(since - DAY)
    tasks = select(Task.id).where(Task.dossier_id == Dossier.id, LIVE, Task.due_at > before)
    return or_(
        Dossier.due_at > before,
        Dossier.limit_at > before,
        Dossier.answer_by >= since.isoformat(),
        tasks.exists(),
    )


def _open(session: Session, wanted: ColumnElement[bool]) -> list[Dossier]:
    question = select(Dossier).where(Dossier.status.in_(sorted(POSSIBLE_IN["derive_deadline"])), wanted)
    return list(session.scalars(question.order_by(Dossier.id).limit(AT_ONCE)))
