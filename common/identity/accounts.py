"""Accounts: who signs in, what they may do today, and how applicants open one for themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.identity.actor import Actor
from common.identity.delegating import posts_held
from common.identity.models import Account
from common.identity.numbers import identity_hash, read_identity_number
from common.identity.passwords import NOBODY, hash_password, is_outdated, is_password
from common.identity.succession import taken_over
from common.problems import Refusal

WRONG = Refusal("identity.wrong_login_or_password")
DEMO_ELSEWHERE = Refusal("identity.demo_on_loopback_only")
NUMBER_TAKEN = Refusal("identity.number_taken")
WRONG_PASSWORD = Refusal("identity.wrong_password")
SAME_PASSWORD = Refusal("identity.same_password")


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person, and the language of what is sent to them. Empty text: not given."""

    address: str
    email: str
    phone: str
    locale: str = "vi"


def actor_of(session: Session, account: Account, on: date) -> Actor:
    """The account as an actor with the posts it holds that day, those included that colleagues handed over.

    A post covers the units that its unit has succeeded: their work has come with them.
    """
    held = posts_held(session, account, on)
    inherited = taken_over(session, {unit for unit, *_ in held}, on) if held else {}
    held |= {(closed, role, whose) for unit, role, whose in held for closed in inherited.get(unit, ())}
    posts = frozenset((unit, role) for unit, role, _ in held)
    lent = {(unit, role) for unit, role, whose in held if whose != account.id}
    kind: Literal["official", "citizen"] = "official" if account.kind == "official" else "citizen"
    handed_over = frozenset(post for post in held if post[:2] in lent)
    return Actor(account.id, account.full_name, kind, posts, handed_over)


def sign_in(
    session: Session, login: str, password: str, *, local: bool, key: str, at: datetime
) -> Account | Refusal:
    """The account that login and password open, from this machine (`local`) or from elsewhere."""
    account = find(session, login, key)
    known = is_password(account.password_hash if account else NOBODY, password)
    if account is None or not known or not account.active:
        return WRONG
    if account.demo and not local:
        return DEMO_ELSEWHERE
    if is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
    by = actor_of(session, account, local_date(at))
    audit.record(session, "sign_in", by=by, at=at, kind="account", key=str(account.id))
    return account


def find(session: Session, login: str, key: str) -> Account | None:
    """The account with this login name, or of the person with this identity number."""
    name = login.strip().casefold()
    if (account := session.scalar(select(Account).where(Account.login == name))) is not None:
        return account
    if (number := read_identity_number(login)) is None:
        return None
    return session.scalar(
        select(Account).where(Account.kind == "citizen", Account.identity_hash == identity_hash(number, key))
    )


def register(
    session: Session,
    *,
    full_name: str,
    identity_number: str,
    password: str,
    contact: Contact,
    key: str,
    at: datetime,
) -> Account | Refusal:
    """Opens an account for an applicant. One per identity number, which nobody has verified at this point."""
    hashed = identity_hash(identity_number, key)
    if find(session, identity_number, key) is not None:
        return NUMBER_TAKEN
    account = Account(
        kind="citizen",
        login=hashed,  # Unique: of two registrations at once only one passes.
        password_hash=hash_password(password),
        full_name=full_name,
        identity_number=identity_number,
        identity_hash=hashed,
        created_at=at,
    )
    _write_contact(account, contact)
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        return NUMBER_TAKEN
    by = Actor(account.id, account.full_name, "citizen")
    audit.record(session, "register", by=by, at=at, kind="account", key=str(account.id))
    return account


def change_contact(
    session: Session, account: Account, contact: Contact, *, born_on: date | None, by: Actor, at: datetime
) -> None:
    """Replaces what a person may say of themselves; name and identity number only the one-stop changes."""
    _write_contact(account, contact)
    account.born_on = born_on
    audit.record(session, "change_contact", by=by, at=at, kind="account", key=str(account.id))


def change_password(
    session: Session, account: Account, *, old: str, new: str, by: Actor, at: datetime
) -> Refusal | None:
    """Replaces the password; every other open session of the account ends. The old one must be known.

    From now on nobody else knows it: an account whose password was given may do all it may.
    """
    if not is_password(account.password_hash, old):
        return WRONG_PASSWORD
    if old == new:
        return SAME_PASSWORD
    account.password_hash = hash_password(new)
    account.demo = account.password_given = False
    audit.record(session, "change_password", by=by, at=at, kind="account", key=str(account.id))
    return None


def _write_contact(account: Account, contact: Contact) -> None:
    account.address, account.email = contact.address, contact.email
    account.phone, account.locale = contact.phone, contact.locale
