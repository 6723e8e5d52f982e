"""What the clock tells an official: a page at a time, the earliest limit first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.text import Text
from procedure_library.models import Version
from runtime.engine.thresholds import apology_until, new_day_proposed
from runtime.inbox import LIVE, step_name
from runtime.models.dossiers import Dossier
from runtime.models.reminders import Reminder
from runtime.models.tasks import Task
from runtime.pages import After, Page
from runtime.watch.open_ones import HOLDS, OPEN, told_to, with_its_subject
from runtime.watch.watching import Watch
from runtime.worlds import parties_of


@dataclass(frozen=True, slots=True)
class Reminded:
    """One line. `step` is that of the task, or of the one that the dossier waits at; `task_kind` "" where none does."""

    kind: str
    reference: str
    procedure: Text
    task_kind: str
    step: Text
    claimed_by_me: bool
    limit_at: datetime
    crossed_on: date

    @property
    def may_apologise(self) -> bool:
        return self.kind in ("apology", "apology_last")


def reminders_of(
    session: Session, actor: Actor, *, after: After | None = None, limit: int = 50
) -> Page[Reminded]:
    """What still matters of what the clock has noted for this official."""
    question = (
        with_its_subject(Reminder, Dossier, Task, Version.name_vi, Version.name_en)
        .join(Version, Version.id == Dossier.version_id)
        .where(OPEN, HOLDS, told_to(actor))
        .order_by(Reminder.limit_at, Reminder.id)
        .limit(limit + 1)
    )
    if after is not None:
        place = tuple_(literal(after.at), literal(after.id))
        question = question.where(tuple_(Reminder.limit_at, Reminder.id) > place)
    found = session.execute(question).all()
    rows = tuple(_line(session, actor, row) for row in found[:limit])
    last = found[limit - 1][0] if len(found) > limit else None
    return Page(rows, After(last.limit_at, last.id) if last else None)


def count_of(session: Session, actor: Actor) -> int:
    """How many there are."""
    question = with_its_subject(func.count()).where(OPEN, HOLDS, told_to(actor))
    return session.scalar(question) or 0


def _line(session: Session, actor: Actor, row: Any) -> Reminded:
    reminder, dossier, task, vi, en = row
    return Reminded(
        kind=reminder.kind,
        reference=dossier.code or dossier.filing_number,
        procedure=Text(vi, en),
        task_kind=task.kind if task else "",
        step=step_name(session, dossier.version_id, task) if task else Text(""),
        claimed_by_me=task is not None and task.claimed_by == actor.account_id is not None,
        limit_at=reminder.limit_at,
        crossed_on=reminder.crossed_on,
    )


@dataclass(frozen=True, slots=True)
class Proposed:
    """An apology as the machine would word it; a person reads and signs it. `last`: until when it is lawful."""

    new_day: date | None
    last: date | None
    step: Text
    since: datetime | None


def _waits(session: Session, dossier: Dossier) -> Task | None:
    """The step that has been open for longest."""
    question = select(Task).where(Task.dossier_id == dossier.id, LIVE, Task.kind == "step")
    return session.scalars(question.order_by(Task.opened_at, Task.number).limit(1)).first()


def proposed(session: Session, dossier: Dossier, *, at: datetime) -> Proposed:
    """What the page of an apology is filled in with."""
    watch = Watch(session, at)
    unit_id = parties_of(dossier).units["solving"]
    calendar = watch.calendar(unit_id)
    waits = _waits(session, dossier)
    step, since = (
        (step_name(session, dossier.version_id, waits), waits.opened_at) if waits else (Text(""), None)
    )
    if calendar is None or dossier.appointment_at is None:
        return Proposed(None, None, step, since)
    promised, delay = local_date(dossier.appointment_at), watch.thresholds(unit_id).delay
    last = apology_until(promised, calendar)
    return Proposed(new_day_proposed(promised, watch.today, delay, calendar), last, step, since)
