"""Whether a procedure takes new dossiers that day; what was filed before goes on."""

from datetime import date

from sqlalchemy.orm import Session

from common.problems import Refusal
from procedure_library.life.models import ProcedureAct
from procedure_library.life.queries import standing
from procedure_library.queries import last_version


def not_taken(session: Session, procedure_key: str, on: date) -> Refusal | None:
    """Why nothing is filed that day, in the words of the announcement; None: nothing is in the way."""
    retired, paused = standing(session, procedure_key, on)
    if retired is not None:
        return retired_told(session, retired, on)
    return paused_told(paused) if paused else None


def paused_told(act: ProcedureAct) -> Refusal:
    """What people are told while intake pauses."""
    if act.until_on is None:
        return Refusal("dossiers.intake_suspended", _told(act))
    return Refusal("dossiers.intake_suspended_until", {**_told(act), "until": f"{act.until_on:%d/%m/%Y}"})


def retired_told(session: Session, act: ProcedureAct, on: date) -> Refusal:
    """What people are told of a retired procedure, and which one stands for it."""
    successor = last_version(session, act.successor.key, on) if act.successor else None
    if successor is None:
        return Refusal("dossiers.procedure_retired", _told(act))
    names = {"successor": successor.name_vi, "successor_en": successor.name_en}
    return Refusal("dossiers.procedure_replaced", {**_told(act), **names})


def _told(act: ProcedureAct) -> dict[str, str]:
    return {
        "day": f"{act.from_on:%d/%m/%Y}",
        "reason": act.reason_vi.rstrip("."),
        "reason_en": act.reason_en.rstrip("."),
        "basis": act.basis_number,
    }
