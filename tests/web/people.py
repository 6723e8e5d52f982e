"""People and units for tests of pages, and how they sign in."""

import re
from datetime import date
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.identity.models import Account, Assignment, Unit
from common.identity.numbers import identity_hash
from tests.conftest import MONDAY_MORNING

PASSWORD = "cây đa bến nước"
HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
NUMBER = "036190012345"


def unit(session: Session, **changes: Any) -> Unit:
    """The province at the top of the house."""
    known = {
        "key": "province",
        "code": "H40",
        "name_vi": "Ủy ban nhân dân tỉnh Thanh Bình",
        "name_en": "Thanh Binh Provincial People's Committee",
        "level": "province",
        "phone": "0235 3 811 811",
        "valid_from": date(2025, 7, 1),
    }
    made = Unit(**{**known, **changes})
    session.add(made)
    session.flush()
    return made


def official(session: Session, at: Unit, *roles: str, login: str = "tiep", **changes: Any) -> Account:
    """An official with these roles in the unit."""
    known = {"full_name": "Lê Văn Tiếp", **changes}
    account = _account(session, kind="official", login=login, **known)
    for role in roles:
        session.add(Assignment(account_id=account.id, unit_id=at.id, role=role, since=date(2025, 7, 1)))
    session.flush()
    return account


def citizen(session: Session, identity_key: str, **changes: Any) -> Account:
    """An applicant who registered with the number above."""
    hashed = identity_hash(NUMBER, identity_key)
    known = {"login": hashed, "identity_number": NUMBER, "identity_hash": hashed, "phone": "0912345678"}
    return _account(session, kind="citizen", full_name="Trần Thị Lan", **{**known, **changes})


def _account(session: Session, **attributes: Any) -> Account:
    account = Account(**{"password_hash": HASH, "created_at": MONDAY_MORNING, **attributes})
    session.add(account)
    session.flush()
    return account


def token(client: FlaskClient, path: str = "/sign-in") -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no form"
    return found[1]


def send(client: FlaskClient, path: str, page: str = "/sign-in", **typed: Any) -> TestResponse:
    """Sends a form as a browser would that has `page` open."""
    headers = typed.pop("headers", None)
    return client.post(path, data={**typed, "csrf_token": token(client, page)}, headers=headers)


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD, **more: Any) -> TestResponse:
    return send(client, "/sign-in", login=login, password=password, **more)
