"""Days on which a unit cannot work, by decision, are counted in no term, whatever its kind of day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from common.calendar import Interruptions, WorkingCalendar
from common.clock import ZONE
from procedure_library.ready_made import national_calendar
from rules_dsl.allowance import Allowance
from rules_dsl.explain import day_sentences
from rules_dsl.terms import Deadline, LedgerEntry, derive

STORM = "Bão số 5 (Công điện 12/CĐ-UBND)"


def day(number: int, month: int = 3) -> date:
    return date(2026, month, number)


def calendar(*closed: date) -> WorkingCalendar:
    """The national calendar in a unit that could not work on these days."""
    return replace(national_calendar().calendar, interruptions=Interruptions(1, dict.fromkeys(closed, STORM)))


def due(allowance: Allowance, closed: tuple[date, ...], started: datetime, *more: LedgerEntry) -> Any:
    derived = derive(allowance, (LedgerEntry("started", started), *more), calendar(*closed))
    return derived.due_at if isinstance(derived, Deadline) else derived


MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
TUESDAY_WEDNESDAY = (day(3), day(4))


@pytest.mark.parametrize(
    ("amount", "unit", "closed", "expected"),
    [
        (3, "working_day", (), day(5)),
        (3, "working_day", TUESDAY_WEDNESDAY, day(9)),
        # A Sunday was not counted anyhow.
        (3, "working_day", (day(8),), day(5)),
        # The day of reception is not counted, worked or not.
        (3, "working_day", (day(2),), day(5)),
        # After the deadline it changes nothing; on its day it does.
        (3, "working_day", (day(6),), day(5)),
        (3, "working_day", (day(5),), day(6)),
        (15, "calendar_day", (), day(17)),
        (15, "calendar_day", TUESDAY_WEDNESDAY, day(19)),
        # 22/03 is a Sunday: the last day rolls on to Monday, or to Tuesday when Monday is lost as well.
        (20, "calendar_day", (), day(23)),
        (20, "calendar_day", (day(23),), day(24)),
        (1, "month", (), day(2, 4)),
        (1, "month", TUESDAY_WEDNESDAY, day(6, 4)),
    ],
)
def test_no_term_counts_the_days_lost(
    amount: int, unit: Any, closed: tuple[date, ...], expected: date
) -> None:
    found = due(Allowance(amount, unit), closed, MONDAY)
    assert found == datetime(2026, expected.month, expected.day, 23, 59, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("amount", "unit", "closed", "expected"),
    [
        (4, "working_hour", (), MONDAY + timedelta(hours=6)),
        (8, "working_hour", (day(3),), datetime(2026, 3, 4, 9, 0, tzinfo=ZONE)),
        (24, "hour", (), MONDAY + timedelta(hours=24)),
        (24, "hour", (day(3),), MONDAY + timedelta(hours=48)),
        # The day of reception itself: what is left of it.
        (24, "hour", (day(2),), MONDAY + timedelta(hours=39)),
    ],
)
def test_nor_do_hours_run(amount: int, unit: Any, closed: tuple[date, ...], expected: datetime) -> None:
    assert due(Allowance(amount, unit), closed, MONDAY) == expected


def test_a_lost_day_while_the_clock_stands_still_is_lost_once() -> None:
    asked, answered = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    more = (LedgerEntry("suspended", asked), LedgerEntry("resumed", answered))
    assert due(Allowance(48, "hour", supplement="pause"), (), MONDAY, *more) == MONDAY + timedelta(hours=96)
    assert due(Allowance(48, "hour", supplement="pause"), (day(4),), MONDAY, *more) == MONDAY + timedelta(
        hours=96
    )
    days = Allowance(5, "working_day", supplement="pause")
    assert due(days, (), MONDAY, *more) == due(days, (day(4),), MONDAY, *more)


def test_the_count_says_why_a_day_was_left_out() -> None:
    derived = derive(
        Allowance(2, "working_day"), (LedgerEntry("started", MONDAY),), calendar(*TUESDAY_WEDNESDAY)
    )
    assert isinstance(derived, Deadline)
    told = day_sentences(derived, "vi")
    assert told[1] == (
        "Thứ Ba 03/03/2026: cơ quan tạm ngừng làm việc theo quyết định, không tính "
        "(Bão số 5 (Công điện 12/CĐ-UBND))"
    )
    assert [line.code for line in derived.days] == [
        "term.received",
        "term.interrupted",
        "term.interrupted",
        "term.counted",
        "term.counted",
    ]
