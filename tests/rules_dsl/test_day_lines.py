"""What the ledger of a term tells, day by day: what counted, what happened, and which days moved a date."""

from dataclasses import replace

import pytest

from common.calendar import Interruptions
from rules_dsl.explain import day_sentences, shift_sentences
from rules_dsl.ledger import LedgerEntry, read_ledger
from rules_dsl.shifts import shift
from rules_dsl.terms import (
    Allowance,
    Deadline,
    Extension,
    derive,
    derive_so_far,
    supplement_answered,
    supplement_requested,
)
from tests.rules_dsl.test_terms import SAME_DAY, at
from tests.rules_dsl.world import calendar, day, local


def test_each_day_is_told_in_both_languages() -> None:
    term = Allowance(3, "working_day", supplement="restart")
    entries = (
        at("started", "2026-04-24 09:00"),
        *supplement_requested(term, local("2026-04-28 09:00")),
        *supplement_answered(term, local("2026-04-29 09:00")),
    )
    found = derive(term, entries, calendar())
    assert isinstance(found, Deadline)
    assert day_sentences(found, "vi") == (
        "Thứ Sáu 24/04/2026: tiếp nhận, ngày này không tính",
        "Thứ Bảy 25/04/2026: ngày nghỉ",
        "Chủ nhật 26/04/2026: ngày nghỉ",
        "Thứ Hai 27/04/2026: ngày nghỉ (Nghỉ bù Giỗ Tổ Hùng Vương (Chủ nhật 26/04/2026))",
        "Thứ Ba 28/04/2026: ngày thứ 1 trong 3 ngày",
        "Thứ Ba 28/04/2026: yêu cầu bổ sung hồ sơ, tạm dừng tính thời hạn",
        "Thứ Tư 29/04/2026: nhận đủ hồ sơ bổ sung, tính lại từ đầu",
        "Thứ Năm 30/04/2026: ngày nghỉ (Ngày Chiến thắng)",
        "Thứ Sáu 01/05/2026: ngày nghỉ (Ngày Quốc tế lao động)",
        "Thứ Bảy 02/05/2026: ngày nghỉ",
        "Chủ nhật 03/05/2026: ngày nghỉ",
        "Thứ Hai 04/05/2026: ngày thứ 1 trong 3 ngày",
        "Thứ Ba 05/05/2026: ngày thứ 2 trong 3 ngày",
        "Thứ Tư 06/05/2026: ngày thứ 3 trong 3 ngày",
        "Hạn trả kết quả: 06/05/2026.",
    )
    assert day_sentences(found, "en")[4:7] == (
        "Tue 28/04/2026: day 1 of 3",
        "Tue 28/04/2026: supplement requested, clock stopped",
        "Wed 29/04/2026: the supplement came in, counted again from the start",
    )


def test_an_extension_is_told_on_the_day_it_was_granted() -> None:
    term = Allowance(3, "calendar_day", extension=Extension(2, "working_day"))
    found = derive(
        term, (at("started", "2026-03-02 09:00"), at("extended", "2026-03-04 09:00", 2)), calendar()
    )
    assert isinstance(found, Deadline)
    assert day_sentences(found, "vi")[1:] == (
        "Thứ Ba 03/03/2026: ngày thứ 1 trong 3 ngày",
        "Thứ Tư 04/03/2026: ngày thứ 2 trong 3 ngày",
        "Thứ Tư 04/03/2026: gia hạn thêm 2 ngày làm việc",
        "Thứ Năm 05/03/2026: ngày thứ 3 trong 3 ngày",
        "Thứ Sáu 06/03/2026: ngày thứ 1 trong 2 ngày",
        "Thứ Bảy 07/03/2026: ngày nghỉ",
        "Chủ nhật 08/03/2026: ngày nghỉ",
        "Thứ Hai 09/03/2026: ngày thứ 2 trong 2 ngày",
        "Hạn trả kết quả: 09/03/2026.",
    )


def test_what_is_settled_the_same_day_tells_the_request_once() -> None:
    entries = (
        at("started", "2026-03-10 09:00"),
        at("suspended", "2026-03-10 10:00"),
        at("resumed", "2026-03-12 11:00"),
    )
    found = derive(SAME_DAY, entries, calendar())
    assert isinstance(found, Deadline)
    assert [(line.day.day, line.code) for line in found.days] == [
        (10, "term.received_same_day"),
        (10, "term.requested"),
        (11, "term.suspended"),
        (12, "term.same_day"),
    ]


def test_the_days_until_the_clock_stopped_are_told_while_it_stands_still() -> None:
    entries = (at("started", "2026-03-02 09:00"), at("suspended", "2026-03-04 10:00"))
    told = derive_so_far(Allowance(5, "working_day"), entries, calendar())
    assert [(line.day.day, line.code) for line in told] == [
        (2, "term.received"),
        (3, "term.counted"),
        (4, "term.counted"),
        (4, "term.requested"),
    ]
    assert derive_so_far(Allowance(5, "working_day"), entries[:1], calendar()) == ()


def test_a_changed_calendar_tells_which_days_moved_the_date_and_why() -> None:
    """A swap: Friday 06/03 is free, Saturday 07/03 is worked; and a storm on Tuesday."""
    known = calendar()
    swapped = replace(
        known,
        closed=known.closed | {day("2026-03-06")},
        working=known.working | {day("2026-03-07")},
        notes={day("2026-03-06"): "Hoán đổi"},
        interruptions=Interruptions(1, {day("2026-03-03"): "Bão số 5"}),
    )
    term, started = Allowance(4, "working_day"), (at("started", "2026-03-02 09:00"),)
    moved = shift(term, started, known, swapped)
    assert moved is not None
    assert shift_sentences(moved, "vi") == (
        "Hạn trả kết quả chuyển từ 06/03/2026 sang 09/03/2026.",
        "Thứ Ba 03/03/2026: cơ quan tạm ngừng làm việc theo quyết định, không tính (Bão số 5)",
        "Thứ Sáu 06/03/2026: nay là ngày nghỉ (Hoán đổi)",
        "Thứ Bảy 07/03/2026: nay là ngày làm việc",
    )
    back = shift(term, started, swapped, known)
    assert back is not None
    assert shift_sentences(back, "en") == (
        "The due date moves from 09/03/2026 to 06/03/2026.",
        "Tue 03/03/2026: the decision to close was taken back, this day counts as usual",
        "Fri 06/03/2026: a working day now",
        "Sat 07/03/2026: not a working day any more",
    )


def test_a_calendar_that_changes_elsewhere_moves_nothing() -> None:
    term, started = Allowance(2, "working_day"), (at("started", "2026-03-02 09:00"),)
    later = replace(calendar(), closed=calendar().closed | {day("2026-03-06")})
    assert shift(term, started, calendar(), later) is None
    assert shift(term, (), calendar(), later) is None


def test_hours_of_the_clock_are_moved_by_a_storm_beyond_the_calendar() -> None:
    stormy = replace(calendar(), interruptions=Interruptions(1, {day("2026-12-31"): "Bão"}))
    moved = shift(Allowance(24, "hour"), (at("started", "2026-12-31 22:00"),), calendar(), stormy)
    assert moved is not None
    assert shift_sentences(moved, "en")[0] == (
        "The due date moves from 22:00 on 01/01/2027 to 00:00 on 02/01/2027."
    )


def test_a_start_put_right_counts_from_where_it_really_began() -> None:
    """What stood in the ledger before that start is void: a stretch that reaches over it counts from there."""
    term = Allowance(3, "working_day", supplement="pause", since=local("2026-03-04 00:00"))
    told = (
        at("started", "2026-03-02 00:00"),
        at("suspended", "2026-03-03 09:00"),
        at("resumed", "2026-03-05 09:00"),
        LedgerEntry("start_corrected", local("2026-03-06 09:00"), since=local("2026-03-04 00:00")),
    )
    found = derive(term, told, calendar())
    assert isinstance(found, Deadline)
    assert found.due_on == day("2026-03-10")
    assert day_sentences(found, "vi")[0] == "Thứ Tư 04/03/2026: thời hạn tính từ đây, ngày này không tính"
    assert day_sentences(found, "en")[4] == (
        "Fri 06/03/2026: the start was put right, the term is counted from 04/03/2026"
    )


def test_the_last_correction_of_a_start_holds() -> None:
    term = Allowance(3, "calendar_day")
    put_right = [
        LedgerEntry("start_corrected", local("2026-03-06 09:00"), since=local(f"2026-03-{day} 00:00"))
        for day in ("03", "10", "04")
    ]
    found = derive(term, (at("started", "2026-03-02 00:00"), *put_right), calendar())
    assert isinstance(found, Deadline)
    assert found.due_on == day("2026-03-09")


def test_a_ledger_as_a_file_tells_where_the_clock_really_began() -> None:
    body = {"kind": "start_corrected", "at": "2026-03-06T09:00+07:00", "since": "2026-03-04T00:00+07:00"}
    assert read_ledger([body]) == (
        LedgerEntry("start_corrected", local("2026-03-06 09:00"), since=local("2026-03-04 00:00")),
    )
    with pytest.raises(ValueError, match="None"):
        read_ledger([{**body, "since": None}])
