"""Tests of pages sign in hundreds of times: here, and only here, hashing a password is cheap."""

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.identity import accounts, passwords
from tests.web import people
from tests.web.drafting import ask, author, draft  # noqa: F401 — fixtures of these tests
from tests.web.people import HASH
from tests.web.step_lists import blank, drawn, hand  # noqa: F401 — the same


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", cheap)
    monkeypatch.setattr(accounts, "NOBODY", HASH)


@pytest.fixture
def admin(client: FlaskClient, session: Session) -> FlaskClient:
    """An administrator of the province, signed in."""
    people.official(session, people.unit(session), "administrator", login="quantri")
    people.sign_in(client, "quantri")
    return client
