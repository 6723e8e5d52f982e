"""What a rule may ask of the past: when the applicant paid, and how often a reduction was granted this year."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from common.clock import ZONE, local_date
from procedure_library.compiled import Compiled
from runtime.engine.context import NO_PAST, Past
from runtime.models.dossiers import Dossier, DossierEvent, EvaluationRow

REDUCED, PAID = "reduced_this_year", "paid_on"
# The line of a trace that a reduction leaves.
A_REDUCTION = [{"code": "trace.reduced"}]


@dataclass(frozen=True, slots=True)
class Applying:
    """Who applies for what, from when on: the account, the hash of the identity number, or both; None: unknown.

    `dossier_id` None: not filed yet.
    """

    procedure_key: str
    case_type: str
    owner_id: int | None
    identity_hash: str | None
    dossier_id: int | None = None


def applying(dossier: Dossier) -> Applying:
    return Applying(
        dossier.procedure_key, dossier.case_type, dossier.owner_id, dossier.identity_hash, dossier.id
    )


def past_of(
    session: Session, compiled: Compiled, who: Applying, at: datetime, *, before: int | None = None
) -> Past:
    """The past as it was at the instant, asked only where the rules speak of it.

    `before` is the number of the event that asks; None: all that have happened count.
    """
    rules = compiled.definition.rules
    if REDUCED not in rules and PAID not in rules:
        return NO_PAST
    events = _Events(session, who.dossier_id or 0, before)
    return Past(
        _reduced_this_year(session, who, events.last_at(DossierEvent.act == "accept") or at)
        if REDUCED in rules
        else 0,
        _day(events.last_at(DossierEvent.record.has_key("paid"))) if PAID in rules else None,
    )


@dataclass(frozen=True, slots=True)
class _Events:
    """What has happened to the dossier so far."""

    session: Session
    dossier_id: int
    before: int | None

    def last_at(self, kind: ColumnElement[bool]) -> datetime | None:
        """When an event of this kind happened last."""
        found = select(func.max(DossierEvent.at)).where(DossierEvent.dossier_id == self.dossier_id, kind)
        if self.before is not None:
            found = found.where(DossierEvent.number < self.before)
        return self.session.scalar(found)


def _day(at: datetime | None) -> date | None:
    return None if at is None else local_date(at)


def _reduced_this_year(session: Session, who: Applying, received_at: datetime) -> int:
    """Counted to the instant of the two receptions: of two in one minute the later knows of the earlier."""
    begins = datetime(local_date(received_at).year, 1, 1, tzinfo=ZONE)
    reception = select(DossierEvent.at).where(
        DossierEvent.dossier_id == Dossier.id, DossierEvent.act == "accept", DossierEvent.at < received_at
    )
    earlier = select(func.count(Dossier.id)).where(
        or_(*_same_person(who)),
        Dossier.procedure_key == who.procedure_key,
        Dossier.case_type == who.case_type,
        Dossier.received_at >= begins,
        Dossier.id != (who.dossier_id or 0),
        reception.exists(),
        _was_reduced(),
    )
    return session.scalar(earlier) or 0


def _same_person(who: Applying) -> list[ColumnElement[bool]]:
    """By account or by identity number; who has neither has no past."""
    same: list[ColumnElement[bool]] = [Dossier.id == 0]
    if who.owner_id is not None:
        same.append(Dossier.owner_id == who.owner_id)
    if who.identity_hash is not None:
        same.append(Dossier.identity_hash == who.identity_hash)
    return same


def _was_reduced() -> ColumnElement[bool]:
    """Whether the evaluation that stands, the last of its rule, reduced an amount."""
    later = aliased(EvaluationRow)
    same_rule = (later.dossier_id == EvaluationRow.dossier_id) & (later.rule == EvaluationRow.rule)
    replaced = select(later.event).where(same_rule, later.event > EvaluationRow.event).exists()
    reduced = EvaluationRow.body["trace"].contains(A_REDUCTION)
    return (
        select(EvaluationRow.event).where(EvaluationRow.dossier_id == Dossier.id, reduced, ~replaced).exists()
    )
