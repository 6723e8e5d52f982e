"""Days of the solver: a day is its ordinal (1 is the first of January of the year 1), as Python counts them.

A day is taken apart along the cycles of the Gregorian calendar (400 years, 100, 4, 1), so that ordinal, year and
day of the year hang together by sums alone: division is what solvers are slow at. Months and years are counted
as `rules_dsl.days` counts them.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from rules_dsl.prover.logic import (
    Term,
    all_of,
    any_of,
    at_most,
    between,
    chosen,
    equal,
    implies,
    is_plain,
    less,
    looked_up,
    minus,
    plus,
    smaller,
    times,
    total,
)
from rules_dsl.prover.unknowns import Unknowns

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
# Of a common year: how many days each month has, and how many days of the year lie before it.
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BEFORE = (0, *accumulate(LENGTHS[:-1]))
FEBRUARY, MARCH = 2, 3
# Days in 400, 100, 4 and 1 years.
CYCLES = (146_097, 36_524, 1_461, 365)


@dataclass(frozen=True, slots=True)
class Year:
    """`number` counts from 1, `before` the days before it."""

    number: Term
    before: Term
    is_leap: Term


@dataclass(frozen=True, slots=True)
class Apart:
    """A day as year, month and day of the month."""

    year: Year
    month: Term
    day: Term


@dataclass(slots=True)
class Civil:
    """Takes days apart; each only once, since every taking apart costs the solver unknowns."""

    unknowns: Unknowns
    # By the number of the term, which is kept: the number of a term that is gone may be given again.
    days: dict[int, tuple[Term, Apart]] = field(default_factory=dict)

    def apart(self, day: Term) -> Apart:
        if is_plain(day):
            given = date.fromordinal(day)
            return Apart(_given_year(given.year), given.month, given.day)
        key = day.get_id()
        if key not in self.days:
            self.days[key] = day, self._apart(day)
        return self.days[key][1]

    def _apart(self, day: Term) -> Apart:
        year, exists = self.some_year()
        month, of_month = self.unknowns.integer("month"), self.unknowns.integer("day")
        fits = all_of(
            exists,
            between(1, month, 12),
            between(1, of_month, length(year, month)),
            equal(day, ordinal(year, month, of_month)),
        )
        # A day that is none (an overflow) is unknown anyway: it must not make the world impossible.
        self.unknowns.assume(implies(is_a_day(day), fits))
        return Apart(year, month, of_month)

    def some_year(self) -> tuple[Year, Term]:
        """A year not known, and the truth that it is one of the calendar's 9,999."""
        ages, centuries, fours, ones = (self.unknowns.integer(f"cycle{days}") for days in CYCLES)
        cycles = (ages, centuries, fours, ones)
        number = plus(total(map(times, cycles, (400, 100, 4, 1))), 1)
        is_leap = all_of(equal(ones, 3), any_of(less(fours, 24), equal(centuries, 3)))
        exists = all_of(
            at_most(0, ages),
            between(0, centuries, 3),
            between(0, fours, 24),
            between(0, ones, 3),
            at_most(number, date.max.year),
        )
        return Year(number, total(map(times, cycles, CYCLES)), is_leap), exists

    def months_later(self, day: Term, count: int) -> Term:
        """The same-numbered day so many months later (or, below zero, earlier), or that month's last day."""
        if count == 0:
            return day
        apart = self.apart(day)
        years, months = divmod(count, 12)
        carried = less(12, plus(apart.month, months))
        month = minus(plus(apart.month, months), chosen(carried, 12, 0))
        number = plus(plus(apart.year.number, years), chosen(carried, 1, 0))
        year = self._year(number)
        return ordinal(year, month, smaller(apart.day, length(year, month)))

    def _year(self, number: Term) -> Year:
        if is_plain(number):
            return _given_year(number)
        year, exists = self.some_year()
        inside = between(1, number, date.max.year)
        self.unknowns.assume(implies(inside, all_of(exists, equal(year.number, number))))
        return Year(
            number, chosen(inside, year.before, chosen(less(number, 1), -366, LAST + 1)), year.is_leap
        )

    def full_years(self, born_on: Term, on: Term) -> Term:
        """Age in completed years; who was born on 29 February comes of age on 28 February."""
        born, then = self.apart(born_on), self.apart(on)
        last = length(then.year, born.month) if not is_plain(born.day) or born.day > 28 else 28
        birthday = smaller(born.day, last)
        reached = any_of(
            less(born.month, then.month), all_of(equal(born.month, then.month), at_most(birthday, then.day))
        )
        return minus(minus(then.year.number, born.year.number), chosen(reached, 0, 1))


def is_a_day(day: Term) -> Term:
    return between(FIRST, day, LAST)


def _given_year(number: int) -> Year:
    past = number - 1
    leap = number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
    return Year(number, past * 365 + past // 4 - past // 100 + past // 400, leap)


def length(year: Year, month: Term) -> Term:
    """How many days the month has."""
    february = chosen(year.is_leap, 29, 28)
    pieces = [(number, february if number == FEBRUARY else LENGTHS[number - 1]) for number in range(2, 13)]
    return looked_up(month, pieces, LENGTHS[0])


def ordinal(year: Year, month: Term, day: Term) -> Term:
    before = looked_up(month, [(number, BEFORE[number - 1]) for number in range(2, 13)], 0)
    leap = chosen(all_of(at_most(MARCH, month), year.is_leap), 1, 0)
    return total((year.before, before, leap, day))
