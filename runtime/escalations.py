"""The leader's list: tasks of the units led that are overdue or stuck, with the note of who put them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, true, tuple_
from sqlalchemy.orm import Session, aliased

from common.calendar import WorkingCalendar
from common.clock import local_date
from common.identity.actor import Actor
from common.identity.models import Account
from common.text import Text
from procedure_library.models import Version
from procedure_library.reference import calendar_for
from runtime.effects import LAST
from runtime.engine.timing import Progress
from runtime.inbox import LIVE, class_of, step_name
from runtime.models.dossiers import Dossier, DossierEvent, Reason
from runtime.models.tasks import Task
from runtime.pages import After, Page


@dataclass(frozen=True, slots=True)
class Escalated:
    """One task. `by` "" where the machine put it up, `claimed_by` "" while nobody has taken it."""

    task_id: int
    kind: str
    step: Text
    role: str
    reference: str
    procedure: Text
    due_at: datetime | None
    progress: Progress
    claimed_by: str
    escalated_at: datetime
    by: str
    note: str


def escalated(
    session: Session, actor: Actor, *, at: datetime, after: After | None = None, limit: int = 50
) -> Page[Escalated]:
    """A page of what waits for the actor as a leader, the longest waiting first."""
    found = session.execute(_listed(actor, after, limit)).all()
    today = local_date(at)
    calendar = calendar_for(session, today)
    rows = tuple(_line(session, row, today, calendar) for row in found[:limit])
    last = found[limit - 1][0] if len(found) > limit else None
    return Page(rows, After(last.escalated_at, last.id) if last else None)


def count_escalated(session: Session, actor: Actor) -> int:
    """How many tasks wait for the actor as a leader."""
    units = _led(actor)
    return session.scalar(select(func.count()).select_from(Task).where(_waits(units))) or 0 if units else 0


def _led(actor: Actor) -> Sequence[int]:
    return sorted(actor.units("leader", "approver"))


def _waits(units: Sequence[int]) -> ColumnElement[bool]:
    return LIVE & Task.escalated_at.is_not(None) & Task.unit_id.in_(units)


def _listed(actor: Actor, after: After | None, limit: int) -> Select[Any]:
    claimant, reporter = aliased(Account), aliased(Account)
    later = tuple_(Task.escalated_at, Task.id) > (after.at, after.id) if after else true()
    names = (Version.name_vi, Version.name_en, claimant.full_name, reporter.full_name)
    return (
        select(Task, Dossier, *names, _note())
        .join(Dossier, Dossier.id == Task.dossier_id)
        .join(Version, Version.id == Dossier.version_id)
        .outerjoin(claimant, claimant.id == Task.claimed_by)
        .outerjoin(reporter, reporter.id == Task.escalated_by)
        .where(_waits(_led(actor)), later)
        .order_by(Task.escalated_at, Task.id)
        .limit(limit + 1)
    )


def _note() -> Any:
    """What was typed by who put the task up: the reason of that event."""
    put_up = (DossierEvent.dossier_id == Reason.dossier_id) & (DossierEvent.number == Reason.event)
    return (
        select(Reason.text)
        .join(DossierEvent, put_up)
        .where(
            Reason.dossier_id == Task.dossier_id,
            DossierEvent.act == "escalate",
            DossierEvent.at == Task.escalated_at,
            DossierEvent.record["task"].as_integer() == Task.number,
        )
        .limit(1)
        .scalar_subquery()
    )


def _line(session: Session, found: Row[Any], today: date, calendar: WorkingCalendar | None) -> Escalated:
    task, dossier, name_vi, name_en, claimant, reporter, note = found
    due_at = task.sort_at if task.sort_at < LAST else None
    return Escalated(
        task_id=task.id,
        kind=task.kind,
        step=step_name(session, dossier.version_id, task),
        role=task.role,
        reference=dossier.code or dossier.filing_number,
        procedure=Text(name_vi, name_en),
        due_at=due_at,
        progress=class_of(due_at, None, today, calendar),
        claimed_by=claimant or "",
        escalated_at=task.escalated_at,
        by=reporter or "",
        note=note or "",
    )
