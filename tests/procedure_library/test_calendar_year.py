"""A year of the calendar: the one that ships is that of the law, day by day; the next is confirmed by a person."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.identity.actor import machine
from procedure_library.calendar_files import latest_calendar
from procedure_library.calendar_year import (
    UnusualDay,
    confirmed,
    first_difference,
    holidays_left_open,
    proposed,
    with_year,
    working_days,
    years_to_confirm,
)
from procedure_library.confirming import ConfirmedYear, confirm_year
from procedure_library.loading import load_calendar
from procedure_library.ready_made import national_calendar
from procedure_library.reference import CalendarRow

SHIPPED = national_calendar().calendar
AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)
BY = machine("a test")

# The table of the law: weekdays that are closed, and Saturdays that are worked.
CLOSED = {
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
}
WORKING = {2025: "26/04", 2026: "10/01 22/08"}


def days(table: dict[int, str]) -> frozenset[date]:
    return frozenset(
        date(year, int(written[3:]), int(written[:2]))
        for year, line in table.items()
        for written in line.split()
    )


@pytest.mark.parametrize("day", [date(2025, 1, 1) + timedelta(days=n) for n in range(730)], ids=str)
def test_every_day_of_the_calendar_that_ships_is_as_announced(day: date) -> None:
    expected = day in days(WORKING) if day.weekday() >= 5 else day not in days(CLOSED)
    assert SHIPPED.is_working(day) == expected


def test_it_covers_two_years_and_gives_a_reason_for_each_unusual_day() -> None:
    assert (SHIPPED.covers_from, SHIPPED.covers_until) == (date(2025, 1, 1), date(2026, 12, 31))
    assert (SHIPPED.closed, SHIPPED.working) == (days(CLOSED), days(WORKING))
    assert all(SHIPPED.notes[day] for day in SHIPPED.closed | SHIPPED.working)
    # 52 weeks of five days and a Wednesday, or a Thursday; less what is closed, and the Saturdays worked.
    assert (working_days(SHIPPED, 2025), working_days(SHIPPED, 2026)) == (261 - 12 + 1, 261 - 14 + 2)


def test_a_proposal_is_only_that() -> None:
    """The list of holidays lacks a swap that was announced: nobody may take it for the calendar."""
    listed = {unusual.day for unusual in proposed(2026)}
    assert date(2026, 11, 24) in listed
    assert date(2026, 1, 2) not in listed
    assert all((u.day.weekday() >= 5) == u.working and u.why for u in proposed(2025))
    assert date(2025, 4, 26) in {u.day for u in proposed(2025) if u.working}


def test_only_covered_years_and_the_next_may_be_confirmed() -> None:
    assert years_to_confirm(SHIPPED, AT.date()) == (2025, 2026, 2027)
    assert years_to_confirm(None, AT.date()) == (2026, 2027)


def test_a_confirmed_year_leaves_the_others_as_they_were() -> None:
    new_year = UnusualDay(date(2027, 1, 1), False, "Tết Dương lịch")
    longer = with_year(SHIPPED, 2027, (new_year,), 2)
    assert (longer.covers_from, longer.covers_until) == (SHIPPED.covers_from, date(2027, 12, 31))
    for year in (2025, 2026):
        assert confirmed(longer, year) == confirmed(SHIPPED, year)
    assert confirmed(longer, 2027) == (new_year,)
    assert first_difference(SHIPPED, longer) is None
    shorter = with_year(SHIPPED, 2026, confirmed(SHIPPED, 2026)[1:], 2)
    assert (first_difference(SHIPPED, shorter), shorter.covers_until) == (
        date(2026, 1, 1),
        SHIPPED.covers_until,
    )


@pytest.mark.parametrize(
    ("year", "missing"),
    [
        (2025, {"01/01/2025", "30/04/2025", "01/05/2025", "02/09/2025"}),
        (2027, {"01/01/2027", "30/04/2027", "02/09/2027", "24/11/2027"}),
    ],
)
def test_a_holiday_of_the_law_is_not_left_open(year: int, missing: set[str]) -> None:
    empty = with_year(None, year, (), 1)
    assert {f.parameters["day"] for f in holidays_left_open(empty, year)} == missing
    assert not list(holidays_left_open(with_year(None, year, proposed(year), 1), year))


def year_2027(**changes: object) -> ConfirmedYear:
    known = ConfirmedYear(2027, proposed(2027), 1, AT.date(), "Thông báo 1/TB-BNV, ngày 20/11/2026")
    return replace(known, **changes)  # type: ignore[arg-type]


def test_confirming_makes_the_next_version(session: Session) -> None:
    load_calendar(session, at=AT)
    row = confirm_year(session, year_2027(), by=BY, at=AT)
    assert isinstance(row, CalendarRow)
    assert (row.version, row.covers_from, row.covers_until) == (2, date(2025, 1, 1), date(2027, 12, 31))
    now = latest_calendar(session)
    assert now is not None
    assert confirmed(now, 2026) == confirmed(SHIPPED, 2026)
    assert confirmed(now, 2027) == proposed(2027)


def test_a_version_that_nobody_has_seen_is_not_built_upon(session: Session) -> None:
    load_calendar(session, at=AT)
    assert isinstance(confirm_year(session, year_2027(), by=BY, at=AT), CalendarRow)
    findings = confirm_year(session, year_2027(), by=BY, at=AT)
    assert isinstance(findings, tuple)
    assert [finding.code for finding in findings] == ["reference.calendar_newer"]


def test_a_year_is_judged_like_a_file(session: Session) -> None:
    load_calendar(session, at=AT)
    wrong = (*proposed(2027), UnusualDay(date(2027, 1, 2), False, "Thứ Bảy"))
    findings = confirm_year(session, year_2027(days=wrong), by=BY, at=AT)
    assert isinstance(findings, tuple)
    assert [(f.code, f.where) for f in findings] == [("reference.usual_day", "closed.2027-01-02")]
    findings = confirm_year(session, year_2027(days=()), by=BY, at=AT)
    assert isinstance(findings, tuple)
    assert {finding.code for finding in findings} == {"reference.holiday_open"}
