"""The world as the engine is told about it: the law, the reference data, the units and the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.calendar import WorkingCalendar
from common.clock import local_date
from common.identity.models import Unit
from common.identity.succession import in_charge
from common.problems import Refusal
from procedure_library.compiled import Compiled
from procedure_library.interruptions import interruptions_of
from procedure_library.queries import definition_on
from procedure_library.reference import (
    calendar_for,
    calendar_version,
    parameters_for,
    parameters_of_rows,
)
from procedure_library.remembered import Remembered
from rules_dsl.evaluation import Reference
from runtime.assigned_areas import units_by_area
from runtime.engine.context import Context, Parties, Past
from runtime.engine.plain import from_plain
from runtime.engine.record import Law
from runtime.engine.settings import ids_of, kept
from runtime.engine.state import State
from runtime.functions import units_with_functions
from runtime.holding import Held, state_of
from runtime.judged import definition_held, definition_of_dossier
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier, DossierEvent
from runtime.past import past_of, past_of_filing
from runtime.rates import with_rates


def context_of(
    session: Session,
    dossier: Dossier | Held,
    at: datetime,
    answers: Mapping[str, Any] | None = None,
    version_id: int | None = None,
) -> Context:
    """The context of an act on the dossier; `answers` None reads the stored ones.

    `version_id` names another version than the dossier's: the one in force at reception.
    """
    version_id = version_id or dossier.version_id
    compiled = _definition(session, dossier, version_id, at, is_new=answers is not None)
    said = stored_answers(session, dossier) if answers is None else answers
    world = world_of(session, compiled, dossier, local_date(at))
    context = Context(
        compiled=compiled,
        version=version_id,
        digest=compiled.digest,
        reference=_pinned(session, dossier, world.reference, at),
        answers=said,
        parties=parties_of(dossier),
        area=world.area,
        case_type=dossier.case_type,
        channel=dossier.channel,
        past=past_of(session, compiled, dossier, at),
        functions=world.functions,
        areas=world.areas,
    )
    return with_rates(session, context, state_of(dossier), at)


@dataclass(frozen=True, slots=True)
class World:
    """What stands beside a dossier on a day: reference data, the area code of the unit that receives, the units
    that have the functions its definition names, and those by area where its rules assign tasks to areas."""

    reference: Reference
    area: str
    functions: Mapping[str, int | Refusal]
    areas: Mapping[str, int]


# By everything a world follows from: worlds are read anew when the stamp of the reference data is another.
WORLDS: Remembered[World] = Remembered(most=4_000)


def world_of(session: Session, compiled: Compiled, dossier: Dossier | Held, on: date) -> World:
    received = dossier.received_at is not None

    def read() -> World:
        unit, solving = (session.get_one(Unit, key) for key in (dossier.unit_id, dossier.solving_unit_id))
        if not received:
            unit, solving = (in_charge(session, each, on) or each for each in (unit, solving))
        reference = reference_on(session, compiled, unit, on, solving=solving)
        functions = units_with_functions(session, compiled, unit, on)
        return World(reference, unit.area_code, functions, units_by_area(session, compiled, on))

    if not isinstance(dossier, Held):
        return read()
    return WORLDS.get(
        (dossier.stamp, compiled.digest, dossier.unit_id, dossier.solving_unit_id, received, on), read
    )


def _definition(
    session: Session, dossier: Dossier | Held, version_id: int, at: datetime, *, is_new: bool
) -> Compiled:
    """New answers before reception are judged by the list of communes of the day, all others by the dossier's own."""
    if is_new and not dossier.received_at:
        return definition_on(session, version_id, local_date(at))
    return definition_of_dossier(session, dossier, version_id)


def bare_context_of(session: Session, held: Held) -> Context:
    """The context of an act that reads no rule, no answer and no calendar."""
    compiled = definition_held(session, held, held.version_id)
    return Context(
        compiled=compiled,
        version=held.version_id,
        digest=compiled.digest,
        reference=Reference(None),
        answers={},
        parties=parties_of(held),
        area="",
        case_type=held.case_type,
        channel=held.channel,
    )


def context_of_filing(
    session: Session,
    application: Application,
    version_id: int,
    at: datetime,
    answers: Mapping[str, Any] | None = None,
    settings: Sequence[int] | None = None,
    reduced: int | None = None,
) -> Context:
    """The context of an application as it would be judged under that version.

    `settings` are the ids of the local amounts of an earlier filing, `reduced` the number of reductions it
    counted; None takes those of that day.
    """
    compiled = definition_on(session, version_id, local_date(at))
    unit = acting_unit(session, session.get_one(Unit, application.unit_id), at)
    reference = reference_for(session, compiled, unit, at)
    if settings is not None and tuple(settings) != ids_of(reference.parameters):
        reference = replace(reference, parameters=parameters_of_rows(session, settings))
    said = application.answers if answers is None else answers
    context = Context(
        compiled=compiled,
        version=version_id,
        digest=compiled.digest,
        reference=reference,
        answers=said,
        parties=Parties(
            application.owner_id, {"receiving": application.unit_id, "solving": application.unit_id}
        ),
        area=unit.area_code,
        case_type=application.case_type,
        channel=application.channel,
        past=past_of_filing(session, compiled, application, said, at) if reduced is None else Past(reduced),
    )
    return with_rates(session, context, State(), at)


def parties_of(dossier: Dossier | Held, carried: Mapping[str, int] | None = None) -> Parties:
    """Whose it is, and which unit works where; `carried` is work that went over, as of an earlier event."""
    over = _carried(dossier) if carried is None else carried
    units = {"receiving": dossier.unit_id, "solving": dossier.solving_unit_id}
    return Parties(dossier.owner_id, {**units, **over})


def _carried(dossier: Dossier | Held) -> Mapping[str, int]:
    """Empty before anything has happened."""
    if isinstance(dossier, Held):
        return dossier.state.carried
    return (dossier.state or {}).get("carried", {})


@dataclass(frozen=True, slots=True)
class ActingUnit:
    """Who does a unit's work on a day, as far as numbers and letters need it."""

    id: int
    code: str
    name_vi: str


ACTING: Remembered[ActingUnit] = Remembered(most=10_000)


def acting_for(session: Session, held: Held, unit_id: int, at: datetime) -> ActingUnit:
    """The same as `acting_unit` for a dossier that an act holds; the process remembers it."""

    def read() -> ActingUnit:
        unit = acting_unit(session, session.get_one(Unit, unit_id), at)
        return ActingUnit(unit.id, unit.code, unit.name_vi)

    return ACTING.get((held.stamp, unit_id, local_date(at)), read)


def acting_unit(session: Session, unit: Unit, at: datetime) -> Unit:
    """Who does the unit's work at that instant; a unit that closed without successor ends its work itself."""
    return in_charge(session, unit, local_date(at)) or unit


def _pinned(session: Session, dossier: Dossier | Held, present: Reference, at: datetime) -> Reference:
    """What the dossier is judged by: from reception on, the local amounts of that day and today's calendar."""
    pinned = dossier.state.settings if isinstance(dossier, Held) else dossier.state.get("settings")
    if dossier.received_at is None or pinned is None or tuple(pinned) == ids_of(present.parameters):
        return present
    then = parameters_of_rows(session, pinned)
    ids = kept(then, present.parameters, local_date(dossier.received_at))
    return Reference(present.calendar, parameters_of_rows(session, ids))


def reference_for(
    session: Session, compiled: Compiled, unit: Unit, at: datetime, *, solving: Unit | None = None
) -> Reference:
    """Calendar and local amounts that acts of this instant read in the unit."""
    return reference_on(session, compiled, unit, local_date(at), solving=solving)


def reference_on(
    session: Session, compiled: Compiled, unit: Unit, on: date, *, solving: Unit | None = None
) -> Reference:
    """The same of that day. The days are those of the unit that solves (None: the same): where it cannot work,
    no term runs.
    """
    parameters = parameters_for(session, compiled.definition.key, areas_of(session, unit))
    return Reference(calendar_of_unit(session, solving or unit, on), parameters)


def calendar_of_unit(session: Session, unit: Unit, on: date) -> WorkingCalendar | None:
    """The calendar that acts of that day read in the unit, its interruptions and those of its successors
    included; None: none is loaded.
    """
    calendar = calendar_for(session, on)
    return calendar and replace(calendar, interruptions=interruptions_of(session, unit))


def calendar_then(session: Session, unit: Unit, law: Law) -> WorkingCalendar | None:
    """The calendar that a record was judged by; None: none was loaded."""
    if not law.calendar:
        return None
    calendar = calendar_version(session, law.calendar, law.calendar_version)
    known = interruptions_of(session, unit, upto=law.interruptions, successors=law.successors)
    return replace(calendar, interruptions=known)


def calendar_of_deadline(session: Session, dossier: Dossier) -> WorkingCalendar | None:
    """The calendar by which the dossier's deadline was worked out last; None: none was loaded then."""
    question = (
        select(DossierEvent.record["law"])
        .where(DossierEvent.dossier_id == dossier.id, DossierEvent.record.has_key("due"))
        .order_by(DossierEvent.number.desc())
        .limit(1)
    )
    law = session.scalars(question).first()
    return calendar_then(session, dossier.solving_unit, from_plain(Law, law)) if law else None


def areas_of(session: Session, unit: Unit) -> tuple[str, ...]:
    """Area codes from the unit's own to the widest; units above it decide amounts for it."""
    areas: list[str] = []
    above: Unit | None = unit
    while above is not None:
        areas += [code for code in (above.area_code, above.province_code) if code and code not in areas]
        above = session.get(Unit, above.parent_id) if above.parent_id else None
    return tuple(areas)


def stored_answers(session: Session, dossier: Dossier | Held) -> Mapping[str, Any]:
    """The latest answers; empty when they were erased."""
    if isinstance(dossier, Held):
        return dossier.answers
    number = dossier.state["answers"]["number"]
    row = session.get_one(Answers, (dossier.id, number))
    return row.body or {}
