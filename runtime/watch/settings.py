"""When units want to be reminded: decided with a basis from a day on, for themselves and the units below."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common import audit
from common.identity.actor import Actor
from common.identity.models import Unit
from common.problems import Problem
from runtime.engine.thresholds import Thresholds
from runtime.models.reminders import ReminderSetting

LONGEST_DAYS = 30
# A proposal to nobody, and a reminder on the day itself, would be none.
LEAST = {"due_soon": 0, "apology": 0, "collect": 1, "delay": 1}


def thresholds_of(session: Session, unit: Unit, on: date) -> Thresholds:
    """Those in force that day: the unit's own, else those of the nearest unit above, else those of the house."""
    above: Unit | None = unit
    while above is not None:
        if found := in_force(session, above, on):
            return thresholds_in(found)
        above = session.get(Unit, above.parent_id) if above.parent_id else None
    return Thresholds()


def in_force(session: Session, unit: Unit, on: date) -> ReminderSetting | None:
    """What the unit itself has decided for that day; None: nothing."""
    question = (
        select(ReminderSetting)
        .where(ReminderSetting.unit_id == unit.id, ReminderSetting.valid_from <= on)
        .order_by(ReminderSetting.valid_from.desc(), ReminderSetting.id.desc())
    )
    return session.scalars(question.limit(1)).first()


def longest(session: Session) -> Thresholds:
    """The most days that any unit has ever asked for: how far the clock looks."""
    known = [Thresholds(), *(thresholds_in(row) for row in session.scalars(select(ReminderSetting)))]
    return Thresholds(**{f.name: max(getattr(each, f.name) for each in known) for f in fields(Thresholds)})


def thresholds_in(row: ReminderSetting) -> Thresholds:
    return Thresholds(row.due_soon_days, row.apology_days, row.collect_days, row.delay_days)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a unit decides: from which day, and by what."""

    thresholds: Thresholds
    valid_from: date
    basis: str


def decide(
    session: Session, unit: Unit, decided: Decided, *, by: Actor, at: datetime
) -> ReminderSetting | tuple[Problem, ...]:
    """Records it; what was said before stays on record, and holds until that day."""
    if problems := tuple(_problems(decided)):
        return problems
    days = decided.thresholds
    row = ReminderSetting(
        unit_id=unit.id,
        valid_from=decided.valid_from,
        due_soon_days=days.due_soon,
        apology_days=days.apology,
        collect_days=days.collect,
        delay_days=days.delay,
        basis=decided.basis.strip(),
        account_id=by.account_id,
        decided_at=at,
    )
    session.add(row)
    said = {name: getattr(days, name) for name in LEAST}
    audit.record(
        session,
        "reminders.decided",
        by=by,
        at=at,
        kind="unit",
        key=unit.key,
        valid_from=decided.valid_from.isoformat(),
        **said,
    )
    session.flush()
    return row


def _problems(decided: Decided) -> Iterable[Problem]:
    for name, least in LEAST.items():
        if not least <= getattr(decided.thresholds, name) <= LONGEST_DAYS:
            yield Problem("dossiers.reminder_days_wrong", name, {"least": least, "most": LONGEST_DAYS})
    if not decided.basis.strip():
        yield Problem("dossiers.basis_missing", "basis")
