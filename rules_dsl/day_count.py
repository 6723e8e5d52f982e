"""M-DAY: whole days, the day of the event left out, the last day a working one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from common.calendar import WorkingCalendar
from common.clock import local_date
from rules_dsl.allowance import Allowance
from rules_dsl.days import add_months
from rules_dsl.deadline import DayLine, Deadline, end_of
from rules_dsl.ledger import Run, event_day

DAY = timedelta(days=1)


def by_days(
    allowance: Allowance, clock: tuple[Run, ...], extension: int, calendar: WorkingCalendar
) -> Deadline | None:
    """The deadline in whole days; None while the clock stands still with time left."""
    granted = allowance.extension.unit if allowance.extension else allowance.unit
    joins = granted == allowance.unit
    lines: list[DayLine] = []
    for number, (run, following) in enumerate(pairwise(clock)):
        lines += _abandoned(
            _Count.of(allowance, run, calendar, 0), local_date(following.started_at), number > 0
        )
    last = _Count.of(allowance, clock[-1], calendar, extension if joins else 0)
    lines += last.opening(restarted=len(clock) > 1)
    lines += last.lines()
    if lines[-1].code == "term.stopped":
        return None
    if extension and not joins:
        after = Allowance(extension, granted)
        due = lines[-1].day
        lines += _Count(after, calendar, due, due, (), extension).lines()
    return Deadline(lines[-1].day, end_of(lines[-1].day), tuple(lines))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days in (since, until] do not count: the day of the request still does, the day of the answer does not.

    `until` None: not answered yet.
    """

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return day > self.since and (self.until is None or day <= self.until)

    def holds_the_evening_of(self, day: date) -> bool:
        return day >= self.since and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class _Count:
    """One run of the clock: its first day, how much it may use, and where it stood still."""

    allowance: Allowance
    calendar: WorkingCalendar
    received: date
    event: date
    stretches: tuple[_Stretch, ...]
    amount: int

    @classmethod
    def of(cls, allowance: Allowance, run: Run, calendar: WorkingCalendar, extension: int) -> "_Count":
        stretches = tuple(
            _Stretch(
                local_date(stop.since), event_day(allowance, stop.until, calendar) if stop.until else None
            )
            for stop in run.stops
        )
        event = event_day(allowance, run.started_at, calendar)
        received = local_date(run.started_at)
        return cls(allowance, calendar, received, event, stretches, allowance.amount + extension)

    def _first(self) -> str:
        if self._is_same_day:
            return "term.received_same_day"
        return "term.begun" if self.allowance.since else "term.received"

    def opening(self, *, restarted: bool) -> Iterator[DayLine]:
        """The day of the event, and the day it counts as when the cut-off or a closed day moved it."""
        yield DayLine(self.received, False, "term.restarted" if restarted else self._first())
        if self.event > self.received:
            for number in range(1, (self.event - self.received).days):
                yield left_out(self.received + number * DAY, self.calendar)
            late = self.calendar.is_working(self.received)
            yield DayLine(self.event, False, "term.received_late" if late else "term.received_closed")

    @property
    def _is_same_day(self) -> bool:
        return self.allowance.same_day and self.amount == 0

    def lines(self) -> Iterator[DayLine]:
        """A line a day until the due day, the last; or until the day the clock stopped for good."""
        if self._is_same_day:
            return self._same_day()
        return self._working_days() if self.allowance.unit == "working_day" else self._calendar_days()

    def _same_day(self) -> Iterator[DayLine]:
        day = self.event
        while any(stretch.holds_the_evening_of(day) for stretch in self.stretches):
            if self._for_good(day + DAY):
                yield DayLine(day, False, "term.stopped")
                return
            if day not in (stretch.since for stretch in self.stretches):
                yield self._stopped(day)
            day += DAY
        yield DayLine(day, True, "term.same_day")

    def _working_days(self) -> Iterator[DayLine]:
        used, day = 0, self.event
        while used < self.amount:
            day += DAY
            if self.stands_still(day):
                yield self._stopped(day)
                if self._for_good(day):
                    return
            elif self.calendar.is_working(day):
                used += 1
                yield DayLine(day, True, "term.counted", {"number": used, "of": self.amount})
            else:
                yield left_out(day, self.calendar)

    def _calendar_days(self) -> Iterator[DayLine]:
        used, day, total = 0, self.event, self._total_days()
        while used < total:
            day += DAY
            if self.stands_still(day):
                yield self._stopped(day)
                if self._for_good(day):
                    return
            elif self.calendar.is_interrupted(day):
                yield left_out(day, self.calendar)
            else:
                used += 1
                yield DayLine(day, True, "term.counted", {"number": used, "of": total})
        while not self.calendar.is_working(day):
            day += DAY
            yield DayLine(day, False, "term.rolled")

    def _total_days(self) -> int:
        if self.allowance.unit == "month":
            return (add_months(self.event, self.amount) - self.event).days
        return self.amount

    def stands_still(self, day: date) -> bool:
        return any(stretch.holds(day) for stretch in self.stretches)

    def _for_good(self, day: date) -> bool:
        return any(stretch.until is None and stretch.holds(day) for stretch in self.stretches)

    def _stopped(self, day: date) -> DayLine:
        if self._for_good(day):
            return DayLine(day, False, "term.stopped")
        resumes = any(stretch.until == day for stretch in self.stretches)
        return DayLine(day, False, "term.resumed" if resumes else "term.suspended")


def left_out(day: date, calendar: WorkingCalendar) -> DayLine:
    """Why a day on which nobody works is not counted."""
    if calendar.is_interrupted(day):
        return DayLine(day, False, "term.interrupted", {"note": calendar.interruptions.days[day]})
    return DayLine(day, False, "term.closed", {"note": calendar.notes.get(day, "")})


def _abandoned(count: _Count, restarted_on: date, restarted: bool) -> Iterator[DayLine]:
    """The days of a run that a restart made void: counted then, worth nothing now."""
    day = count.received
    for line in (*count.opening(restarted=restarted), *count.lines()):
        if line.day >= restarted_on:
            return
        day = line.day
        yield DayLine(day, line.counted, line.code, line.parameters)
    while (day := day + DAY) < restarted_on:
        yield DayLine(day, False, "term.suspended" if count.stands_still(day) else "term.overdue")
