"""What waits for an official: tasks of the roles and units the official has, by due date, with their class."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

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
MOST = bindparam("most", type_=Integer)


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
    question = _mine(after is not None) if mine else _pool(after is not None)
    place = {"after_at": after.at, "after_id": after.id} if after else {}
    asked = {"most": limit + 1, "account": actor.account_id, **_held(actor), **place}
    found = session.execute(question, asked).all()
    calendar = calendar_for(session, local_date(at))
    rows = tuple(_row(session, actor, row, local_date(at), calendar) for row in found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows, After(last.sort_at, last.id) if last else None)


def counts(session: Session, actor: Actor, *, at: datetime) -> Counts:
    """How many tasks wait, in each class of the board (D12)."""
    today = local_date(at)
    calendar = calendar_for(session, today)
    days = {"late": end_of(today - timedelta(days=1)), "soon": end_of(warned_until(today, calendar))}
    asked = {"account": actor.account_id, **days, **_held(actor)}
    return Counts(*session.execute(_counting(), asked).one())


@cache
def _counting() -> Select[Any]:
    posts = _posts()
    live = and_(LIVE, Task.unit_id == posts.c.unit_id, Task.role == posts.c.role)
    mine = select(func.count()).where(Task.claimed_by == bindparam("account"), Task.status == "claimed")
    late, soon = (bindparam(name, type_=DateTime(timezone=True)) for name in ("late", "soon"))
    return select(
        _count(Task.sort_at <= late),
        _count(and_(Task.sort_at > late, Task.sort_at <= soon)),
        _count(and_(Task.sort_at > soon, Task.sort_at < LAST)),
        _count(Task.sort_at == LAST),
        mine.join_from(posts, Task, live).scalar_subquery(),
    ).join_from(posts, Task, live)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _posts() -> FromClause:
    """The posts of `_held`, by name."""
    return unnested("posts", unit_id=(Integer, "units"), role=(String, "roles"))


def _held(actor: Actor) -> dict[str, list[Any]]:
    held = sorted(actor.posts)
    return {"units": [unit for unit, _role in held], "roles": [role for _unit, role in held]}


# Questions are put together once: that takes longer than answering them.
@cache
def _pool(reads_on: bool) -> Select[Any]:
    """The first rows of each post by its own index, then the first of these: cost does not grow with posts."""
    posts = _posts()
    first = (
        select(Task.id)
        .where(LIVE, Task.unit_id == posts.c.unit_id, Task.role == posts.c.role)
        .where(_later(reads_on))
        .order_by(Task.sort_at, Task.id)
        .limit(MOST)
        .correlate(posts)
        .lateral()
    )
    return _with_names().select_from(posts.join(first, true()).join(Task, Task.id == first.c.id))


@cache
def _mine(reads_on: bool) -> Select[Any]:
    return _with_names().where(
        Task.claimed_by == bindparam("account"), Task.status == "claimed", _later(reads_on)
    )


def _with_names() -> Select[Any]:
    claimant, giver = aliased(Account), aliased(Account)
    return (
        select(
            *(Task.id, Task.kind, Task.step, Task.ask, Task.role, Task.unit_id, Task.opened_at, Task.sort_at),
            *(Task.claimed_by, Dossier.version_id, Dossier.channel, Dossier.status, Dossier.appointment_at),
            Dossier.parent_id,
            func.coalesce(Dossier.code, Dossier.filing_number).label("reference"),
            Dossier.applicant["full_name"].astext.label("applicant"),
            *(Version.name_vi, Version.name_en),
            *(claimant.full_name.label("claimant"), giver.full_name.label("giver")),
        )
        .join(Dossier, Dossier.id == Task.dossier_id)
        .join(Version, Version.id == Dossier.version_id)
        .outerjoin(claimant, claimant.id == Task.claimed_by)
        .outerjoin(giver, giver.id == Task.given_by)
        .order_by(Task.sort_at, Task.id)
        .limit(MOST)
    )


def _later(reads_on: bool) -> ColumnElement[bool]:
    """Behind the last row of the page before."""
    if not reads_on:
        return true()
    after = tuple_(
        bindparam("after_at", type_=DateTime(timezone=True)), bindparam("after_id", type_=BigInteger)
    )
    return tuple_(Task.sort_at, Task.id) > after


def _row(
    session: Session, actor: Actor, found: Row[Any], today: date, calendar: WorkingCalendar | None
) -> InboxRow:
    due_at = found.sort_at if found.sort_at < LAST else None
    return InboxRow(
        task_id=found.id,
        kind=found.kind,
        step=step_name(session, found.version_id, found),
        role=found.role,
        unit_id=found.unit_id,
        reference=found.reference,
        procedure=Text(found.name_vi, found.name_en),
        applicant=found.applicant or "",
        channel=found.channel,
        status=found.status,
        opened_at=found.opened_at,
        due_at=due_at,
        progress=class_of(due_at, None, today, calendar),
        claimed_by=found.claimant or "",
        is_mine=found.claimed_by is not None and found.claimed_by == actor.account_id,
        promised_at=found.appointment_at if found.kind == "hand_over" else None,
        given_by=found.giver or "",
        is_part=found.parent_id is not None,
    )


def step_name(session: Session, version_id: int, task: Task | Row[Any]) -> Text:
    """The name of the step; empty for reception and handing over, which templates name."""
    if task.kind != "step":
        return Text("")
    return with_asked(definition_of(session, version_id).step(task.step), task.ask)


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
