"""Money taken, as rows: one payment with a numbered receipt for each currency."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from common.identity.models import Unit
from common.money import Money
from runtime.carrying import receiving_unit
from runtime.engine.record import Paid
from runtime.happening import Happening
from runtime.models.money import Charge, Payment
from runtime.numbers import yearly_number
from runtime.worlds import acting_unit

RECEIPT = "BL"


def record(session: Session, happening: Happening, paid: Paid) -> None:
    """Each sum becomes a payment, which settles the latest assessment of its rules."""
    unit = acting_unit(session, receiving_unit(session, happening.dossier), happening.at)
    latest = (
        select(func.max(Charge.id))
        .where(Charge.dossier_id == happening.dossier.id, Charge.rule.in_(paid.rules))
        .group_by(Charge.rule)
    )
    for taken in paid.sums:
        payment = _payment(session, happening, unit, taken)
        settled = update(Charge).where(Charge.id.in_(latest), Charge.currency == taken.currency)
        session.execute(settled.values(payment_id=payment.id))


def payment_of(session: Session, happening: Happening, currency: str) -> Payment:
    """What this act took in the currency."""
    question = select(Payment).where(
        Payment.dossier_id == happening.dossier.id,
        Payment.event == happening.number,
        Payment.currency == currency,
    )
    return session.scalars(question).one()


def receipts_of(session: Session, happening: Happening, currency: str) -> list[str]:
    """The numbers of what had been taken in the currency before this act."""
    question = select(Payment.number).where(
        Payment.dossier_id == happening.dossier.id,
        Payment.event < happening.number,
        Payment.currency == currency,
    )
    return list(session.scalars(question.order_by(Payment.id)))


def _payment(session: Session, happening: Happening, unit: Unit, taken: Money) -> Payment:
    payment = Payment(
        dossier_id=happening.dossier.id,
        event=happening.number,
        unit_id=unit.id,
        number=yearly_number(session, unit.id, RECEIPT, happening.at),
        amount=taken.minor,
        currency=taken.currency,
        method=happening.said.method,
        paid_at=happening.at,
        received_by=happening.by.account_id,
    )
    session.add(payment)
    session.flush()
    return payment
