"""Papers handed in: documents uploaded for components, and paper counted at the counter."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import IO

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from common import audit
from common.content import USUAL
from common.identity.actor import Actor
from common.problems import Problem, Refusal
from common.statements import numbered, run
from form_builder.kinds.words import clean
from runtime.engine.event import Paper
from runtime.holding import Held
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document
from runtime.office import office_of

LONGEST_NAME = 200
NAMELESS = "tệp"


def attach(
    session: Session,
    application: Application,
    *,
    component: str,
    name: str,
    source: IO[bytes],
    limit: int,
    by: Actor,
    at: datetime,
    field: str = "",
    kinds: Collection[str] = USUAL,
    promised: str = "",
) -> Document | Problem | Refusal:
    """Keeps a file for a component of the application, or of what the office has asked to complete.

    `limit` is the largest size in bytes, `field` the question of the form it answers, `promised` the digest that
    was told before. The name is what the person calls the file; only its content counts.
    """
    if refusal := not_open(session, application):
        return refusal
    where = field or f"papers.{component}"
    files = office_of(session).files
    stored = files.take_upload(source, limit=limit, where=where, kinds=kinds, promised=promised)
    if isinstance(stored, Problem):
        return stored
    document = Document(
        application_id=application.id,
        component=component,
        field=field,
        name=called(name),
        media_type=stored.kind,
        size=stored.size,
        digest=stored.digest,
        uploaded_by=by.account_id,
        uploaded_at=at,
    )
    session.add(document)
    _changed(application, at)
    session.flush()
    _note(session, "document.attached", application, document, by, at)
    return document


def detach(
    session: Session, application: Application, document: Document, *, by: Actor, at: datetime
) -> Refusal | None:
    """Takes a document back while nobody has relied on it: not sent yet, or returned for completion."""
    if refusal := _closed(session, application, "awaiting_completion"):
        return refusal
    _note(session, "document.detached", application, document, by, at)
    session.delete(document)
    _changed(application, at)
    session.flush()
    return None


def called(name: str) -> str:
    """What a person calls the file: without folders and letters that nobody sees, its ending kept."""
    return clean(name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:].strip() or NAMELESS


def not_open(session: Session, application: Application) -> Refusal | None:
    """Why nothing can be handed in now; None while it can."""
    return _closed(session, application, "awaiting_completion", "awaiting_supplement")


def _changed(application: Application, at: datetime) -> None:
    """Who attaches papers is still at it: what is not sent yet is kept from now on."""
    if application.dossier_id is None:
        application.changed_at = at


def _closed(session: Session, application: Application, *open_in: str) -> Refusal | None:
    """Why papers cannot change now; None while they can."""
    if application.dossier_id is None:
        return None
    dossier = session.get_one(Dossier, application.dossier_id)
    if dossier.status in open_in:
        return None
    return Refusal("dossiers.papers_closed", {"number": dossier.filing_number})


def documents_of(session: Session, application_id: int) -> tuple[Document, ...]:
    """The documents of an application, the oldest first."""
    question = select(Document).where(Document.application_id == application_id).order_by(Document.id)
    return tuple(session.scalars(question))


_FILES = """
select component, count(*) from documents where application_id = {application} and component <> ''
group by component order by min(id)
"""
_OF_DOSSIER = numbered(_FILES.format(application="(select id from applications where dossier_id = %s)"))
_OF_APPLICATION = numbered(_FILES.format(application="%s"))


def counted(session: Session, dossier: Held, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers with the files that were uploaded for each; components with files alone come last."""
    return _with(papers, run(session, _OF_DOSSIER, (dossier.id,)))


def with_files(session: Session, application_id: int, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The same of an application."""
    session.flush()
    return _with(papers, run(session, _OF_APPLICATION, (application_id,)))


def _with(papers: Sequence[Paper], found: Sequence[tuple[str, int]]) -> tuple[Paper, ...]:
    files, on_paper = Counter(dict(found)), {paper.component for paper in papers}
    return (
        *(replace(paper, files=files[paper.component]) for paper in papers),
        *(Paper(component, files=count) for component, count in files.items() if component not in on_paper),
    )


def _note(
    session: Session, act: str, application: Application, document: Document, by: Actor, at: datetime
) -> None:
    key = str(application.id)
    audit.record(session, act, by=by, at=at, kind="application", key=key, document=document.id)
