"""Reminders that still matter: their task or dossier is open, and its limit is still the one they speak of."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, tuple_, update

from common.identity.actor import Actor
from runtime.engine.timing import end_of
from runtime.inbox import LIVE
from runtime.models.dossiers import Dossier
from runtime.models.reminders import Reminder
from runtime.models.tasks import Task
from runtime.pages import After
from runtime.watch.watching import AT_ONCE, Watch

OPEN = Reminder.ended_at.is_(None)
_RUNS = Dossier.status == "in_process"
HOLDS = or_(
    and_(Reminder.kind == "due_soon", LIVE, Task.sort_at == Reminder.limit_at),
    and_(Reminder.kind == "overdue", Reminder.task > 0, LIVE, Task.due_at == Reminder.limit_at),
    and_(Reminder.kind == "overdue", Reminder.task == 0, _RUNS, Dossier.due_at == Reminder.limit_at),
    and_(Reminder.kind.in_(("apology", "apology_last")), _RUNS, Dossier.appointment_at == Reminder.limit_at),
)


def with_its_subject(*wanted: Any) -> Select[Any]:
    """Asks for these of reminders, with their dossier and task."""
    subject = tuple_(Task.dossier_id, Task.number) == tuple_(Reminder.dossier_id, Reminder.task)
    question: Select[Any] = select(*wanted).select_from(Reminder)
    return question.join(Dossier, Dossier.id == Reminder.dossier_id).outerjoin(Task, subject)


def told_to(actor: Actor) -> ColumnElement[bool]:
    """Part of every question: what the clock tells this official. A claimed task concerns who has claimed it."""
    if not actor.posts:
        return false()
    ours = tuple_(Reminder.unit_id, Reminder.role).in_(sorted(actor.posts))
    return ours & or_(
        Reminder.kind != "due_soon", Task.claimed_by.is_(None), Task.claimed_by == actor.account_id
    )


def _too_late(watch: Watch) -> ColumnElement[bool]:
    """Proposals of an apology that nobody may make any more."""
    return or_(
        and_(Reminder.kind == "apology_last", Reminder.crossed_on < watch.today),
        and_(Reminder.kind == "apology", Reminder.limit_at < end_of(watch.today)),
    )


def settled(watch: Watch, after: After | None) -> After | None:
    """Ends those that matter no more, so that what is open stays short."""
    since = after.id if after else 0
    question = with_its_subject(Reminder.id, HOLDS.label("holds"), _too_late(watch).label("unlawful"))
    rows = watch.session.execute(
        question.where(OPEN, Reminder.id > since).order_by(Reminder.id).limit(AT_ONCE)
    ).all()
    over = [row.id for row in rows if not row.holds or row.unlawful]
    _end(watch, over)
    return After(watch.at, rows[-1].id) if len(rows) == AT_ONCE else None


def _end(watch: Watch, ids: list[int]) -> None:
    at: datetime = watch.at
    watch.session.execute(update(Reminder).where(Reminder.id.in_(ids), OPEN).values(ended_at=at))
