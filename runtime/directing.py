"""Leaders and the tasks of their unit: one given to a named official, one that is stuck put before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.accounts import actor_of
from common.identity.actor import Actor
from common.identity.models import Account, Assignment, Unit
from common.problems import Refusal
from runtime.acts import act
from runtime.engine.events import AnyEvent, Escalate, Reassign
from runtime.happening import Said
from runtime.models.tasks import Task
from runtime.worlds import acting_unit


@dataclass(frozen=True, slots=True)
class Taker:
    """An official who may be given the task, and how many open ones that official has already."""

    account: Account
    tasks: int


def takers(session: Session, task: Task, at: datetime) -> Sequence[Taker]:
    """Who holds the role of the task in the unit that does its work now, without who has it; the least busy first."""
    unit = acting_unit(session, session.get_one(Unit, task.unit_id), at)
    held = (
        select(Assignment.account_id)
        .where(Assignment.role == task.role, Assignment.unit_id.in_({task.unit_id, unit.id}))
        .scalar_subquery()
    )
    busy = (
        select(func.count())
        .where(Task.claimed_by == Account.id, Task.status == "claimed")
        .correlate(Account)
        .scalar_subquery()
    )
    question = select(Account, busy).where(Account.active, Account.id.in_(held)).order_by(busy, Account.id)
    return tuple(
        Taker(account, count)
        for account, count in session.execute(question)
        if account.id != task.claimed_by and _holds(session, account, task, at)
    )


def reassign(
    session: Session, task: Task, *, to: Account, reason: str = "", once: str = "", by: Actor, at: datetime
) -> Task | Refusal:
    """The task is that official's from now on; a second click is told that it is already."""
    taker = actor_of(session, to, local_date(at))
    return _on(
        session, task, Reassign(by=by, at=at, once=once, task=task.number, to=taker, reason=reason), reason
    )


def escalate(
    session: Session, task: Task, *, reason: str = "", once: str = "", by: Actor, at: datetime
) -> Task | Refusal:
    """The leader of the unit has it on the list; the machine asks this for what is overdue, without a note."""
    return _on(session, task, Escalate(by=by, at=at, once=once, task=task.number, reason=reason), reason)


def _holds(session: Session, account: Account, task: Task, at: datetime) -> bool:
    return actor_of(session, account, local_date(at)).holds(task.role, task.unit_id)


def _on(session: Session, task: Task, event: AnyEvent, reason: str) -> Task | Refusal:
    happened = act(session, task.dossier, event, Said(reason=reason))
    if isinstance(happened, Refusal):
        return happened
    session.refresh(task)
    return task
