"""The working calendar for the solver: which days are open, tabulated from the calendar that is loaded.

Each answer comes with the truth of "the calendar does not reach that far": the reference meaning then does not
know either, exactly where `common.calendar` raises CalendarNotLoaded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from common.calendar import WorkingCalendar
from rules_dsl.prover.logic import (
    Term,
    any_of,
    at_most,
    between,
    is_plain,
    less,
    looked_up,
    minus,
    negated,
    plus,
)

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row, all open or all closed, by ordinal; `count` open days lie before the first of them."""

    first: int
    last: int
    is_open: bool
    count: int


@dataclass(frozen=True)
class WorkingDays:
    """The calendar's days as runs. `first` and `last` are the ends of what it covers."""

    calendar: WorkingCalendar

    @cached_property
    def first(self) -> int:
        return self.calendar.covers_from.toordinal()

    @cached_property
    def last(self) -> int:
        return self.calendar.covers_until.toordinal()

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        days = range(self.first, self.last + 1)
        found: list[Run] = []
        count = 0
        for is_open, same in groupby(days, lambda day: self.calendar.is_working(date.fromordinal(day))):
            stretch = list(same)
            found.append(Run(stretch[0], stretch[-1], is_open, count))
            count += len(stretch) if is_open else 0
        return tuple(found)

    @cached_property
    def open_days(self) -> int:
        return sum(run.last - run.first + 1 for run in self.runs if run.is_open)

    def covers(self, day: Term) -> Term:
        return between(self.first, day, self.last)

    def open_until(self, day: Term) -> Term:
        """How many open days the calendar has up to the day, itself included."""

        def counted(run: Run) -> Term:
            return plus(minus(day, run.first - 1), run.count) if run.is_open else run.count

        return self._by_run(day, counted, 0)

    def next_open(self, day: Term) -> tuple[Term, Term]:
        """The day itself when it is open, else the next open one."""
        found = self._by_run(day, lambda run: day if run.is_open else run.last + 1, day)
        closed_end = self.runs[-1].first if not self.runs[-1].is_open else self.last + 1
        return found, any_of(negated(self.covers(day)), at_most(closed_end, day))

    def last_open(self, day: Term) -> tuple[Term, Term]:
        """The day itself when it is open, else the open one before it."""
        found = self._by_run(day, lambda run: day if run.is_open else run.first - 1, day)
        closed_start = self.runs[0].last if not self.runs[0].is_open else self.first - 1
        return found, any_of(negated(self.covers(day)), at_most(day, closed_start))

    def later(self, day: Term, count: int) -> tuple[Term, Term]:
        """The count-th open day after the day; a negative count goes back from the day before."""
        if count == 0:
            return day, False
        if count > 0:
            number, begins = plus(self.open_until(day), count), plus(day, 1)
        else:
            number, begins = plus(self.open_until(minus(day, 1)), count + 1), minus(day, 1)
        opened = [(run.count + 1, self._numbered(number, run)) for run in self.runs if run.is_open]
        missing = any_of(negated(self.covers(begins)), less(number, 1), less(self.open_days, number))
        return looked_up(number, opened, self.last), missing

    def is_reached(self, day: Term, since: Term, count: int) -> tuple[Term, Term]:
        """Whether the day is not after the count-th open day that follows `since`."""
        if count == 0:
            return at_most(day, since), False
        used = minus(self.open_until(minus(day, 1)), self.open_until(since))
        _, missing = self.later(since, count)
        return less(used, count), missing

    def _numbered(self, number: Term, run: Run) -> Term:
        return plus(minus(number, run.count + 1), run.first)

    def _by_run(self, day: Term, value: Callable[[Run], Term], below: Term) -> Term:
        if is_plain(day):
            inside = (run for run in self.runs if run.first <= day <= run.last)
            return next((value(run) for run in inside), below)
        return looked_up(day, [(run.first, value(run)) for run in self.runs], below)
