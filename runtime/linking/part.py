"""Which dossier a filing is a part of."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from runtime.engine.linked import Caller
from runtime.models.dossiers import Dossier


@dataclass(frozen=True, slots=True)
class Part:
    """Child `number` of the dossier `of`."""

    of: Dossier
    number: int

    @property
    def caller(self) -> Caller:
        return Caller(self.of.filing_number, self.number)


def child_of(session: Session, dossier_id: int, number: int) -> Dossier | None:
    """The dossier that was opened for this child; None while there is none."""
    question = select(Dossier).where(Dossier.parent_id == dossier_id, Dossier.child_number == number)
    return session.scalars(question).one_or_none()
