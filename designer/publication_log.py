"""The log of what was published and announced: publications and other acts together, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedure_library.life.models import ProcedureAct
from procedure_library.models import Publication
from procedure_library.queries import publications

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class LogPage:
    """`rows` is what happened, `next` the publication before which the next page begins; None: the last page."""

    rows: Sequence[Publication | ProcedureAct]
    next: int | None

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions whose publications are on the page."""
        return tuple(each.version_id for each in self.rows if isinstance(each, Publication))


def log_page(session: Session, *, before: int | None, per_page: int = PER_PAGE) -> LogPage:
    """A page of publications, and the acts of the same stretch of time."""
    found = publications(session, before=before, limit=per_page + 1)
    shown, following = found[:per_page], found[per_page - 1].id if len(found) > per_page else None
    until = session.get(Publication, before) if before is not None else None
    since = shown[-1].published_at if following else None
    acts = _acts(session, since, until.published_at if until else None)
    return LogPage(sorted((*shown, *acts), key=_when, reverse=True), following)


def _acts(session: Session, since: datetime | None, until: datetime | None) -> Sequence[ProcedureAct]:
    """Those after `since` and not after `until`: every act is on one page."""
    question = select(ProcedureAct).order_by(ProcedureAct.acted_at.desc(), ProcedureAct.id.desc())
    if since is not None:
        question = question.where(ProcedureAct.acted_at > since)
    if until is not None:
        question = question.where(ProcedureAct.acted_at <= until)
    return session.scalars(question).all()


def _when(row: Publication | ProcedureAct) -> tuple[datetime, int]:
    return (row.published_at if isinstance(row, Publication) else row.acted_at), row.id
