"""Days on which a unit cannot work, by decision: a storm, a system that is down, a move.

Days lost to force majeure or to an incident of the systems are not counted in any term of the unit's dossiers
(Decree 301/2026; Decree 61/2018 art. 19). For any other cause the term runs on: the office plans for it, and
apologises where it is late. Insert-only: a mistake is revoked by a further row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, and_, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from common.audit import record
from common.calendar import Interruptions
from common.changed_days import days_changed
from common.db import Base, Instant
from common.identity.actor import Actor
from common.identity.models import Unit
from common.identity.succession import turns
from common.problems import Problem, Refusal

Cause = Literal["force_majeure", "incident", "other"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
STOPS_TERMS: frozenset[Cause] = frozenset({"force_majeure", "incident"})
# A longer one comes as several: no closure lasts 31 days (docs/decisions/0015).
LONGEST_DAYS = 30
DAY = timedelta(days=1)


class Interruption(Base):
    """The unit does not work from `since` to `until`, both inclusive; `with_below`: nor do those below it.

    `revokes_id` names the row that this one takes back; it repeats that row's unit and days.
    """

    __tablename__ = "interruptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    with_below: Mapped[bool]
    since: Mapped[date]
    until: Mapped[date]
    cause: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    revokes_id: Mapped[int | None] = mapped_column(ForeignKey("interruptions.id"), unique=True)
    recorded_at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_by: Mapped[str] = mapped_column(String(200))

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("cause in ('force_majeure', 'incident', 'other')", name="cause"),
        CheckConstraint("since <= until", name="days"),
    )

    @property
    def stops_terms(self) -> bool:
        """Whether its days are left out of the terms of the unit's dossiers."""
        return self.cause in STOPS_TERMS


@dataclass(frozen=True, slots=True)
class NewInterruption:
    """What an administrator records; `basis` is number and date of the decision."""

    unit: Unit
    with_below: bool
    since: date
    until: date
    cause: str
    reason: str
    basis: str


def record_interruption(
    session: Session, new: NewInterruption, *, by: Actor, at: datetime
) -> Interruption | tuple[Problem, ...]:
    """Records it; where terms stop, the deadlines of running dossiers are worked out again."""
    if problems := _problems(new):
        return problems
    row = Interruption(
        unit_id=new.unit.id,
        with_below=new.with_below,
        since=new.since,
        until=new.until,
        cause=new.cause,
        reason=new.reason,
        basis=new.basis,
    )
    return _added(session, row, "interruption.recorded", by=by, at=at)


def revoke(
    session: Session, row: Interruption, *, reason: str, by: Actor, at: datetime
) -> Interruption | Refusal:
    """Takes an interruption back that was recorded by mistake. What was decided meanwhile stands."""
    is_revoked = select(Interruption.id).where(Interruption.revokes_id == row.id)
    if row.revokes_id is not None or session.scalar(is_revoked) is not None:
        return Refusal("reference.interruption_revoked_already")
    back = Interruption(
        unit_id=row.unit_id,
        with_below=row.with_below,
        since=row.since,
        until=row.until,
        cause=row.cause,
        reason=reason,
        basis=row.basis,
        revokes_id=row.id,
    )
    return _added(session, back, "interruption.revoked", by=by, at=at)


def in_force(session: Session) -> Sequence[Interruption]:
    """Every interruption that was not taken back, the latest days first."""
    back = aliased(Interruption)
    question = (
        select(Interruption)
        .outerjoin(back, back.revokes_id == Interruption.id)
        .where(Interruption.revokes_id.is_(None), back.id.is_(None))
        .order_by(Interruption.since.desc(), Interruption.id.desc())
    )
    return session.scalars(question).all()


def interruptions_of(
    session: Session, unit: Unit, *, upto: int | None = None, successors: int | None = None
) -> Interruptions:
    """The days that terms of the unit's dossiers leave out: each day by the unit that has the work then.

    `upto` and `successors`: as known with that row and with so many units named to succeed; None: by now.
    """
    asked = turns(session, unit, successors)
    last, days = 0, dict[date, str]()
    for turn in asked:
        rows = _concerning(session, turn.unit, upto)
        last = max(last, *(row.id for row in rows), 0)
        days |= {day: why for day, why in _left_out(rows) if turn.has(day)}
    return Interruptions(last, days, len(asked) - 1)


def _concerning(session: Session, unit: Unit, upto: int | None) -> Sequence[Interruption]:
    """The records of the unit's own interruptions and of those decided above for all below."""
    above = _chain(session, unit)
    concerns = or_(
        Interruption.unit_id == unit.id,
        and_(Interruption.unit_id.in_(above), Interruption.with_below),
    )
    known = select(Interruption).where(concerns)
    if upto is not None:
        known = known.where(Interruption.id <= upto)
    return session.scalars(known.order_by(Interruption.id)).all()


def _left_out(rows: Sequence[Interruption]) -> Iterator[tuple[date, str]]:
    """Each day that no term counts, with reason and basis."""
    revoked = {row.revokes_id for row in rows}
    for row in rows:
        if row.revokes_id is None and row.id not in revoked and row.stops_terms:
            for number in range((row.until - row.since).days + 1):
                yield row.since + DAY * number, f"{row.reason} ({row.basis})"


def _chain(session: Session, unit: Unit) -> list[int]:
    """The units above."""
    found: list[int] = []
    above = unit.parent_id
    while above is not None and above not in found:
        found.append(above)
        parent = session.get(Unit, above)
        above = parent.parent_id if parent else None
    return found


def _problems(new: NewInterruption) -> tuple[Problem, ...]:
    if new.until < new.since:
        days = {"since": new.since.isoformat(), "until": new.until.isoformat()}
        return (Problem("reference.ends_before_it_begins", "until", days),)
    if (new.until - new.since).days >= LONGEST_DAYS:
        return (Problem("reference.interruption_too_long", "until", {"most": LONGEST_DAYS}),)
    return ()


def _added(session: Session, row: Interruption, act: str, *, by: Actor, at: datetime) -> Interruption:
    row.recorded_at, row.account_id, row.recorded_by = at, by.account_id, by.name
    session.add(row)
    session.flush()
    record(session, act, by=by, at=at, kind="interruption", key=str(row.id), unit=row.unit_id)
    if row.stops_terms:
        days_changed(session, row.since)
    return row
