"""Tests of pages sign in hundreds of times: here, and only here, hashing a password is cheap."""

import pytest
from argon2 import PasswordHasher

from common.identity import accounts, passwords
from tests.web.people import HASH


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", cheap)
    monkeypatch.setattr(accounts, "NOBODY", HASH)
