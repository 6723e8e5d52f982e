"""The first administrator: the one account that no other account can make, and the agency it belongs to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.identity.actor import machine
from common.identity.administration.officials import LOGIN
from common.identity.administration.units import CODE, LEVELS
from common.identity.areas import is_area_code, is_province_code
from common.identity.models import Account, Assignment, Unit
from common.identity.numbers import read_identity_number
from common.identity.passwords import hash_password, refusal_of
from common.problems import Refusal
from common.text import nfc

ALREADY = Refusal("operations.has_administrator")
NOTHING = Refusal("operations.nothing_given")


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """The answers of `motcua init`, in the order in which they are asked; each may rest on those before it.

    The agency is at the top of the directory. `unit_code` is printed in dossier codes, `area_code` is that of
    its place, `province_code` that of the province of a commune (empty for others).
    """

    unit_name: str
    unit_code: str
    level: str
    area_code: str
    province_code: str
    full_name: str
    login: str
    password: str


def has_administrator(session: Session) -> bool:
    """Whether somebody administers this installation already."""
    return (
        session.scalar(select(Assignment.id).where(Assignment.role == "administrator").limit(1)) is not None
    )


def tidy(field: str, answer: str) -> str:
    """The answer as it is kept: no blanks around it, codes in capitals, login names in small letters."""
    if field == "password":
        return answer
    text = nfc(answer.strip())
    return {"unit_code": text.upper(), "login": text.casefold()}.get(field, text)


def refusal_in(field: str, answers: Mapping[str, str]) -> Refusal | None:
    """Why this answer cannot be, given those before it; None when all is well."""
    answer, level = answers[field], answers.get("level", "")
    if field == "password":
        return refusal_of(answer, *(answers[name] for name in ("login", "full_name", "unit_name")))
    if not answer and field not in ("area_code", "province_code"):
        return NOTHING
    if field == "login" and read_identity_number(answer) is not None:
        return Refusal("identity.login_wrong")
    is_right = {
        "unit_code": CODE.fullmatch(answer) is not None,
        "level": answer in LEVELS,
        "area_code": is_area_code(answer, level),
        "province_code": is_province_code(answer, level, is_top=True),
        "login": LOGIN.fullmatch(answer) is not None,
    }.get(field, True)
    subject = field if field.startswith("unit_") or field == "login" else f"unit_{field}"
    return None if is_right else Refusal(f"identity.{subject}_wrong")


def make_first_administrator(session: Session, first: FirstAdministrator, *, at: datetime) -> Refusal | None:
    """Makes the agency and its administrator; refuses when there is one, or an answer cannot be."""
    if has_administrator(session):
        return ALREADY
    answers = {field: tidy(field, answer) for field, answer in asdict(first).items()}
    refusals = (refusal_in(field, answers) for field in answers)
    if refusal := next((each for each in refusals if each), None):
        return refusal
    unit, account = _agency(answers, at), _administrator(answers, at)
    session.add_all((unit, account))
    session.flush()
    post = Assignment(account_id=account.id, unit_id=unit.id, role="administrator", since=local_date(at))
    session.add(post)
    by = machine("motcua init")
    audit.record(session, "make_first_administrator", by=by, at=at, kind="account", key=str(account.id))
    return None


def _agency(answers: Mapping[str, str], at: datetime) -> Unit:
    return Unit(
        key="agency",
        code=answers["unit_code"],
        name_vi=answers["unit_name"],
        level=answers["level"],
        area_code=answers["area_code"],
        province_code=answers["province_code"],
        valid_from=local_date(at),
    )


def _administrator(answers: Mapping[str, str], at: datetime) -> Account:
    return Account(
        kind="official",
        login=answers["login"],
        password_hash=hash_password(answers["password"]),
        full_name=answers["full_name"],
        created_at=at,
    )
