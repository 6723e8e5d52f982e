"""Officials: opened, named, given and taken posts, switched off and on, by an administrator."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.db import locked
from common.identity.actor import ROLES, Actor
from common.identity.models import Account, Assignment, Unit
from common.identity.numbers import read_identity_number
from common.identity.passwords import hash_password, refusal_of
from common.problems import Problem, Refusal

# Shorter than the hashes by which applicants are named: an official's login can never be one of those.
LOGIN = re.compile(r"[a-z0-9]([a-z0-9._-]{0,58}[a-z0-9])?", re.ASCII)
LAST = Refusal("identity.last_administrator")
OWN = Refusal("identity.own_account")
TAKEN = (Problem("identity.login_taken", "login"),)
HELD = (Problem("identity.post_held_already", "role"),)


def add_official(
    session: Session, *, login: str, full_name: str, password: str, by: Actor, at: datetime
) -> Account | tuple[Problem, ...]:
    """Opens an account for an official, without any post yet. Its owner will first choose another password."""
    name = login.casefold()
    if LOGIN.fullmatch(name) is None or read_identity_number(name) is not None:
        return (Problem("identity.login_wrong", "login"),)
    if session.scalar(select(Account.id).where(Account.login == name)) is not None:
        return TAKEN
    if problems := _weak(password, name, full_name):
        return problems
    account = Account(
        kind="official",
        login=name,
        full_name=full_name,
        password_hash=hash_password(password),
        password_given=True,
        created_at=at,
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        return TAKEN
    _record(session, "official.added", account, by, at)
    return account


def rename(session: Session, account: Account, full_name: str, *, by: Actor, at: datetime) -> None:
    """Corrects the name, which officials cannot change themselves; what was signed keeps the earlier one."""
    account.full_name = full_name
    _record(session, "official.renamed", account, by, at)


def set_password(
    session: Session, account: Account, password: str, *, by: Actor, at: datetime
) -> tuple[Problem, ...]:
    """Sets a new password: whoever is signed in with the old one is signed out.

    Unless it is the administrator's own, its owner will first choose another.
    """
    if problems := _weak(password, account.login, account.full_name):
        return problems
    account.password_hash, account.demo = hash_password(password), False
    account.password_given = account.id != by.account_id
    _record(session, "official.password_set", account, by, at)
    return ()


def deactivate(session: Session, account: Account, *, by: Actor, at: datetime) -> Refusal | None:
    """Ends every session and lets nobody sign in any more; name and acts stay. Posts keep their dates."""
    if account.id == by.account_id:
        return OWN
    if not _others_administer(session, local_date(at), account_id=account.id):
        return LAST
    account.active = False
    _record(session, "official.deactivated", account, by, at)
    return None


def reactivate(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Lets the official sign in again, with the posts that are still open."""
    account.active = True
    _record(session, "official.reactivated", account, by, at)


def give_post(
    session: Session,
    account: Account,
    unit: Unit,
    role: str,
    *,
    since: date,
    until: date | None,
    by: Actor,
    at: datetime,
) -> Assignment | tuple[Problem, ...]:
    """Gives the official a role in the unit for those days, both inclusive; `until` None: open."""
    if role not in ROLES:
        return (Problem("identity.role_wrong", "role"),)
    if until is not None and until < since:
        return (Problem("identity.post_ends_before_it_begins", "until"),)
    if not unit.is_open(since):
        return (Problem("identity.post_outside_the_unit", "unit", {"name": unit.name_vi}),)
    # Two administrators at once: the second waits here, and then sees what the first has given.
    locked(session, account)
    if _overlaps(_same(session, account, unit, role), since, until):
        return HELD
    post = Assignment(account_id=account.id, unit_id=unit.id, role=role, since=since, until=until)
    session.add(post)
    session.flush()
    _record(
        session, "post.given", account, by, at, unit=unit.key, role=role, since=_iso(since), until=_iso(until)
    )
    return post


def end_post(
    session: Session, post: Assignment, *, until: date, by: Actor, at: datetime
) -> tuple[Problem, ...] | Refusal | None:
    """Ends the post with that day, inclusive: the day before it began when it should never have been given."""
    if until < post.since - timedelta(days=1):
        return (Problem("identity.post_ends_before_it_begins", "ended_on"),)
    if post.until is not None and until > post.until:
        return (Problem("identity.post_ends_earlier", "ended_on", {"day": f"{post.until:%d/%m/%Y}"}),)
    if post.role == "administrator" and not _others_administer(session, local_date(at), post_id=post.id):
        return LAST
    post.until = until
    more = {"unit": post.unit.key, "role": post.role, "until": _iso(until)}
    _record(session, "post.ended", post.account, by, at, **more)
    return None


def _others_administer(session: Session, on: date, *, account_id: int = 0, post_id: int = 0) -> bool:
    """Whether somebody administers with no end in sight, this account or post left out.

    The rows are locked: of two administrators who switch each other off at once, the second is refused.
    """
    lasting = (
        select(Assignment)
        .join(Assignment.account)
        .where(
            Assignment.role == "administrator",
            Assignment.since <= on,
            Assignment.until.is_(None),
            Account.active,
        )
        .order_by(Assignment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    posts = session.scalars(lasting).all()
    return any(post.account_id != account_id and post.id != post_id for post in posts)


def _same(session: Session, account: Account, unit: Unit, role: str) -> Iterable[Assignment]:
    return session.scalars(
        select(Assignment).where(
            Assignment.account_id == account.id, Assignment.unit_id == unit.id, Assignment.role == role
        )
    )


def _overlaps(posts: Iterable[Assignment], since: date, until: date | None) -> bool:
    last = until or date.max
    return any(post.since <= last and since <= (post.until or date.max) for post in posts)


def _weak(password: str, *known: str) -> tuple[Problem, ...]:
    refusal = refusal_of(password, *known)
    return (Problem(refusal.code, "password", refusal.parameters),) if refusal else ()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _record(
    session: Session, act: str, account: Account, by: Actor, at: datetime, **details: str | None
) -> None:
    audit.record(session, act, by=by, at=at, kind="account", key=str(account.id), **details)
