"""Since when a dossier rests at its steps, read from its records for the acts that count limits again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from runtime.engine.context import Context
from runtime.engine.plain import from_plain
from runtime.engine.record import Record
from runtime.engine.recounting import entered_at
from runtime.engine.status import Act
from runtime.models.dossiers import DossierEvent

RECOUNTS: frozenset[Act] = frozenset({"resume", "derive_deadline"})


def with_entered(
    session: Session, context: Context, act: Act, dossier_id: int, *, before: int | None = None
) -> Context:
    """The context knowing it where the act asks; `before` is the number of the event judged again."""
    if act not in RECOUNTS:
        return context
    return replace(context, entered=_entered(session, dossier_id, before))


def _entered(session: Session, dossier_id: int, before: int | None) -> Mapping[str, datetime]:
    question = select(DossierEvent.record).where(DossierEvent.dossier_id == dossier_id)
    if before is not None:
        question = question.where(DossierEvent.number < before)
    bodies = session.scalars(question.order_by(DossierEvent.number))
    return entered_at(from_plain(Record, body) for body in bodies)
