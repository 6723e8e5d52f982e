"""Identity numbers as people type them, and passwords that others would guess."""

import pytest

from common.identity.numbers import identity_hash, masked, read_identity_number
from common.identity.passwords import hash_password, is_outdated, is_password, is_weak


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("036190012345", "036190012345"),
        (" 036 190.012-345 ", "036190012345"),
        ("136190012345", None),
        ("03619001234", None),
        ("0361900123456", None),
        ("03619001234a", None),
        ("٠٣٦١٩٠٠١٢٣٤٥", None),
        ("", None),
    ],
)
def test_an_identity_number_has_twelve_digits(typed: str, read: str | None) -> None:
    assert read_identity_number(typed) == read


def test_a_number_is_found_only_with_the_key() -> None:
    first = identity_hash("036190012345", "one key")
    assert first == identity_hash("036190012345", "one key")
    assert (
        len({first, identity_hash("036190012345", "another"), identity_hash("036190012346", "one key")}) == 3
    )
    assert "036190012345" not in first


def test_a_page_that_need_not_know_the_number_shows_its_end() -> None:
    assert masked("036190012345") == "•••••••••345"


def test_a_password_is_kept_as_argon2id_and_recognised() -> None:
    stored = hash_password("cây đa bến nước")
    assert stored.startswith("$argon2id$")
    assert is_password(stored, "cây đa bến nước")
    assert not is_password(stored, "cay da ben nuoc")
    assert not is_password("no hash at all", "cây đa bến nước")
    assert not is_outdated(stored)
    assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$/VBI5RAdYqN2QYSZMFcZgQ")


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("aaaaaaaaaaaa", True),
        ("121212121212", True),
        ("tranthilan1990", False),
        ("0361900123456789", True),
        ("Quảng Bình 1990", True),
        ("con mèo trèo cây cau", False),
    ],
)
def test_a_password_is_not_built_on_what_others_know(password: str, weak: bool) -> None:
    assert is_weak(password, "036190012345", "Lan", "Quảng Bình") is weak
