"""What waits for an official: tasks of the roles and units the official has, by due date, with their class."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Row,
    Select,
    String,
    and_,
    func,
    literal,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Session, aliased, defer

from common.calendar import WorkingCalendar
from common.clock import local_date
from common.db import unnested
from common.identity.actor import Actor
from common.identity.models import Account
from common.text import Text
from procedure_library.definition import Step
from procedure_library.models import Version
from procedure_library.queries import definition_of
from procedure_library.reference import calendar_for
from runtime.effects import LAST
from runtime.engine.timing import Progress, end_of, progress, warned_until
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.pages import After, Page

LIVE = Task.status.in_(("open", "claimed"))


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One task. `due_at` None: no limit to tell. `claimed_by` "" while nobody has taken it, `given_by` "" where
    nobody gave it to who has it.

    `promised_at`, of a result that waits for the applicant only: the appointment. `is_part`: another dossier called it.
    """

    task_id: int
    kind: str
    step: Text
    role: str
    unit_id: int
    reference: str
    procedure: Text
    applicant: str
    channel: str
    status: str
    opened_at: datetime
    due_at: datetime | None
    progress: Progress
    claimed_by: str
    is_mine: bool
    promised_at: datetime | None
    given_by: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Open tasks of the official's roles, by class; `mine` are those claimed by the official."""

    overdue: int
    due_soon: int
    in_limit: int
    no_date: int
    mine: int

    @property
    def all(self) -> int:
        return self.overdue + self.due_soon + self.in_limit + self.no_date


def inbox(
    session: Session,
    actor: Actor,
    *,
    at: datetime,
    after: After | None = None,
    limit: int = 50,
    mine: bool = False,
) -> Page[InboxRow]:
    """A page of open tasks, the most urgent first; `mine`: only those the official has claimed."""
    found = session.execute(_mine(actor, after, limit) if mine else _pool(actor, after, limit)).all()
    calendar = calendar_for(session, local_date(at))
    rows = tuple(_row(session, actor, row, local_date(at), calendar) for row in found[:limit])
    last = found[limit - 1][0] if len(found) > limit else None
    return Page(rows, After(last.sort_at, last.id) if last else None)


def counts(session: Session, actor: Actor, *, at: datetime) -> Counts:
    """How many tasks wait, in each class of the board (D12)."""
    today = local_date(at)
    calendar = calendar_for(session, today)
    late = end_of(today - timedelta(days=1))
    soon = end_of(warned_until(today, calendar))
    posts = _posts(actor)
    live = and_(LIVE, Task.unit_id == posts.c.unit_id, Task.role == posts.c.role)
    mine = select(func.count()).where(Task.claimed_by == actor.account_id, Task.status == "claimed")
    question = select(
        _count(Task.sort_at <= late),
        _count(and_(Task.sort_at > late, Task.sort_at <= soon)),
        _count(and_(Task.sort_at > soon, Task.sort_at < LAST)),
        _count(Task.sort_at == LAST),
        mine.join_from(posts, Task, live).scalar_subquery(),
    ).join_from(posts, Task, live)
    return Counts(*session.execute(question).one())


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _posts(actor: Actor) -> FromClause:
    held = sorted(actor.posts)
    return unnested(
        "posts",
        unit_id=(Integer, [unit for unit, _role in held]),
        role=(String, [role for _unit, role in held]),
    )


def _pool(actor: Actor, after: After | None, limit: int) -> Select[Any]:
    """The first rows of each post by its own index, then the first of these: cost does not grow with posts."""
    posts = _posts(actor)
    first = (
        select(Task.id)
        .where(LIVE, Task.unit_id == posts.c.unit_id, Task.role == posts.c.role)
        .where(_later(Task, after))
        .order_by(Task.sort_at, Task.id)
        .limit(limit + 1)
        .correlate(posts)
        .lateral()
    )
    return _with_names(limit).select_from(posts.join(first, true()).join(Task, Task.id == first.c.id))


def _mine(actor: Actor, after: After | None, limit: int) -> Select[Any]:
    return _with_names(limit).where(
        Task.claimed_by == actor.account_id, Task.status == "claimed", _later(Task, after)
    )


def _with_names(limit: int) -> Select[Any]:
    claimant, giver = aliased(Account), aliased(Account)
    names = (Version.name_vi, Version.name_en, claimant.full_name, giver.full_name)
    return (
        select(Task, Dossier, *names)
        .join(Dossier, Dossier.id == Task.dossier_id)
        .join(Version, Version.id == Dossier.version_id)
        .outerjoin(claimant, claimant.id == Task.claimed_by)
        .outerjoin(giver, giver.id == Task.given_by)
        # No line tells of it, and it is the largest by far.
        .options(defer(Dossier.state))
        .order_by(Task.sort_at, Task.id)
        .limit(limit + 1)
    )


def _later(task: Any, after: After | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    return tuple_(task.sort_at, task.id) > tuple_(literal(after.at), literal(after.id))


def _row(
    session: Session, actor: Actor, found: Row[Any], today: date, calendar: WorkingCalendar | None
) -> InboxRow:
    task, dossier, name_vi, name_en, claimant, giver = found
    due_at = task.sort_at if task.sort_at < LAST else None
    return InboxRow(
        task_id=task.id,
        kind=task.kind,
        step=step_name(session, dossier, task),
        role=task.role,
        unit_id=task.unit_id,
        reference=dossier.code or dossier.filing_number,
        procedure=Text(name_vi, name_en),
        applicant=dossier.applicant.get("full_name", ""),
        channel=dossier.channel,
        status=dossier.status,
        opened_at=task.opened_at,
        due_at=due_at,
        progress=class_of(due_at, None, today, calendar),
        claimed_by=claimant or "",
        is_mine=task.claimed_by is not None and task.claimed_by == actor.account_id,
        promised_at=dossier.appointment_at if task.kind == "hand_over" else None,
        given_by=giver or "",
        is_part=dossier.parent_id is not None,
    )


def step_name(session: Session, dossier: Dossier, task: Task) -> Text:
    """The name of the step; empty for reception and handing over, which templates name."""
    if task.kind != "step":
        return Text("")
    return with_asked(definition_of(session, dossier.version_id).step(task.step), task.ask)


def with_asked(step: Step, key: str) -> Text:
    """The name of the step; of a consultation with that of the unit that is asked."""
    asked = next((ask.name for ask in step.asks if ask.key == key), None)
    if asked is None:
        return step.name
    return Text(f"{step.name.vi} · {asked.vi}", f"{step.name.in_('en')} · {asked.in_('en')}")


def class_of(
    due_at: datetime | None, finished_at: datetime | None, today: date, calendar: WorkingCalendar | None
) -> Progress:
    """The class of the board, from instants."""
    due_on = local_date(due_at) if due_at else None
    finished_on = local_date(finished_at) if finished_at else None
    return progress(due_on, finished_on, today, calendar)
