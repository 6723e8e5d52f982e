"""Conditions: comparisons, days, times of day, and the working calendar behind them."""

import pytest

from rules_dsl.unknown import Unknown
from tests.rules_dsl.counter import ANSWERS, FORM, value
from tests.rules_dsl.world import evaluated


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ("age(born_on, dossier.received_on) >= 18", True),
        ("dossier.received_on - born_on > 6_575", True),
        ("born_on + 1 month = 2008-03-29", True),
        ("2026-02-13 + 3 working days = 2026-02-25", True),
        ("dossier.received_on within 5 working days of 2026-02-24", True),
        ("dossier.received_on within 2 days of 2026-02-27", True),
        ("dossier.received_on within 1 day of 2026-03-03", False),
        ("kind in {house, shop} and kind is not farm", True),
        ("given note or every(documents.pages > 1)", True),
        ('(note otherwise "") = "x"', False),
        ("any(documents.sealed) and not every(documents.sealed)", True),
        ("(largest(documents.pages) otherwise 0) = 10", True),
        ("price / 2 VND > 500_000", True),
        ("1 = 1 and -1 < 0", True),
        ("poor = no", True),
        ("opens_at < 08:00 and opens_at = 07:30", True),
        ("time_of(called_at) >= 23:00 and time_of(called_at) <= 23:00", True),
        ("largest(opens_at, 12:00) = 12:00", True),
        ("dossier.received_on - 1 working day = 2026-02-27", True),
        ("2026-02-24 - 3 working days = 2026-02-12", True),
        ("2026-02-24 + 0 working days = 2026-02-24 - 0 working days", True),
        ("last_working_day(2026-04-27) = 2026-04-24", True),
        ("next_working_day(2026-04-27) = 2026-04-28", True),
        ("next_working_day(2026-04-24) = last_working_day(2026-04-24)", True),
        ("rounded(area, 0.1) = 12.5 and rounded(-12.5, 1) = -13 and rounded_up(-12.5, 1) = -12", True),
    ],
)
def test_conditions(condition: str, truth: bool) -> None:
    assert value(condition) is truth


@pytest.mark.parametrize(
    ("born", "on", "old_enough"),
    [
        ("2008-02-29", "2026-02-27", False),
        ("2008-02-29", "2026-02-28", True),
        ("2008-03-02", "2026-03-01", False),
        ("2008-03-02", "2026-03-02", True),
    ],
)
def test_a_year_of_age_is_full_on_the_birthday(born: str, on: str, old_enough: bool) -> None:
    condition = f"condition f requires age(born_on, {on}) >= 18"
    assert evaluated(f"language en\n{condition}", "f", FORM, {**ANSWERS, "born_on": born}).value is old_enough


@pytest.mark.parametrize("day", ["2024-12-31", "2027-01-01"])
@pytest.mark.parametrize("function", ["last_working_day", "next_working_day"])
def test_past_the_calendar_no_working_day_is_known(function: str, day: str) -> None:
    assert value(f"{function}({day}) = {day}") == Unknown((f"calendar.{day[:4]}",), "rules.unknown_calendar")


def test_working_days_before_the_calendar_are_not_known() -> None:
    assert value("2025-01-02 - 3 working days < 2025-01-01") == Unknown(
        ("calendar.2024",), "rules.unknown_calendar"
    )
