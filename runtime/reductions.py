"""How often an applicant had an amount reduced this year: what the law grants once is counted here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from common.clock import ZONE, local_date
from runtime.holding import Held
from runtime.models.dossiers import Dossier
from runtime.models.money import Charge
from runtime.moves.undone import assessed_in_vain

LATER = aliased(Charge)
GIVEN_UP = ("refused", "withdrawn", "stopped")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for what. The identity number tells a person apart; the account where the form asks for none."""

    identity_hash: str | None
    owner_id: int | None
    procedure_key: str
    case_type: str

    @classmethod
    def of(cls, dossier: Dossier | Held) -> "Asker":
        return cls(dossier.identity_hash, dossier.owner_id, dossier.procedure_key, dossier.case_type)

    @property
    def dossiers(self) -> ColumnElement[bool] | None:
        """The dossiers of the person; None when nobody can tell who it is."""
        if self.identity_hash:
            return Dossier.identity_hash == self.identity_hash
        return Dossier.owner_id == self.owner_id if self.owner_id else None


def reduced_in_the_year(session: Session, asker: Asker, at: datetime, own: int | None = None) -> int | None:
    """In how many dossiers received so far this year an amount stands reduced; None: nobody can tell whose.

    Of the same procedure and case type, other than `own`. What was refused, withdrawn or stopped before
    it was paid does not count: the reduction was not had.
    """
    theirs = asker.dossiers
    if theirs is None:
        return None
    counted = select(func.count(Dossier.id)).where(
        theirs,
        Dossier.procedure_key == asker.procedure_key,
        Dossier.case_type == asker.case_type,
        Dossier.received_at >= datetime(local_date(at).year, 1, 1, tzinfo=ZONE),
        Dossier.received_at < datetime(local_date(at).year + 1, 1, 1, tzinfo=ZONE),
        Dossier.id != (own or 0),
        exists(_standing_reductions()),
    )
    return session.scalar(counted)


def _standing_reductions() -> Select[tuple[int]]:
    """The last assessments of rules of the dossier that were reduced, and neither given up nor replaced."""
    ending = Dossier.state["ending"].astext
    return (
        select(Charge.id)
        .where(Charge.dossier_id == Dossier.id, Charge.reduced, ~assessed_in_vain(Charge))
        .where(or_(Charge.payment_id.is_not(None), ending.is_(None), ending.not_in(GIVEN_UP)))
        .where(
            ~exists().where(
                LATER.dossier_id == Charge.dossier_id,
                LATER.rule == Charge.rule,
                LATER.event > Charge.event,
                ~assessed_in_vain(LATER),
            )
        )
        .correlate(Dossier)
    )


def one_reception_at_a_time(session: Session, asker: Asker) -> None:
    """Until the transaction ends nobody else counts for this person: two receptions cannot both be the first."""
    whose = asker.identity_hash or (asker.owner_id and f"account {asker.owner_id}")
    if whose:
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(whose, 0))))
