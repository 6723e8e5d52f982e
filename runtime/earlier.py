"""What the applicant said in an earlier dossier, offered to a new application, and shown as coming from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.identity.actor import Actor
from common.problems import Refusal
from form_builder.carrying import carried, carried_paths
from procedure_library.queries import definition_of, definition_on
from runtime import filing
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.worlds import stored_answers


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier dossier as a source of answers.

    `answers` are those of the application with what it adds, `paths` the fields whose answer already is that of
    the dossier.
    """

    dossier: Dossier
    answers: Mapping[str, Any]
    paths: frozenset[str]
    adds: bool

    @property
    def number(self) -> str:
        """What the applicant knows the dossier by."""
        return self.dossier.code or self.dossier.filing_number


def earlier(session: Session, application: Application, *, at: datetime) -> Earlier | None:
    """The latest dossier of the same person that says something the application asks: of the same procedure by
    the same questions, of another one only what belongs to the person. None: there is none.
    """
    for dossier in _dossiers_of(session, application):
        found = _read(session, application, dossier, at)
        if found.adds or found.paths:
            return found
    return None


def carry(session: Session, application: Application, *, by: Actor, at: datetime) -> Refusal | None:
    """Fills what is still empty with the answers of the earlier dossier; the person looks them over page by page."""
    if refusal := filing.closed(session, application):
        return refusal
    source = earlier(session, application, at=at)
    if source is not None:
        application.answers, application.changed_at = dict(source.answers), at
        key, number = str(application.id), source.dossier.id
        audit.record(
            session, "application.carried", by=by, at=at, kind="application", key=key, dossier=number
        )
        session.flush()
    return None


def _read(session: Session, application: Application, dossier: Dossier, at: datetime) -> Earlier:
    said, whole = stored_answers(session, dossier), dossier.procedure_key == application.procedure_key
    form = definition_on(session, application.version_id, local_date(at))
    new = form.form_at("filing", application.case_type)
    old = definition_of(session, dossier.version_id).form_at("filing", dossier.case_type)
    answers = carried(new, old, said, application.answers, whole=whole)
    paths = carried_paths(new, old, said, application.answers, whole=whole)
    return Earlier(dossier, answers, paths, adds=answers != application.answers)


def _dossiers_of(session: Session, application: Application) -> tuple[Dossier, ...]:
    """The latest of the same procedure, then the latest of all; empty for an application without an owner."""
    if application.owner_id is None:
        return ()
    own = select(Dossier).where(Dossier.owner_id == application.owner_id).order_by(Dossier.id.desc()).limit(1)
    same = session.scalars(own.where(Dossier.procedure_key == application.procedure_key)).first()
    latest = session.scalars(own).first()
    return tuple(dict.fromkeys(each for each in (same, latest) if each is not None))
