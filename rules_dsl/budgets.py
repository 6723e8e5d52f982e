"""Do the budgets of the steps fit into the legal term, whenever a dossier comes in?

Working days, calendar days, months and hours do not add up: five working days before Tết are two weeks. So each
day of the loaded calendar is tried as the day of reception. The longest way counts; of parallel ways the slower
one holds up the join. Waiting for the applicant does not count, nor does going back to a step done before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from common.calendar import WorkingCalendar
from common.clock import ZONE
from rules_dsl.allowance import Allowance, Unit
from rules_dsl.ledger import LedgerEntry
from rules_dsl.terms import Deadline, Span, derive, step_budget

NINE = time(9, 0)
DAY = timedelta(days=1)


class Stage(Protocol):
    """A step as far as time goes. `waits`: the applicant is asked, the clock stands or starts again after it."""

    @property
    def key(self) -> str: ...

    @property
    def budget(self) -> Span | None: ...

    @property
    def waits(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Overrun:
    """A day of reception whose dossier may be late though every step keeps its budget.

    `way` are the steps with a budget on the longest way, in order; `done_on` the day it ends, `due_on` the
    term's. `after` is the step the clock starts again behind; None: reception.
    """

    received_on: date
    due_on: date
    done_on: date
    way: tuple[str, ...]
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Overruns:
    """`tried` counts the days of reception for which the calendar reaches far enough."""

    tried: int
    days: tuple[Overrun, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The steps in the order in which they are written, and the allowed moves between them."""

    stages: Sequence[Stage]
    moves: Sequence[tuple[str, str]]


def overruns(course: Course, allowance: Allowance, calendar: WorkingCalendar) -> Overruns:
    """Every day of reception on which the budgets, one after the other, end later than the term."""
    plan = _Plan.of(course, restarts=allowance.supplement == "restart")
    clock = _Clock(calendar)
    tried, found = 0, []
    day = calendar.covers_from
    while day <= calendar.covers_until:
        started = datetime.combine(day, NINE, ZONE)
        due = derive(allowance, (LedgerEntry("started", started),), calendar)
        ways = [(run, run.finished(started, clock)) for run in plan.runs]
        if isinstance(due, Deadline) and all(way is not None for _, way in ways):
            tried += 1
            late = [(run, way) for run, way in ways if way is not None and way.at > due.due_at]
            found += [_overrun(day, due, run, way) for run, way in late[:1]]
        day += DAY
    return Overruns(tried, tuple(found))


def _overrun(day: date, due: Deadline, run: "_Run", way: "_Way") -> Overrun:
    return Overrun(day, due.due_on, way.at.astimezone(ZONE).date(), way.steps, run.after)


@dataclass(frozen=True, slots=True)
class _Way:
    """The latest that a step may be done when every step keeps its budget, and the budgets used up on the way."""

    at: datetime
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clock:
    """When a budget that begins at an instant is used up; the same is asked many times."""

    calendar: WorkingCalendar
    known: dict[tuple[int, Unit, datetime], datetime | None] = field(default_factory=dict)

    def after(self, budget: Span, opened: datetime) -> datetime | None:
        """None: the calendar does not reach that far."""
        key = (budget.amount, budget.unit, opened)
        if key not in self.known:
            found = step_budget(budget, opened, self.calendar)
            self.known[key] = found.due_at if isinstance(found, Deadline) else None
        return self.known[key]


@dataclass(frozen=True, slots=True)
class _Run:
    """The steps between a start of the clock and the next, each with those before it; in an order to walk."""

    after: str | None
    order: tuple[Stage, ...]
    before: Mapping[str, tuple[str, ...]]

    def finished(self, started: datetime, clock: _Clock) -> _Way | None:
        """The slowest way through; None when the calendar does not reach that far."""
        ways: dict[str, _Way] = {}
        for stage in self.order:
            arrived = [ways[key] for key in self.before[stage.key] if key in ways]
            way = max(arrived, key=lambda way: way.at, default=_Way(started))
            if stage.budget is not None and not stage.waits:
                done = clock.after(stage.budget, way.at)
                if done is None:
                    return None
                way = _Way(done, (*way.steps, stage.key))
            ways[stage.key] = way
        return max(ways.values(), key=lambda way: way.at, default=_Way(started))


@dataclass(frozen=True, slots=True)
class _Plan:
    runs: tuple[_Run, ...]

    @classmethod
    def of(cls, course: Course, *, restarts: bool) -> "_Plan":
        """One run from reception; and where a supplement starts the clock again, one behind each supplement."""
        forward = _forward(course)
        first = [
            stage for stage in course.stages if not any(target == stage.key for _, target in course.moves)
        ]
        waits = [stage for stage in course.stages if stage.waits and restarts]
        stops = {stage.key for stage in waits}
        starts: list[tuple[str | None, str]] = [(None, stage.key) for stage in first]
        starts += [(stage.key, target) for stage in waits for target in forward.get(stage.key, ())]
        return cls(tuple(_run(course, forward, after, start, stops) for after, start in starts))


def _run(
    course: Course, forward: Mapping[str, tuple[str, ...]], after: str | None, start: str, stops: set[str]
) -> _Run:
    """All that is reached from `start` without passing a stop."""
    reached, ahead = {start}, [start]
    while ahead:
        key = ahead.pop()
        if key not in stops:
            new = [target for target in forward.get(key, ()) if target not in reached]
            reached.update(new)
            ahead += new
    moves = [(key, to) for key in reached if key not in stops for to in forward.get(key, ()) if to in reached]
    before = {key: tuple(source for source, target in moves if target == key) for key in reached}
    return _Run(after, tuple(_sorted(course, reached, before)), before)


def _sorted(course: Course, reached: set[str], before: Mapping[str, tuple[str, ...]]) -> list[Stage]:
    """Each step behind all those before it; the moves left make no circle."""
    left = [stage for stage in course.stages if stage.key in reached]
    done: list[Stage] = []
    while left:
        placed = {stage.key for stage in done}
        ready = [stage for stage in left if all(key in placed for key in before[stage.key])]
        done += ready
        left = [stage for stage in left if stage not in done]
    return done


def _forward(course: Course) -> dict[str, tuple[str, ...]]:
    """The moves but those that go back: within a circle, to a step written before."""
    rank = {stage.key: number for number, stage in enumerate(course.stages)}
    onward: dict[str, list[str]] = {}
    for source, target in course.moves:
        onward.setdefault(source, []).append(target)
    reach = {key: _reach(onward, key) for key in rank}
    return {
        source: tuple(to for to in targets if rank[to] > rank[source] or source not in reach[to])
        for source, targets in onward.items()
    }


def _reach(onward: Mapping[str, Sequence[str]], start: str) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        for target in onward.get(ahead.pop(), ()):
            if target not in found:
                found.add(target)
                ahead.append(target)
    return found
