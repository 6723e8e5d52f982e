"""The ledger of a term: what starts, stops, restarts and prolongs the clock, and the lines that explain it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.clock import ZONE
from rules_dsl.terms import (
    Allowance,
    Deadline,
    Extension,
    LedgerEntry,
    derive,
    step_budget,
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
