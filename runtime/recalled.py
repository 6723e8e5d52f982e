"""An event as it happened, from its record: with the law, the reference data and the answers of its moment."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.identity.models import Account, Unit
from procedure_library.queries import definition_judged_by
from procedure_library.rates import rates_of_rows
from procedure_library.reference import parameters_for, parameters_of_rows
from rules_dsl.evaluation import Reference
from runtime.assigned_areas import areas_then
from runtime.engine.advance import Advance
from runtime.engine.context import Context, Past
from runtime.engine.fold import fold, fold_all
from runtime.engine.plain import from_plain
from runtime.engine.record import Record
from runtime.engine.state import State
from runtime.entered import with_entered
from runtime.functions import functions_then
from runtime.happening import Happening, Said
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier, DossierEvent, Reason
from runtime.past import PAID_ON, last_payment
from runtime.reenact import NotReenacted, event_of
from runtime.worlds import acting_unit, areas_of, calendar_then, parties_of


def records_of(session: Session, dossier: Dossier, upto: int | None = None) -> tuple[Record, ...]:
    """The history of the dossier, the oldest first; `upto` is the number of the last event wanted."""
    question = (
        select(DossierEvent.record).where(DossierEvent.dossier_id == dossier.id).order_by(DossierEvent.number)
    )
    if upto is not None:
        question = question.where(DossierEvent.number <= upto)
    return tuple(from_plain(Record, body) for body in session.scalars(question))


def recalled(session: Session, dossier: Dossier, number: int) -> Happening:
    """The event with that number, without its effects: they were carried out then.

    Raises NotReenacted when what it rested on was erased.
    """
    *earlier, record = records_of(session, dossier, number)
    state = fold_all(earlier)
    context = context_then(session, dossier, state, number, record)
    reason = session.get(Reason, (dossier.id, number))
    text = reason.text if reason else ""
    event = event_of(record, context, state, text)
    event = replace(event, by=_named(session, event.by))
    return Happening(
        dossier, event, Said(reason=text), context, Advance(fold(state, record), record, ()), number
    )


def _named(session: Session, by: Actor) -> Actor:
    account = session.get(Account, by.account_id) if by.account_id else None
    return replace(by, name=account.full_name) if account else by


def context_then(session: Session, dossier: Dossier, state: State, number: int, record: Record) -> Context:
    """The world as the event with that number saw it; `state` is the one before it."""
    version = record.law.version if record.law else state.version
    places = record.law.places if record.law else state.places
    compiled = definition_judged_by(session, version, places)
    unit = _unit_then(session, dossier, state, record)
    context = Context(
        compiled=compiled,
        version=version,
        digest=compiled.digest,
        reference=_reference_then(session, dossier, unit, record),
        answers=_answers_then(session, dossier, state, record),
        parties=parties_of(dossier, state.carried),
        area=unit.area_code,
        case_type=dossier.case_type,
        channel=dossier.channel,
        past=Past(
            record.law.reduced_this_year if record.law else None,
            last_payment(session, dossier, before=number) if PAID_ON in compiled.reads else None,
        ),
        functions=functions_then(compiled, record),
        areas=areas_then(compiled, record),
    )
    return with_entered(session, context, record.act, dossier.id, before=number)


def _unit_then(session: Session, dossier: Dossier, state: State, record: Record) -> Unit:
    """Whose area the rules read: until reception that of the filing, or its successor by then."""
    if state.received_at is not None or record.act == "accept":
        return dossier.unit
    filed_at = select(Unit).join(Application, Application.unit_id == Unit.id)
    unit = session.scalars(filed_at.where(Application.dossier_id == dossier.id)).one()
    return acting_unit(session, unit, record.at)


def _reference_then(session: Session, dossier: Dossier, unit: Unit, record: Record) -> Reference:
    """Calendar, local amounts and rates by what the record names, whatever was decided or published since."""
    law = record.law
    if law is None:
        return Reference(None)
    received = unit.id == dossier.unit_id
    calendar = calendar_then(session, dossier.solving_unit if received else unit, law)
    rates = rates_of_rows(session, record.rates)
    if law.settings is None:
        areas = areas_of(session, unit)
        return Reference(calendar, parameters_for(session, dossier.procedure_key, areas), rates)
    return Reference(calendar, parameters_of_rows(session, law.settings), rates)


def _answers_then(session: Session, dossier: Dossier, state: State, record: Record) -> Mapping[str, Any]:
    ref = record.answers or state.answers
    assert ref is not None
    row = session.get_one(Answers, (dossier.id, ref.number))
    if row.body is None:
        raise NotReenacted("answers erased")
    return row.body
