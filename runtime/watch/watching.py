"""What one look of the clock knows: its instant, the days and the wishes of each unit, and how it notes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.calendar import WorkingCalendar
from common.clock import local_date
from common.identity.models import Assignment, Unit
from common.identity.succession import in_charge
from procedure_library.reference import calendar_for
from runtime.engine.thresholds import Thresholds, widest
from runtime.models.dossiers import Dossier
from runtime.models.reminders import Reminder
from runtime.models.tasks import Task
from runtime.pages import After
from runtime.watch.settings import longest, thresholds_of
from runtime.worlds import calendar_of_unit

AT_ONCE = 200
# What a stronger one makes needless.
_ENDS: Mapping[str, str] = {"apology_last": "apology"}


@dataclass(frozen=True, slots=True)
class Crossing:
    """A threshold that was crossed, as it will be noted."""

    dossier_id: int
    kind: str
    limit_at: datetime
    crossed_on: date
    unit_id: int
    role: str
    task: int = 0


@dataclass(slots=True)
class Watch:
    """One look: what was read once is not read again."""

    session: Session
    at: datetime
    _calendars: dict[int, WorkingCalendar | None] = field(default_factory=dict)
    _thresholds: dict[int, Thresholds] = field(default_factory=dict)
    _leading: dict[int, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_date(self.at)

    def furthest(self, name: str, more: int = 0) -> date:
        """The last limit that could matter today by the threshold of that name, in any unit."""
        days = getattr(longest(self.session), name) + more
        return widest(self.today, days, calendar_for(self.session, self.today))

    def calendar(self, unit_id: int) -> WorkingCalendar | None:
        """The days of the unit; None: no calendar is loaded."""
        if unit_id not in self._calendars:
            unit = self.session.get_one(Unit, unit_id)
            self._calendars[unit_id] = calendar_of_unit(self.session, unit, self.today)
        return self._calendars[unit_id]

    def thresholds(self, unit_id: int) -> Thresholds:
        if unit_id not in self._thresholds:
            unit = self.session.get_one(Unit, unit_id)
            self._thresholds[unit_id] = thresholds_of(self.session, unit, self.today)
        return self._thresholds[unit_id]

    def leading(self, unit_id: int) -> str:
        """Who leads there: where nobody has that role, who approves."""
        if unit_id not in self._leading:
            unit = self.session.get_one(Unit, unit_id)
            self._leading[unit_id] = _leading(self.session, unit, self.today)
        return self._leading[unit_id]

    def note(self, crossing: Crossing) -> bool:
        """Remembers it; False when that was done before, by whomever."""
        values = {name: getattr(crossing, name) for name in Crossing.__dataclass_fields__}
        statement = insert(Reminder).values(**values, noted_at=self.at).on_conflict_do_nothing()
        noted = self.session.scalar(statement.returning(Reminder.id)) is not None
        if noted and crossing.kind in _ENDS:
            self._end(crossing)
        return noted

    def _end(self, crossing: Crossing) -> None:
        weaker = (
            Reminder.dossier_id == crossing.dossier_id,
            Reminder.task == crossing.task,
            Reminder.kind == _ENDS[crossing.kind],
            Reminder.ended_at.is_(None),
        )
        self.session.execute(update(Reminder).where(*weaker).values(ended_at=self.at))


def holders_in(session: Session, unit: Unit, on: date) -> frozenset[int]:
    """The units whose officials do this unit's work that day: itself, and who carries it on."""
    heir = in_charge(session, unit, on)
    return frozenset({unit.id} | ({heir.id} if heir else set()))


def posts_on(units: frozenset[int], role: str, on: date) -> ColumnElement[bool]:
    """Assignments of that role in one of the units which hold that day."""
    return (
        Assignment.unit_id.in_(units)
        & (Assignment.role == role)
        & (Assignment.since <= on)
        & or_(Assignment.until.is_(None), Assignment.until >= on)
    )


def _leading(session: Session, unit: Unit, on: date) -> str:
    holds = posts_on(holders_in(session, unit, on), "leader", on)
    return "leader" if session.scalar(select(exists().where(holds))) else "approver"


def not_noted(kind: str, limit: Any) -> ColumnElement[bool]:
    """Dossiers whose threshold of that kind was not noted yet for that limit."""
    return ~exists().where(
        Reminder.dossier_id == Dossier.id,
        Reminder.task == 0,
        Reminder.kind == kind,
        Reminder.limit_at == limit,
    )


def task_not_noted(kind: str, limit: Any) -> ColumnElement[bool]:
    """The same of a task."""
    return ~exists().where(
        tuple_(Reminder.dossier_id, Reminder.task) == tuple_(Task.dossier_id, Task.number),
        Reminder.kind == kind,
        Reminder.limit_at == limit,
    )


def looked(
    watch: Watch,
    question: Select[Any],
    by: Any,
    row: Any,
    after: After | None,
    see: Callable[[Watch, Any], None],
) -> After | None:
    """Sees to each that is found, the earliest `by` first; answers after which to go on, None: that was all."""
    if after is not None:
        question = question.where(tuple_(by, row.id) > tuple_(after.at, after.id))
    found = watch.session.scalars(question.order_by(by, row.id).limit(AT_ONCE)).all()
    for each in found:
        see(watch, each)
    return After(getattr(found[-1], by.key), found[-1].id) if len(found) == AT_ONCE else None
