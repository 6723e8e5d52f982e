"""The ledger of a term: what starts, stops, restarts and prolongs the clock, and the lines that explain it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.calendar import Interruptions
from common.clock import ZONE
from rules_dsl.explain import day_sentences, shift_sentences
from rules_dsl.shifts import shift
from rules_dsl.terms import (
    Allowance,
    Deadline,
    Extension,
    LedgerEntry,
    derive,
    derive_so_far,
    step_budget,
    supplement_answered,
    supplement_requested,
)
from rules_dsl.unknown import Unknown
from tests.rules_dsl.world import calendar, day, local

SAME_DAY = Allowance(
    0,
    "working_day",
    same_day=True,
    cut_off=time(15, 0),
    supplement="pause",
    extension=Extension(2, "working_day"),
)


def at(kind: str, when: str, amount: int | None = None) -> LedgerEntry:
    return LedgerEntry(kind, local(when), amount)  # type: ignore[arg-type]


def due(allowance: Allowance, *entries: LedgerEntry) -> date | Unknown:
    found = derive(allowance, entries, calendar())
    return found.due_on if isinstance(found, Deadline) else found


def test_a_whole_day_ends_a_minute_before_midnight() -> None:
    found = derive(Allowance(3, "working_day"), [at("started", "2026-03-02 09:00")], calendar())
    assert isinstance(found, Deadline)
    assert found.due_at == datetime(2026, 3, 5, 23, 59, tzinfo=ZONE)
    assert not found.to_the_minute


def test_seconds_do_not_make_a_dossier_late() -> None:
    started = LedgerEntry("started", local("2026-03-10 15:00") + timedelta(seconds=59))
    assert due(SAME_DAY, started) == day("2026-03-10")


def test_a_clock_that_never_started_has_no_deadline() -> None:
    assert due(SAME_DAY) == Unknown(("dossier.received_at",), "rules.term_not_started")


def test_a_clock_that_stands_still_has_no_deadline() -> None:
    for term in (
        Allowance(5, "working_day"),
        Allowance(5, "calendar_day"),
        Allowance(1, "month"),
        SAME_DAY,
        Allowance(5, "working_day", method="M-HOUR"),
        Allowance(12, "hour"),
    ):
        found = due(term, at("started", "2026-03-02 09:00"), at("suspended", "2026-03-02 10:00"))
        assert found == Unknown(("dossier.supplement",), "rules.term_suspended"), term


def test_a_request_after_the_term_is_used_up_changes_nothing() -> None:
    assert due(
        Allowance(1, "working_day"), at("started", "2026-03-02 09:00"), at("suspended", "2026-03-06 10:00")
    ) == day("2026-03-03")


def test_what_is_settled_the_same_day_is_due_the_day_the_answer_comes() -> None:
    asked = (at("started", "2026-03-10 09:00"), at("suspended", "2026-03-10 10:00"))
    assert due(SAME_DAY, *asked, at("resumed", "2026-03-12 11:00")) == day("2026-03-12")
    assert due(SAME_DAY, *asked, at("resumed", "2026-03-12 15:30")) == day("2026-03-13")


def test_an_extension_of_its_own_kind_lengthens_the_term() -> None:
    started = at("started", "2026-03-10 09:00")
    assert due(SAME_DAY, started, at("extended", "2026-03-10 14:00", 2)) == day("2026-03-12")


def test_an_extension_of_another_kind_begins_where_the_term_ends() -> None:
    term = Allowance(15, "calendar_day", extension=Extension(2, "working_day"))
    started = at("started", "2026-03-02 09:00")
    assert due(term, started) == day("2026-03-17")
    assert due(term, started, at("extended", "2026-03-16 09:00", 2)) == day("2026-03-19")


def test_a_restart_takes_an_extension_back() -> None:
    term = Allowance(3, "working_day", extension=Extension(2, "working_day"))
    entries = (
        at("started", "2026-03-02 09:00"),
        at("extended", "2026-03-03 09:00", 2),
        at("suspended", "2026-03-04 09:00"),
        at("restarted", "2026-03-09 09:00"),
    )
    assert due(term, *entries) == day("2026-03-12")


def test_nothing_counts_after_the_clock_is_stopped() -> None:
    started = at("started", "2026-03-02 09:00")
    assert due(
        Allowance(3, "working_day"),
        started,
        at("stopped", "2026-03-03 09:00"),
        at("restarted", "2026-03-09 09:00"),
    ) == day("2026-03-05")


def test_suspended_days_push_calendar_days_and_months_back() -> None:
    stop = (at("suspended", "2026-03-05 09:00"), at("resumed", "2026-03-10 09:00"))
    assert due(Allowance(15, "calendar_day"), at("started", "2026-03-02 09:00"), *stop) == day("2026-03-23")
    assert due(Allowance(1, "month"), at("started", "2026-03-02 09:00"), *stop) == day("2026-04-07")


def test_working_hours_stand_still_from_minute_to_minute() -> None:
    term = Allowance(8, "working_hour")
    entries = (
        at("started", "2026-03-02 09:00"),
        at("suspended", "2026-03-02 10:00"),
        at("resumed", "2026-03-03 10:30"),
    )
    found = derive(term, entries, calendar())
    assert isinstance(found, Deadline)
    assert found.due_at == local("2026-03-04 09:30")


def test_hours_of_the_clock_know_no_closed_days() -> None:
    """D7b: 12 hours after arrival, 24 in remote areas."""
    for hours, arrived, wanted in (
        (12, "2026-03-10 20:00", "2026-03-11 08:00"),
        (24, "2026-03-10 20:00", "2026-03-11 20:00"),
        (12, "2026-02-28 18:30", "2026-03-01 06:30"),
        (12, "2026-02-16 09:00", "2026-02-16 21:00"),
        (24, "2026-12-31 22:00", "2027-01-01 22:00"),
    ):
        found = derive(Allowance(hours, "hour"), [at("started", arrived)], calendar())
        assert isinstance(found, Deadline)
        assert found.due_at == local(wanted)


def test_linked_birth_counts_from_the_next_working_day_after_the_cut_off() -> None:
    """D6: three working days, received after 15:00 counts as the next; excluded days do not."""
    term = Allowance(3, "working_day", cut_off=time(15, 0))
    for received, wanted in (
        ("2026-09-07 10:00", "2026-09-10"),
        ("2026-09-07 15:30", "2026-09-11"),
        ("2026-09-04 16:00", "2026-09-10"),
        ("2026-11-20 09:00", "2026-11-26"),
    ):
        assert due(term, at("started", received)) == day(wanted)


@pytest.mark.parametrize(
    ("unit", "amount", "wanted"),
    [("working_day", 7, "2026-03-11"), ("calendar_day", 12, "2026-03-16"), ("working_hour", 8, "2026-03-03")],
)
def test_a_step_has_its_own_budget(unit: str, amount: int, wanted: str) -> None:
    found = step_budget(Allowance(amount, unit), local("2026-03-02 09:00"), calendar())  # type: ignore[arg-type]
    assert isinstance(found, Deadline)
    assert found.due_on == day(wanted)


moments = st.integers(0, 250 * 24 * 60).map(
    lambda minutes: local("2026-01-05 00:00") + timedelta(minutes=minutes)
)
terms = st.builds(
    Allowance,
    st.integers(1, 20),
    st.sampled_from(["working_day", "calendar_day"]),
    cut_off=st.sampled_from([None, time(15, 0)]),
)


@settings(deadline=None)
@given(terms, moments, moments)
def test_who_files_later_is_never_due_earlier(term: Allowance, one: datetime, other: datetime) -> None:
    earlier, later = sorted([one, other])
    first, second = (derive(term, [LedgerEntry("started", when)], calendar()) for when in (earlier, later))
    assert isinstance(first, Deadline)
    assert isinstance(second, Deadline)
    assert first.due_on <= second.due_on


@settings(deadline=None)
@given(terms, moments)
def test_the_day_lines_count_the_term_and_end_on_the_due_day(term: Allowance, when: datetime) -> None:
    found = derive(term, [LedgerEntry("started", when)], calendar())
    assert isinstance(found, Deadline)
    assert sum(line.counted for line in found.days) == term.amount
    assert found.days[-1].day == found.due_on
    assert calendar().is_working(found.due_on)
    assert [line.day for line in found.days] == sorted(line.day for line in found.days)


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
