"""The journal of dates that moved because days count otherwise than was known when they were worked out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules_dsl.shifts import Shift, shift
from runtime.engine.fold import fold
from runtime.engine.record import Law, Record
from runtime.engine.state import State
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.recalled import records_of
from runtime.worlds import calendar_then


@dataclass(frozen=True, slots=True)
class Moved:
    """One date moved at `at`. `appointment` is what the applicant was promised after it, `kept` that it stands."""

    dossier: str
    event: int
    at: datetime
    shift: Shift
    appointment: datetime | None
    kept: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "dossier": self.dossier,
            "event": self.event,
            "at": self.at.isoformat(),
            "before": self.shift.before.due_at.isoformat(),
            "after": self.shift.after.due_at.isoformat(),
            "why": [line.to_json() for line in self.shift.why],
            "appointment": self.appointment.isoformat() if self.appointment else None,
            "appointment_kept": self.kept,
        }


def moved_dates(session: Session, dossier: Dossier) -> Iterator[Moved]:
    """Each time the dossier's deadline moved, the earliest first; the first date it was given moved nothing."""
    state, law = State(), None
    for number, record in enumerate(records_of(session, dossier), start=1):
        if record.act == "derive_deadline" and law is not None:
            found = _shift(session, dossier, state, law, record)
            if found is not None:
                name = dossier.code or dossier.filing_number
                promised = record.appointment or state.appointment
                yield Moved(name, number, record.at, found, promised, record.appointment is None)
        state = fold(state, record)
        law = record.law if record.due is not None else law


def dossiers_with_moved_dates() -> Any:
    """The question for the dossiers in which that may have happened."""
    moved = select(DossierEvent.dossier_id).where(DossierEvent.act == "derive_deadline")
    return select(Dossier).where(Dossier.id.in_(moved)).order_by(Dossier.id)


def _shift(session: Session, dossier: Dossier, state: State, law: Law, record: Record) -> Shift | None:
    assert record.law is not None
    before, after = (calendar_then(session, dossier.solving_unit, each) for each in (law, record.law))
    if before is None or after is None or state.allowance is None:
        return None
    return shift(state.allowance, state.ledger, before, after)
