"""Where an application goes: a unit that receives the procedure, and another one when that has closed."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.identity.actor import Actor
from common.identity.models import Unit
from common.identity.succession import in_charge
from common.problems import Refusal
from procedure_library.definition import Definition
from procedure_library.queries import definition_of
from runtime.models.applications import Application

LEVELS = {"department": "province"}


def not_here(definition: Definition, unit: Unit | None, by: Actor, channel: str, on: date) -> Refusal | None:
    """Why the unit does not take the procedure from this person that day; None when it does."""
    if unit is None or not unit.is_open(on) or not carries_out(definition, unit):
        return Refusal("dossiers.unit_does_not_receive")
    if by.kind == "official" and not by.holds("reception", unit.id):
        return Refusal("dossiers.not_yours")
    if by.kind == "citizen" and channel == "counter":
        return Refusal("dossiers.counter_is_for_reception")
    return None


def successor_of(session: Session, application: Application, on: date) -> Unit | None:
    """The open unit that carries on the work of the application's; the unit itself while it is open."""
    return in_charge(session, session.get_one(Unit, application.unit_id), on)


def unit_closed(session: Session, application: Application, on: date) -> Refusal | None:
    """Why nothing can be sent to the unit of an unsent application; None while the unit is open.

    What was sent before it closed stays where it is: the successor works on it.
    """
    unit = session.get_one(Unit, application.unit_id)
    if application.dossier_id is not None or unit.is_open(on):
        return None
    successor = successor_of(session, application, on)
    if successor is None:
        return Refusal("dossiers.unit_closed", {"unit": unit.name_vi, "unit_en": _english(unit)})
    names = {"unit": unit.name_vi, "successor": successor.name_vi}
    return Refusal(
        "dossiers.unit_succeeded", {**names, "unit_en": _english(unit), "successor_en": _english(successor)}
    )


def readdress(
    session: Session, application: Application, unit_id: int, *, by: Actor, at: datetime
) -> Refusal | None:
    """Sends the unsent application to another unit; answers and papers stay as they are."""
    if application.dossier_id is not None:
        return Refusal("dossiers.not_now.submit")
    definition = definition_of(session, application.version_id).definition
    unit = session.get(Unit, unit_id)
    if refusal := not_here(definition, unit, by, application.channel, local_date(at)):
        return refusal
    before, application.unit_id, application.changed_at = application.unit_id, unit_id, at
    key = str(application.id)
    audit.record(
        session,
        "application.readdressed",
        by=by,
        at=at,
        kind="application",
        key=key,
        before=before,
        unit=unit_id,
    )
    session.flush()
    return None


def carries_out(definition: Definition, unit: Unit) -> bool:
    """Whether the procedure is one of the unit's level."""
    return LEVELS.get(unit.level, unit.level) in definition.levels


def _english(unit: Unit) -> str:
    return unit.name_en or unit.name_vi
