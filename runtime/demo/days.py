"""Office hours of the demo: when people come, and when officials get to the next act."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from common.calendar import WorkingCalendar
from common.clock import ZONE, local_date

OPEN, CLOSE = time(7, 30), time(16, 45)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Instants in working days, up to now."""

    calendar: WorkingCalendar
    now: datetime

    def days(self, first: date) -> list[date]:
        """The working days from `first` until today."""
        count = (local_date(self.now) - first).days + 1
        every = (first + timedelta(days=n) for n in range(count))
        return [day for day in every if self.calendar.is_working(day)]

    def some_time_on(self, day: date, rng: Random) -> datetime:
        minutes = rng.randint(0, 9 * 60)
        return datetime.combine(day, OPEN, ZONE) + timedelta(minutes=minutes, seconds=rng.randint(0, 59))

    def later(self, at: datetime, rng: Random, *, least: int = 5, most: int = 90) -> datetime:
        """So many minutes later; past closing, the next working morning."""
        then = at.astimezone(ZONE) + timedelta(minutes=rng.randint(least, most))
        if then.time() > CLOSE or not self.calendar.is_working(then.date()):
            morning = self.calendar.working_day_from(then.date() + timedelta(days=1))
            return datetime.combine(morning, OPEN, ZONE) + timedelta(minutes=rng.randint(5, 120))
        return then
