"""The hash that stands in for an account that does not exist."""

from common.identity.passwords import NOBODY, is_outdated


def test_it_takes_as_long_to_verify_as_a_real_one() -> None:
    assert not is_outdated(NOBODY)
