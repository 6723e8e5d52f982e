"""Leave: an official's posts in a unit are done by a colleague there, from a day until a day.

It ends by itself: every request asks which delegations hold that day. What was done meanwhile names both persons
in its record, and no record asks for a delegation again.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.db import locked
from common.identity.actor import Actor, Role
from common.identity.models import Account, Assignment, Delegation, Unit
from common.problems import Problem, Refusal

# The work of the counter and the desk. Administering, controlling and publishing stay with their persons.
DELEGABLE: tuple[Role, ...] = ("reception", "case_officer", "approver", "cashier", "leader")
NOT_YOURS = Refusal("identity.delegation_not_yours")


def posts_held(session: Session, account: Account, on: date) -> set[tuple[int, str, int]]:
    """(unit, role, whose post it is): the account's own posts of the day, and those handed over to it."""
    own = select(Assignment.unit_id, Assignment.role, Assignment.account_id)
    lent = (
        own.join(
            Delegation,
            (Delegation.account_id == Assignment.account_id) & (Delegation.unit_id == Assignment.unit_id),
        )
        .join(Account, Account.id == Delegation.account_id)
        .where(Delegation.delegate_id == account.id, _runs(on), _in_force(on), Account.active)
        .where(Assignment.role.in_(DELEGABLE))
    )
    mine = own.where(Assignment.account_id == account.id, _in_force(on))
    return {(unit, role, whose) for unit, role, whose in session.execute(mine.union_all(lent))}


def may_arrange(by: Actor, account: Account, unit: Unit) -> bool:
    """Whether `by` may hand the posts over: the official, a leader of the unit for her, an administrator."""
    return by.account_id == account.id or by.holds("leader", unit.id) or by.holds("administrator")


def delegate(
    session: Session,
    account: Account,
    to: Account,
    unit: Unit,
    *,
    since: date,
    until: date,
    reason: str = "",
    key: str,
    by: Actor,
    at: datetime,
) -> Delegation | tuple[Problem, ...] | Refusal:
    """Hands the official's posts in the unit over; the same page posted twice makes one delegation."""
    if not may_arrange(by, account, unit):
        return NOT_YOURS
    # Two at once: the second waits here, and then sees what the first has arranged.
    locked(session, account)
    known = session.scalar(select(Delegation).where(Delegation.key == key))
    if known is not None:
        return known
    if problems := _wrong(session, account, to, unit, since, until, local_date(at)):
        return problems
    made = Delegation(
        account_id=account.id,
        delegate_id=to.id,
        unit_id=unit.id,
        since=since,
        until=until,
        reason=reason,
        key=key,
        made_by=by.account_id,
        made_at=at,
    )
    session.add(made)
    session.flush()
    _record(session, "delegation.made", made, by, at)
    return made


def end(session: Session, held: Delegation, *, by: Actor, at: datetime) -> Refusal | None:
    """Ends it now: today the posts are the official's own again. What is over is refused."""
    locked(session, held)
    if not may_arrange(by, held.account, held.unit):
        return NOT_YOURS
    yesterday = local_date(at) - timedelta(days=1)
    if held.until <= yesterday:
        return Refusal("identity.delegation_over", {"day": f"{held.until:%d/%m/%Y}"})
    held.until = max(yesterday, held.since - timedelta(days=1))
    session.flush()
    _record(session, "delegation.ended", held, by, at)
    return None


def of(session: Session, account: Account, on: date) -> Sequence[Delegation]:
    """Delegations by and to the official that hold that day or will, the earliest first."""
    question = select(Delegation).where(
        or_(Delegation.account_id == account.id, Delegation.delegate_id == account.id),
        Delegation.until >= on,
        Delegation.until >= Delegation.since,
    )
    return session.scalars(question.order_by(Delegation.since, Delegation.id)).all()


def units_of(session: Session, account: Account, on: date) -> Sequence[Unit]:
    """The units in which the official has posts to hand over."""
    held = select(Assignment.unit_id).where(
        Assignment.account_id == account.id, _in_force(on), Assignment.role.in_(DELEGABLE)
    )
    return session.scalars(select(Unit).where(Unit.id.in_(held)).order_by(Unit.code)).all()


def colleagues(session: Session, units: Sequence[int], on: date) -> Sequence[Account]:
    """Who works at the counter or the desk of one of the units."""
    held = select(Assignment.account_id).where(
        Assignment.unit_id.in_(units), _in_force(on), Assignment.role.in_(DELEGABLE)
    )
    return session.scalars(
        select(Account).where(Account.id.in_(held), Account.active).order_by(Account.full_name, Account.id)
    ).all()


def _wrong(
    session: Session, account: Account, to: Account, unit: Unit, since: date, until: date, today: date
) -> tuple[Problem, ...]:
    if since < today:
        return (Problem("identity.delegation_in_the_past", "since"),)
    if until < since:
        return (Problem("identity.post_ends_before_it_begins", "until"),)
    if unit.id not in {held.id for held in units_of(session, account, since)}:
        return (Problem("identity.nothing_to_delegate", "unit", {"name": account.full_name}),)
    if to.id == account.id or to not in colleagues(session, (unit.id,), since):
        return (Problem("identity.delegate_elsewhere", "delegate", {"name": to.full_name}),)
    overlapping = select(Delegation).where(
        Delegation.account_id == account.id,
        Delegation.unit_id == unit.id,
        Delegation.since <= until,
        Delegation.until >= since,
        Delegation.until >= Delegation.since,
    )
    if (other := session.scalars(overlapping.limit(1)).first()) is not None:
        days = {"since": f"{other.since:%d/%m/%Y}", "until": f"{other.until:%d/%m/%Y}"}
        return (Problem("identity.delegated_already", "since", {"name": other.delegate.full_name, **days}),)
    return ()


def _runs(on: date) -> ColumnElement[bool]:
    return (Delegation.since <= on) & (Delegation.until >= on)


def _in_force(on: date) -> ColumnElement[bool]:
    return (Assignment.since <= on) & or_(Assignment.until.is_(None), Assignment.until >= on)


def _record(session: Session, act: str, held: Delegation, by: Actor, at: datetime) -> None:
    audit.record(
        session,
        act,
        by=by,
        at=at,
        kind="account",
        key=str(held.account_id),
        delegate=held.delegate_id,
        unit=held.unit_id,
        since=held.since.isoformat(),
        until=held.until.isoformat(),
    )
