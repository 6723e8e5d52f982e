"""Amounts paid before reception: the law they were paid under, and whether they still fit what is said."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.money import Money
from common.problems import Refusal
from procedure_library.rates import rates_of_rows
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.plain import from_plain
from runtime.engine.record import Record
from runtime.engine.state import State
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.money import Charge
from runtime.worlds import context_of_filing


def paid_otherwise(
    session: Session, application: Application, dossier: Dossier, said: Mapping[str, Any]
) -> Refusal | None:
    """Refuses answers by which the law of the payment would have asked for another amount."""
    paid = select(Charge).where(Charge.dossier_id == dossier.id, Charge.payment_id.is_not(None))
    for charge in session.scalars(paid):
        record = assessed_by(session, charge)
        context = _context_then(session, application, charge, record, said)
        facts = amounts.facts_at(
            context, State(), "filing", charge.assessed_at, paying=record.paid is not None
        )
        if isinstance(facts, Refusal):
            return facts
        (again,) = amounts.evaluate(context, facts, (charge.rule,))
        if again.value != Money(charge.amount, charge.currency):
            return Refusal("dossiers.paid_otherwise", amounts.titled(context, charge.rule))
    return None


def assessed_by(session: Session, charge: Charge) -> Record:
    """The act by which the amount was assessed."""
    event = session.get_one(DossierEvent, (charge.dossier_id, charge.event))
    return from_plain(Record, event.record)


def _context_then(
    session: Session, application: Application, charge: Charge, record: Record, said: Mapping[str, Any]
) -> Context:
    """The law and the rates of exchange of that act."""
    law = record.law
    assert law is not None
    context = context_of_filing(
        session, application, law.version, charge.assessed_at, said, law.settings, law.reduced_this_year
    )
    reference = replace(context.reference, rates=rates_of_rows(session, record.rates))
    return replace(context, reference=reference)
