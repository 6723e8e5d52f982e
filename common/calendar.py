"""Which days the administration works. The calendar is our data, confirmed by a person, never a guess.

Weekends are closed unless listed in `working` (make-up Saturdays); weekdays are open unless listed in
`closed`. Outside the covered span nothing is known: asking raises `CalendarNotLoaded`, which the term
ledger turns into an unknown date. A unit's own interruptions come on top: days that no term counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class CalendarNotLoaded(LookupError):
    """The day lies outside the years that an administrator has confirmed."""

    def __init__(self, day: date, key: str, version: int) -> None:
        super().__init__(f"calendar {key} v{version} does not cover {day.isoformat()}")
        self.day, self.key, self.version = day, key, version


@dataclass(frozen=True, slots=True)
class Interruptions:
    """Days on which a unit cannot work, each with reason and basis; no term counts them, of whatever unit.

    `version` is the number of the last record they were read from; 0: there is none. `successors` says how
    many units were asked besides, which carry on the work of one another.
    """

    version: int = 0
    days: Mapping[date, str] = field(default_factory=dict)
    successors: int = 0


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """`covers_from` and `covers_until` are inclusive. `notes` says in Vietnamese why a day is unusual."""

    key: str
    version: int
    covers_from: date
    covers_until: date
    closed: frozenset[date]
    working: frozenset[date] = frozenset()
    notes: Mapping[date, str] = field(default_factory=dict)
    interruptions: Interruptions = Interruptions()

    def __hash__(self) -> int:
        """By what its days were read from: a version is never changed."""
        return hash((self.key, self.version, self.interruptions.version, self.interruptions.successors))

    def is_working(self, day: date) -> bool:
        """Whether the administration works that day; raises CalendarNotLoaded outside the span."""
        if not self.covers_from <= day <= self.covers_until:
            raise CalendarNotLoaded(day, self.key, self.version)
        if self.is_interrupted(day):
            return False
        if day.weekday() >= SATURDAY:
            return day in self.working
        return day not in self.closed

    def is_interrupted(self, day: date) -> bool:
        """Whether the unit cannot work that day, so that no term counts it."""
        return day in self.interruptions.days

    def working_day_from(self, day: date) -> date:
        """The day itself when it is a working day, else the next one."""
        return next(self._working_from(day))

    def working_day_until(self, day: date) -> date:
        """The day itself when it is a working day, else the last one before it."""
        return next(self._working_from(day, -ONE_DAY))

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after `day`, which is itself not counted (Civil Code art. 147).

        A negative count goes back: the working day that many before `day`.
        """
        step = ONE_DAY if count > 0 else -ONE_DAY
        days = self._working_from(day + step, step)
        result = day
        for _ in range(abs(count)):
            result = next(days)
        return result

    def _working_from(self, day: date, step: timedelta = ONE_DAY) -> Iterator[date]:
        while True:
            if self.is_working(day):
                yield day
            day += step
