"""Days of the solver are the days of the calendar: month ends, leap years, closed days, the ends of what is loaded."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import z3

from common.calendar import CalendarNotLoaded
from rules_dsl.days import add_months, full_years
from rules_dsl.prover.civil import Civil
from rules_dsl.prover.logic import Term, lifted
from rules_dsl.prover.unknowns import Unknowns
from rules_dsl.prover.working_days import WorkingDays
from tests.rules_dsl.world import calendar, day

FEW_DAYS = [day("2025-01-01") + timedelta(days=43 * number) for number in range(17)]
OPEN = WorkingDays(calendar())
EDGES = ["2024-12-31", "2025-01-01", "2025-01-24", "2025-02-03", "2026-02-13", "2026-12-30", "2026-12-31"]
DAYS = [*FEW_DAYS, *map(day, EDGES)]
LEAPS = [
    date(1900, 2, 28),
    date(2000, 2, 29),
    date(1904, 2, 29),
    date(2096, 2, 29),
    date(1, 1, 1),
    date(9998, 12, 31),
]


def solved(ask: Callable[[Unknowns, Term], tuple[Term, ...]], on: date) -> list[Any]:
    """What the solver makes of the terms when the day is known only to it."""
    unknowns = Unknowns()
    unknown_day = unknowns.integer("day")
    terms = ask(unknowns, unknown_day)
    solver = z3.Solver(ctx=unknowns.ctx)
    solver.add(*(lifted(truth, unknowns.ctx) for truth in unknowns.assumed), unknown_day == on.toordinal())
    assert solver.check() == z3.sat
    found = (solver.model().eval(lifted(term, unknowns.ctx), model_completion=True) for term in terms)
    return [each.as_long() if z3.is_int_value(each) else z3.is_true(each) for each in found]


@pytest.mark.parametrize("count", [1, 5, -1, -12])
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_working_days_are_counted_on_and_back(on: date, count: int) -> None:
    found, missing = solved(lambda _, term: OPEN.later(term, count), on)
    try:
        wanted = calendar().add_working_days(on, count)
    except CalendarNotLoaded:
        assert missing
    else:
        assert (missing, date.fromordinal(found)) == (False, wanted)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_closed_day_rolls_on_or_back(on: date) -> None:
    later, too_late, before, too_early = solved(
        lambda _, term: (*OPEN.next_open(term), *OPEN.last_open(term)), on
    )
    for found, missing, asked in (
        (later, too_late, calendar().working_day_from),
        (before, too_early, calendar().working_day_until),
    ):
        try:
            wanted = asked(on)
        except CalendarNotLoaded:
            assert missing
        else:
            assert (missing, date.fromordinal(found)) == (False, wanted)


@pytest.mark.parametrize("count", [1, 6, 12, -1, -25])
@pytest.mark.parametrize(
    "on", [*LEAPS, *map(day, ["2025-01-31", "2025-03-31", "2026-08-31", "2024-02-29"])], ids=str
)
def test_months_end_where_the_civil_code_ends_them(on: date, count: int) -> None:
    try:
        wanted = add_months(on, count)
    except ValueError:
        return
    (found,) = solved(lambda unknowns, term: (Civil(unknowns).months_later(term, count),), on)
    assert date.fromordinal(found) == wanted


@pytest.mark.parametrize("on", ["2026-02-27", "2026-02-28", "2026-03-01", "2028-02-28", "2028-02-29"])
@pytest.mark.parametrize("born", ["2000-02-29", "2008-02-28", "2008-03-01", "1990-12-31"])
def test_age_is_counted_in_full_years(born: str, on: str) -> None:
    def ask(unknowns: Unknowns, term: Term) -> tuple[Term, ...]:
        civil = Civil(unknowns)
        return (civil.full_years(day(born).toordinal(), term), civil.full_years(term, day(on).toordinal()))

    (at_that_day, _), (_, of_that_birth) = solved(ask, day(on)), solved(ask, day(born))
    assert at_that_day == of_that_birth == full_years(day(born), day(on))
