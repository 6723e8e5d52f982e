"""Which dossiers stand behind a figure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.text import Text
from procedure_library.models import Version
from runtime.figures.counting import counted_by, population
from runtime.figures.period import Period
from runtime.models.dossiers import Dossier
from runtime.pages import After, Page


@dataclass(frozen=True, slots=True)
class Counted:
    """A dossier that a figure counts. `applicant` None: not told, and not to be opened, outside one's own units."""

    reference: str
    procedure: Text
    unit_id: int
    applicant: str | None
    status: str
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None


def counted(
    session: Session,
    actor: Actor,
    period: Period,
    units: Collection[int],
    figure: str,
    *,
    today: date,
    procedure: str = "",
    after: After | None = None,
    limit: int = 50,
) -> Page[Counted] | None:
    """A page of the dossiers, the last received first; None when there is no figure of that name."""
    condition = counted_by(figure, period, today)
    if condition is None:
        return None
    question = (
        select(Dossier, Version.name_vi, Version.name_en)
        .join(Version, Version.id == Dossier.version_id)
        .where(population(period, units, procedure), condition)
        .order_by(Dossier.received_at.desc(), Dossier.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        question = question.where(tuple_(Dossier.received_at, Dossier.id) < (after.at, after.id))
    found = session.execute(question).all()
    rows = tuple(_row(actor, dossier, Text(vi, en)) for dossier, vi, en in found[:limit])
    last = found[limit - 1][0] if len(found) > limit else None
    return Page(rows, After(last.received_at, last.id) if last else None)


def _row(actor: Actor, dossier: Dossier, procedure: Text) -> Counted:
    own = actor.units() & {dossier.unit_id, dossier.solving_unit_id}
    assert dossier.received_at is not None
    return Counted(
        reference=dossier.code or dossier.filing_number,
        procedure=procedure,
        unit_id=dossier.solving_unit_id,
        applicant=dossier.applicant.get("full_name", "") if own else None,
        status=dossier.status,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
    )
