"""An error of the office in a result that was returned: a new dossier of the same procedure that points to the old.

Nothing reopens. The office corrects at its own cost (Decree 61/2018 art. 20 to 22): the new dossier owes nothing, and
both name each other.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.db import locked
from common.identity.actor import Actor
from common.problems import Refusal
from form_builder.moments import answers_at
from procedure_library.queries import definition_of, definition_on, last_version
from runtime.engine.status import CLOSED
from runtime.handed_in import documents_of
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document
from runtime.worlds import acting_unit, stored_answers


@dataclass(frozen=True, slots=True)
class Corrections:
    """`of` is the dossier whose result this one puts right, `by` those that put its own right, the oldest first."""

    of: Dossier | None
    by: tuple[Dossier, ...]
    why: str = ""


def corrections_of(session: Session, application: Application) -> Corrections:
    """What a dossier's application is linked with."""
    of = session.get(Dossier, application.corrects_id) if application.corrects_id else None
    by = (
        select(Dossier)
        .join(Application, Application.dossier_id == Dossier.id)
        .where(Application.corrects_id == application.dossier_id)
        .order_by(Dossier.id)
    )
    return Corrections(of, tuple(session.scalars(by)), application.correction or "")


def begin(
    session: Session, dossier: Dossier, *, reason: str, key: str, by: Actor, at: datetime
) -> Application | Refusal:
    """The application of the correction, with the answers and papers of the old one; reception puts right and files it.

    Begun once: the same page, or another one while it is not filed, leads to the same application.
    """
    locked(session, dossier)
    if begun := _begun(session, dossier, key):
        return begun
    if refusal := _not_correctable(session, dossier, reason, by):
        return refusal
    version = last_version(session, dossier.procedure_key, local_date(at))
    if version is None or definition_of(session, version.id).case_type(dossier.case_type) is None:
        return Refusal("dossiers.no_longer_offered")
    form = definition_on(session, version.id, local_date(at)).form_at("filing", dossier.case_type)
    application = Application(
        begun_by=by.account_id,
        version_id=version.id,
        procedure_key=dossier.procedure_key,
        case_type=dossier.case_type,
        unit_id=acting_unit(session, dossier.unit, at).id,
        channel="counter",
        answers=dict(answers_at(form.schema, stored_answers(session, dossier))),
        pages=[],
        begun_at=at,
        changed_at=at,
        corrects_id=dossier.id,
        correction=reason.strip(),
        key=key,
    )
    session.add(application)
    session.flush()
    _same_papers(session, dossier, application)
    audit.record(session, "dossier.correct", by=by, at=at, kind="dossier", key=dossier.filing_number)
    session.flush()
    return application


def _begun(session: Session, dossier: Dossier, key: str) -> Application | None:
    question = select(Application).where(
        Application.corrects_id == dossier.id,
        (Application.key == key) | Application.dossier_id.is_(None),
    )
    return session.scalars(question.order_by(Application.id.desc()).limit(1)).first()


def _not_correctable(session: Session, dossier: Dossier, reason: str, by: Actor) -> Refusal | None:
    if not by.holds("reception", dossier.unit_id):
        return Refusal("dossiers.not_yours")
    if dossier.status != "returned":
        return Refusal("dossiers.not_now.correct")
    running = (
        select(Dossier)
        .join(Application, Application.dossier_id == Dossier.id)
        .where(Application.corrects_id == dossier.id, Dossier.status.not_in(CLOSED))
    )
    if (other := session.scalars(running.limit(1)).first()) is not None:
        return Refusal("dossiers.corrected_already", {"number": other.code or other.filing_number})
    return None if reason.strip() else Refusal("dossiers.reason_missing")


def _same_papers(session: Session, dossier: Dossier, application: Application) -> None:
    """What was handed in counts again: nobody is asked twice for a paper the office has."""
    old = session.scalars(select(Application).where(Application.dossier_id == dossier.id)).one()
    for document in documents_of(session, old.id):
        kept = ("component", "field", "name", "media_type", "size", "digest", "uploaded_by", "uploaded_at")
        values = {name: getattr(document, name) for name in kept}
        session.add(Document(application_id=application.id, **values))
