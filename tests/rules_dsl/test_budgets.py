"""Budgets of steps against the legal term, for every day of reception (domain brief, D5)."""

from dataclasses import dataclass
from datetime import date

import pytest

from rules_dsl.allowance import Allowance, Unit
from rules_dsl.budgets import Course, Overruns, overruns
from tests.rules_dsl.world import calendar, day


@dataclass(frozen=True)
class Time:
    amount: int
    unit: Unit = "working_day"


@dataclass(frozen=True)
class Stage:
    key: str
    budget: Time | None = None
    waits: bool = False


def course(*stages: Stage, moves: str) -> Course:
    """Moves as "review>sign sign>end"."""
    pairs = tuple((source, target) for source, target in (move.split(">") for move in moves.split()))
    return Course(stages, pairs)  # type: ignore[arg-type]


def late_days(course: Course, allowance: Allowance) -> dict[date, tuple[date, date]]:
    """Day of reception → (due, done)."""
    found: Overruns = overruns(course, allowance, calendar())
    return {each.received_on: (each.due_on, each.done_on) for each in found.days}


SEVEN, FIFTEEN_DAYS = Time(7), Allowance(15, "calendar_day")


def test_seven_working_days_of_review_just_fit_into_fifteen_days_around_tet() -> None:
    review = course(Stage("review", SEVEN), moves="")
    assert day("2026-02-05") not in late_days(review, FIFTEEN_DAYS)


def test_a_signature_of_one_day_more_is_late_around_tet_and_on_no_plain_day() -> None:
    signed = course(Stage("review", SEVEN), Stage("sign", Time(1)), moves="review>sign")
    late = late_days(signed, FIFTEEN_DAYS)
    assert late[day("2026-02-05")] == (day("2026-02-23"), day("2026-02-24"))
    assert day("2026-03-02") not in late


@pytest.mark.parametrize(
    ("police", "insurance", "is_late"),
    [(2, 2, False), (2, 3, True), (3, 1, True)],
    ids=["both fit", "one is slow", "the other is slow"],
)
def test_of_parallel_ways_the_slower_one_counts(police: int, insurance: int, is_late: bool) -> None:
    both = course(
        Stage("fork"),
        Stage("police", Time(police)),
        Stage("insurance", Time(insurance)),
        Stage("gather"),
        Stage("sign", Time(1)),
        moves="fork>police fork>insurance police>gather insurance>gather gather>sign",
    )
    late = late_days(both, Allowance(3, "working_day"))
    assert (day("2026-03-02") in late) is is_late


def test_waiting_for_the_applicant_does_not_count() -> None:
    waited = course(
        Stage("review", Time(2)),
        Stage("supplement", Time(30), waits=True),
        Stage("sign", Time(1)),
        moves="review>supplement supplement>sign review>sign",
    )
    assert late_days(waited, Allowance(3, "working_day", supplement="pause")) == {}


def test_a_supplement_that_starts_the_clock_again_gives_the_whole_term_again() -> None:
    again = course(
        Stage("review", Time(3)),
        Stage("supplement", waits=True),
        Stage("second_review", Time(3)),
        moves="review>supplement supplement>second_review",
    )
    assert late_days(again, Allowance(3, "working_day", supplement="restart")) == {}
    paused = overruns(again, Allowance(3, "working_day", supplement="pause"), calendar())
    assert len(paused.days) == paused.tried
    assert paused.days[0].way == ("review", "second_review")


def test_going_back_to_a_step_done_before_does_not_count() -> None:
    returned = course(Stage("draft", Time(2)), Stage("sign", Time(1)), moves="draft>sign sign>draft")
    assert late_days(returned, Allowance(3, "working_day")) == {}


def test_units_are_mixed_day_by_day() -> None:
    """Two calendar days, then eight working hours, in three calendar days: who comes on a Thursday comes off worse."""
    mixed = course(
        Stage("ask", Time(2, "calendar_day")), Stage("write", Time(8, "working_hour")), moves="ask>write"
    )
    late = late_days(mixed, Allowance(3, "calendar_day"))
    assert day("2026-03-02") not in late
    assert late[day("2026-03-05")] == (day("2026-03-09"), day("2026-03-10"))


def test_days_that_the_calendar_does_not_see_to_the_end_are_not_tried() -> None:
    found = overruns(course(Stage("review", SEVEN), moves=""), FIFTEEN_DAYS, calendar())
    assert found.tried < 730
