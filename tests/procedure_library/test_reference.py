"""Calendars and local amounts: dated, corrected by further rows, the narrowest area first."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from common.calendar import CalendarNotLoaded, WorkingCalendar
from common.clock import ZONE
from common.identity.actor import machine
from common.money import Money
from procedure_library.loading import load_calendar, load_demo_amounts
from procedure_library.ready_made import national_calendar
from procedure_library.reference import (
    calendar_for,
    calendar_version,
    decided_names,
    parameters_for,
    record_calendar,
    record_parameter,
)
from rules_dsl.evaluation import ParameterValue

ROWS_POINT_SOMEWHERE = """
import procedure_library.models, procedure_library.reference
from common.db import Base
assert all(key.column is not None for table in Base.metadata.tables.values() for key in table.foreign_keys)
"""
ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
BY = machine("test")


def decide(session: Session, amount: int, since: date, area: str = "92", **more: object) -> int:
    value = ParameterValue(Money(amount), since, **more)
    row = record_parameter(session, "birth", "late_fee", value, area=area, basis="NQ 1", by=BY, at=AT)
    session.flush()
    return row.id


def decided(session: Session, *areas: str) -> list[tuple[int, date | None, date | None]]:
    values = parameters_for(session, "birth", areas).get("late_fee", ())
    return [(v.value.minor, v.from_on, v.until_on) for v in values if isinstance(v.value, Money)]


def test_the_shipped_calendar_is_the_one_of_the_law(session: Session) -> None:
    load_calendar(session, at=AT)
    calendar = calendar_for(session, date(2026, 3, 2))
    assert calendar == national_calendar().calendar
    assert calendar is not None
    assert not calendar.is_working(date(2026, 8, 31))
    assert calendar.is_working(date(2026, 8, 22))
    assert calendar.notes[date(2026, 11, 24)] == "Ngày Văn hóa Việt Nam"
    with pytest.raises(CalendarNotLoaded):
        calendar.is_working(date(2027, 1, 1))


def test_before_any_calendar_there_is_none(session: Session) -> None:
    assert calendar_for(session, date(2026, 3, 2)) is None


def test_a_newer_calendar_is_read_from_its_day_on(session: Session) -> None:
    load_calendar(session, at=AT)
    newer = WorkingCalendar("vn", 2, date(2025, 1, 1), date(2027, 12, 31), frozenset({date(2027, 1, 1)}))
    record_calendar(session, newer, effective_from=date(2026, 11, 1), basis="TB 2027", by=BY, at=AT)
    session.flush()
    before, after = calendar_for(session, date(2026, 10, 31)), calendar_for(session, date(2026, 11, 1))
    assert before is not None
    assert after is not None
    assert (before.version, after.version) == (1, 2)
    assert calendar_version(session, "vn", 1) == before


def test_each_amount_lasts_until_the_next(session: Session) -> None:
    decide(session, 8_000, date(2024, 1, 1))
    decide(session, 5_000, date(2026, 1, 1))
    assert decided(session, "92") == [
        (8_000, date(2024, 1, 1), date(2025, 12, 31)),
        (5_000, date(2026, 1, 1), None),
    ]


def test_a_correction_replaces_the_row_of_the_same_day(session: Session) -> None:
    decide(session, 8_000, date(2024, 1, 1))
    corrected = decide(session, 9_000, date(2024, 1, 1))
    assert decided(session, "92") == [(9_000, date(2024, 1, 1), None)]
    assert parameters_for(session, "birth", ("92",))["late_fee"][0].version == corrected


def test_an_end_of_its_own_is_kept(session: Session) -> None:
    decide(session, 8_000, date(2024, 1, 1), until_on=date(2024, 6, 30))
    decide(session, 5_000, date(2026, 1, 1))
    assert decided(session, "92")[0] == (8_000, date(2024, 1, 1), date(2024, 6, 30))


def test_the_narrowest_area_that_decided_counts(session: Session) -> None:
    decide(session, 8_000, date(2024, 1, 1), area="92")
    decide(session, 3_000, date(2024, 1, 1), area="31120")
    assert decided(session, "31120", "92") == [(3_000, date(2024, 1, 1), None)]
    assert decided(session, "31199", "92") == [(8_000, date(2024, 1, 1), None)]
    assert decided(session, "79") == []


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 2, 28), set()),
        (date(2026, 3, 1), {"late_fee"}),
        (date(2026, 6, 30), {"late_fee"}),
        (date(2026, 7, 1), set()),
    ],
)
def test_what_some_area_has_decided_for_a_day_is_known(session: Session, day: date, names: set[str]) -> None:
    decide(session, 8_000, date(2026, 3, 1), until_on=date(2026, 6, 30))
    assert decided_names(session, "birth", day) == names
    assert decided_names(session, "other", day) == set()


def test_lines_of_one_parameter_stand_side_by_side(session: Session) -> None:
    decide(session, 75_000, date(2024, 1, 1), keys=("house",))
    decide(session, 150_000, date(2024, 1, 1), keys=("*",))
    values = parameters_for(session, "birth", ("92",))["late_fee"]
    assert [(v.keys, v.until_on) for v in values] == [(("house",), None), (("*",), None)]


def test_demo_amounts_are_decided_once(session: Session) -> None:
    for _ in range(2):
        load_demo_amounts(session, area="92", at=AT)
        session.flush()
    values = parameters_for(session, "dang_ky_khai_sinh", ("92",))
    assert [v.value for v in values["registration_amount"]] == [Money(8_000)]


def test_a_demo_amount_has_each_of_its_lines(session: Session) -> None:
    for _ in range(2):
        load_demo_amounts(session, area="92", at=AT)
        session.flush()
    values = parameters_for(session, "cap_giay_phep_xay_dung_nha_o", ("92",))
    lines = {v.keys: v.value for v in values["permit_amount"]}
    assert lines == {(): Money(75_000), ("online",): Money(0)}
    assert len(values["permit_amount"]) == 2


def test_the_tables_of_the_library_can_be_loaded_alone() -> None:
    """Whoever imports them first, a command or one test: accounts must be known by then."""
    loaded = subprocess.run([sys.executable, "-c", ROWS_POINT_SOMEWHERE], cwd=ROOT, check=False)
    assert loaded.returncode == 0
