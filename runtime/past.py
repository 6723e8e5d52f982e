"""What went before, looked up where the rules of the procedure ask for it and nowhere else."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.models import Account
from procedure_library.compiled import Compiled
from runtime.applicants import applicant_of
from runtime.engine.context import NO_PAST, Past
from runtime.holding import Held, state_of
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.money import Payment
from runtime.office import office_of
from runtime.reductions import Asker, reduced_in_the_year

PAID_ON, REDUCED = "dossier.paid_on", "dossier.reduced_this_year"


def past_of(session: Session, compiled: Compiled, dossier: Dossier | Held, at: datetime) -> Past:
    """The past of a dossier that is acted on. From reception on the count of reductions stands as it was then."""
    paid_on = last_payment(session, dossier) if PAID_ON in compiled.reads else None
    if REDUCED not in compiled.reads:
        return Past(paid_on=paid_on)
    known = state_of(dossier).reduced_this_year if dossier.received_at else None
    if known is not None:
        return Past(known, paid_on)
    return Past(reduced_in_the_year(session, Asker.of(dossier), at, dossier.id), paid_on)


def past_of_filing(
    session: Session, compiled: Compiled, application: Application, answers: Mapping[str, Any], at: datetime
) -> Past:
    """The past as an application would meet it if it were received now."""
    if REDUCED not in compiled.reads:
        return NO_PAST
    owner = session.get(Account, application.owner_id) if application.owner_id else None
    applicant = applicant_of(compiled.whole_form, answers, owner)
    hashed = applicant.hash_of_number(office_of(session).identity_key)
    asker = Asker(hashed, application.owner_id, application.procedure_key, application.case_type)
    return Past(reduced_in_the_year(session, asker, at, application.dossier_id))


def last_payment(session: Session, dossier: Dossier | Held, before: int | None = None) -> date | None:
    """The day of the last payment; `before` asks as of that event of the dossier."""
    question = select(func.max(Payment.paid_at)).where(Payment.dossier_id == dossier.id)
    if before is not None:
        question = question.where(Payment.event < before)
    paid_at = session.scalar(question)
    return local_date(paid_at) if paid_at else None
