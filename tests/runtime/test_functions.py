"""Which unit has a function for a place: the nearest in the directory, by date; nobody is told by name."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from common.identity.functions import Place, are_functions, nearest, unit_with
from common.problems import Refusal
from tests.runtime.small import MONDAY
from tests.runtime.town import Town

TODAY = MONDAY.date()
# province 1 → departments 2, 3 and wards 4, 5; ward 4 → police 40 and health 41; ward 5 → police 50.
ABOVE = {1: None, 2: 1, 3: 1, 4: 1, 5: 1, 40: 4, 41: 4, 50: 5}
LINE = {4: (4, 1), 40: (40, 4, 1), 2: (2, 1), 1: (1,)}


@dataclass(frozen=True)
class Case:
    asking: int
    having: tuple[int, ...]
    found: int | None


@pytest.mark.parametrize(
    "case",
    [
        Case(4, (4, 40, 1), 4),  # itself
        Case(4, (40, 5, 1), 40),  # below it
        Case(4, (41, 40), 40),  # two that are as near: the first code
        Case(4, (5, 2, 1), 2),  # siblings before what is above
        Case(4, (1,), 1),
        Case(40, (41, 4), 41),
        Case(40, (4, 5, 1), 4),
        Case(40, (50, 5), 5),  # siblings of the ward; what is below another ward is that one's
        Case(4, (50,), None),
        Case(4, (), None),
        Case(2, (3, 1), 3),
        Case(1, (40, 5), 5),
    ],
    ids=str,
)
def test_the_nearest_unit_has_it(case: Case) -> None:
    places = [Place(unit, ABOVE[unit], f"{unit:02}") for unit in case.having]
    assert nearest(places, LINE[case.asking]) == case.found


@pytest.mark.parametrize(
    ("written", "right"),
    [("", True), ("justice", True), ("justice police", True), ("Công an", False), ("9police", False)],
)
def test_functions_are_short_keys(written: str, right: bool) -> None:
    assert are_functions(written) == right


def test_nobody_is_told_with_function_and_area(town: Town) -> None:
    here = town.units["tan_an"]
    found = unit_with(town.session, "fire", here, TODAY)
    assert found == Refusal(
        "identity.no_unit_with_function", {"function": "fire", "area": "Ủy ban nhân dân phường Tân An"}
    )


def test_the_successor_has_the_function_from_its_first_day(town: Town) -> None:
    here, closing, heir = (town.units[key] for key in ("tan_an", "hoa_binh", "justice"))
    closing.functions, closing.valid_until, closing.successor_id = "fire police", TODAY, heir.id
    town.session.flush()
    assert unit_with(town.session, "fire", here, TODAY) is closing
    assert unit_with(town.session, "fire", here, TODAY + timedelta(days=1)) is heir


def test_a_unit_that_closed_without_successor_has_none(town: Town) -> None:
    closed = town.units["hoa_binh"]
    closed.functions, closed.valid_until = "fire", date(2026, 1, 31)
    town.session.flush()
    assert isinstance(unit_with(town.session, "fire", town.units["tan_an"], TODAY), Refusal)
