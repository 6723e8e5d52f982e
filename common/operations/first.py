"""The first administrator: the one account that no other account can make."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.identity.actor import machine
from common.identity.models import Account, Assignment, Unit
from common.identity.passwords import hash_password, refusal_of
from common.problems import Refusal
from common.text import nfc

ALREADY = Refusal("operations.has_administrator")


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """Who it is, and the agency at the top of the directory (`unit_code` as printed in dossier codes)."""

    login: str
    full_name: str
    password: str
    unit_name: str
    unit_code: str


def has_administrator(session: Session) -> bool:
    """Whether somebody administers this installation already."""
    return (
        session.scalar(select(Assignment.id).where(Assignment.role == "administrator").limit(1)) is not None
    )


def problem_of(first: FirstAdministrator) -> Refusal | None:
    """What is missing, or why the password may not be used; None when all is well."""
    if not all(text.strip() for text in (first.login, first.full_name, first.unit_name, first.unit_code)):
        return Refusal("operations.nothing_given")
    return refusal_of(first.password, first.login, first.full_name, first.unit_name)


def make_first_administrator(session: Session, first: FirstAdministrator, *, at: datetime) -> Refusal | None:
    """Makes the agency and its administrator; refuses when there is one, or the password is weak."""
    if has_administrator(session):
        return ALREADY
    if problem := problem_of(first):
        return problem
    today = local_date(at)
    unit = Unit(
        key="agency",
        code=nfc(first.unit_code.strip()),
        name_vi=nfc(first.unit_name.strip()),
        level="province",
        valid_from=today,
    )
    account = Account(
        kind="official",
        login=first.login.strip().casefold(),
        password_hash=hash_password(first.password),
        full_name=nfc(first.full_name.strip()),
        created_at=at,
    )
    session.add_all((unit, account))
    session.flush()
    session.add(Assignment(account_id=account.id, unit_id=unit.id, role="administrator", since=today))
    by = machine("motcua init")
    audit.record(session, "make_first_administrator", by=by, at=at, kind="account", key=str(account.id))
    return None
