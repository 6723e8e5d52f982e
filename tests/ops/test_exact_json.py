"""JSON is written as Python's own writer would, spaces aside, and read back as what it was."""

import json
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import exact_json
from common.problems import MotcuaError


class Pair(NamedTuple):
    left: int
    right: int


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec=None))
    | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert exact_json.read(exact_json.write(value)) == value


@given(VALUES)
def test_it_says_what_pythons_own_writer_says(value: Any) -> None:
    usual = json.dumps(value, default=_number)
    assert json.loads(exact_json.write(value)) == json.loads(usual)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("2.50"), "2.5"),
        (Decimal("5.0"), "5"),
        (2**70, str(2**70)),
        ({1: "one"}, '{"1": "one"}'),
        ("\ud800", '"\ud800"'),
        (Pair(1, 2), "[1, 2]"),
        ({"ngày": ("Lễ", None, True)}, '{"ngày":["Lễ",null,true]}'),
    ],
)
def test_so_it_is_written(value: Any, text: str) -> None:
    assert exact_json.write(value) == text


@pytest.mark.parametrize("value", [date(2026, 3, 2), {"in": {date(2026, 3, 2)}}, object()])
def test_what_has_no_json_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="has no JSON"):
        exact_json.write(value)


def test_digits_are_never_lost() -> None:
    with pytest.raises(MotcuaError, match="more digits"):
        exact_json.write({"area": Decimal("0.12345678901234567890123")})


@pytest.mark.parametrize("text", ["NaN", "Infinity", '{"a": -Infinity}', "[1", "{'a': 1}"])
def test_what_is_no_json_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no JSON|Expecting"):
        exact_json.read(text)
