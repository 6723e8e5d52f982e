"""The figures of a period, as report II.06a has them: received, resolved, in process, by unit and procedure.

A dossier belongs to the unit that has to resolve it. It is received when reception accepted it, and finished
when it was decided, withdrawn or stopped. Two identities hold for every line and every sum:

    carried over + received in the period = resolved + ended without a decision + in process
    resolved = early + on time + late + without a deadline
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, and_, distinct, func, or_, select, tuple_
from sqlalchemy.orm import Session

from common.clock import ZONE
from runtime.figures.period import Period, midnight
from runtime.models.dossiers import Dossier
from runtime.models.papers import Letter

Figure = Literal[
    "carried_over",
    "online",
    "direct",
    "early",
    "on_time",
    "late",
    "undated",
    "returned",
    "ended",
    "in_process",
    "overdue",
]
FIGURES: tuple[Figure, ...] = get_args(Figure)
SUMS: Mapping[str, tuple[Figure, ...]] = {
    "received": ("online", "direct"),
    "all_received": ("carried_over", "online", "direct"),
    "resolved": ("early", "on_time", "late", "undated"),
}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many dossiers. `direct` came to the counter or by post; `undated` were resolved without a deadline.

    `returned` are those of the resolved whose result the applicant has. `ended` were withdrawn or stopped.
    `overdue` are part of `in_process`: past their deadline on the last day of the period, or today if earlier.
    `supplements` are the requests to complete or supplement (Mẫu 02) issued in the period.
    """

    carried_over: int = 0
    online: int = 0
    direct: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    undated: int = 0
    returned: int = 0
    ended: int = 0
    in_process: int = 0
    overdue: int = 0
    supplements: int = 0

    @property
    def received(self) -> int:
        """Received in the period."""
        return self.online + self.direct

    @property
    def all_received(self) -> int:
        """All that there was to resolve: carried over, and received in the period."""
        return self.carried_over + self.received

    @property
    def resolved(self) -> int:
        return self.early + self.on_time + self.late + self.undated

    @property
    def in_limit(self) -> int:
        """In process and not overdue; the clock of some stands still."""
        return self.in_process - self.overdue

    @property
    def within_term(self) -> int | None:
        """Of the resolved that had a deadline, how many per cent kept it, rounded down; None: there are none."""
        dated = self.resolved - self.undated
        return (self.early + self.on_time) * 100 // dated if dated else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*map(sum, zip(astuple(self), astuple(other), strict=True)))


Place = tuple[int, str]


def figures(
    session: Session, period: Period, units: Collection[int], *, today: date, procedure: str = ""
) -> dict[Place, Figures]:
    """The figures by (unit id, procedure key); what has none is left out. `procedure` "" counts every one."""
    where = (Dossier.solving_unit_id, Dossier.procedure_key)
    question = select(*where, *(func.count().filter(each) for each in conditions(period, today).values()))
    question = question.where(population(period, units, procedure)).group_by(*where)
    asked = _supplements(session, period, units, procedure)
    counted = {(row[0], row[1]): row[2:] for row in session.execute(question)}
    return {
        place: Figures(*counted.get(place, (0,) * len(FIGURES)), supplements=asked[place])
        for place in sorted({*counted, *asked})
    }


def population(period: Period, units: Collection[int], procedure: str = "") -> ColumnElement[bool]:
    """The dossiers that the figures are about: received by the end of the period, not finished before it."""
    ours = Dossier.solving_unit_id.in_(sorted(units))
    wanted = and_(
        Dossier.received_at < period.ends_at,
        # Said twice, so that the index on unit and end answers either half.
        or_(and_(ours, Dossier.finished_at >= period.begins_at), and_(ours, Dossier.finished_at.is_(None))),
    )
    return and_(wanted, Dossier.procedure_key == procedure) if procedure else wanted


def conditions(period: Period, today: date) -> dict[Figure, ColumnElement[bool]]:
    """Which dossiers of the population each figure counts."""
    finished = and_(Dossier.finished_at.is_not(None), Dossier.finished_at < period.ends_at)
    in_process = or_(Dossier.finished_at.is_(None), Dossier.finished_at >= period.ends_at)
    resolved = and_(finished, Dossier.status.in_(("decided", "returned")))
    before = Dossier.received_at < period.begins_at
    # A deadline is a day: the hour at which that day began where the administration is.
    due_day: ColumnElement[Any] = func.date_trunc("day", Dossier.due_at, ZONE.key)
    return {
        "carried_over": before,
        "online": and_(~before, Dossier.channel == "online"),
        "direct": and_(~before, Dossier.channel != "online"),
        "early": and_(resolved, Dossier.finished_at < due_day),
        "on_time": and_(resolved, Dossier.finished_at >= due_day, Dossier.finished_at < due_day + DAY),
        "late": and_(resolved, Dossier.finished_at >= due_day + DAY),
        "undated": and_(resolved, Dossier.due_at.is_(None)),
        "returned": and_(resolved, Dossier.status == "returned"),
        "ended": and_(finished, Dossier.status.in_(("withdrawn", "stopped"))),
        "in_process": in_process,
        "overdue": and_(in_process, Dossier.due_at < midnight(min(period.until, today))),
    }


def counted_by(figure: str, period: Period, today: date) -> ColumnElement[bool] | None:
    """The condition of a figure or of a sum of figures; None when there is no figure of that name."""
    every = conditions(period, today)
    if figure == "in_limit":
        return and_(every["in_process"], ~func.coalesce(every["overdue"], False))
    parts = SUMS.get(figure, (figure,))
    known = [condition for name, condition in every.items() if name in parts]
    return or_(*known) if known else None


def _supplements(
    session: Session, period: Period, units: Collection[int], procedure: str
) -> dict[Place, int]:
    """How often applicants were asked for more; a request printed in two languages is one request."""
    where = (Dossier.solving_unit_id, Dossier.procedure_key)
    question = (
        select(*where, func.count(distinct(tuple_(Letter.dossier_id, Letter.event))))
        .join(Letter, Letter.dossier_id == Dossier.id)
        .where(
            Letter.kind == "supplement_request",
            Letter.issued_at >= period.begins_at,
            Letter.issued_at < period.ends_at,
            Dossier.solving_unit_id.in_(sorted(units)),
        )
        .group_by(*where)
    )
    if procedure:
        question = question.where(Dossier.procedure_key == procedure)
    return defaultdict(int, {(unit, key): count for unit, key, count in session.execute(question)})
