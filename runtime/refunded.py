"""Money given back, as rows: one numbered voucher for each currency."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from runtime.carrying import receiving_unit
from runtime.engine.effects import RecordRefund
from runtime.happening import Happening
from runtime.models.money import Refund
from runtime.numbers import yearly_number
from runtime.rows import Rows
from runtime.worlds import acting_unit

VOUCHER = "PHT"


def refund_of(session: Session, happening: Happening, currency: str) -> Refund:
    """What this act gave back in the currency."""
    question = select(Refund).where(
        Refund.dossier_id == happening.dossier.id,
        Refund.event == happening.number,
        Refund.currency == currency,
    )
    return session.scalars(question).one()


def record(session: Session, happening: Happening, effect: RecordRefund, rows: Rows) -> None:
    """The vouchers bear the numbers of the unit that does the work on their day; what prints them reads the rows."""
    unit = acting_unit(session, receiving_unit(session, happening.dossier), happening.at)
    for money in effect.refunded.sums:
        rows.insert(
            "refunds",
            dossier_id=happening.dossier.id,
            event=happening.number,
            unit_id=unit.id,
            number=yearly_number(session, unit.id, VOUCHER, happening.at),
            amount=money.minor,
            currency=money.currency,
            ground=effect.refunded.ground,
            method=happening.said.method,
            key=happening.said.key,
            paid_at=happening.at,
            paid_by=happening.by.account_id,
        )
    rows.write(session)
