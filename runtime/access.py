"""Who may see what, inside the queries: what is not the actor's is not found."""

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session, aliased

from common.identity.actor import Actor
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document, Letter
from runtime.models.tasks import Task
from runtime.models.uploads import Upload

# Letters that officials print among themselves, or send elsewhere.
FOR_OFFICIALS = ("own",)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Part of every query for dossiers: whose they are."""
    if actor.kind == "citizen":
        return Dossier.owner_id == actor.account_id
    if actor.kind == "official" and (units := sorted(actor.units())):
        return or_(
            Dossier.unit_id.in_(units), Dossier.solving_unit_id.in_(units), Dossier.carried_by_id.in_(units)
        )
    return false()


def open_to(actor: Actor) -> ColumnElement[bool]:
    """Part of the query for one dossier: theirs, a part of theirs, or one of which a unit of theirs works or worked."""
    if actor.kind != "official" or not actor.posts:
        return visible_to(actor)
    units = sorted(actor.units())
    works = select(Task.id).where(Task.dossier_id == Dossier.id, Task.unit_id.in_(units))
    whole = aliased(Dossier)
    a_part = select(whole.id).where(
        whole.id == Dossier.parent_id, or_(whole.unit_id.in_(units), whole.solving_unit_id.in_(units))
    )
    return or_(visible_to(actor), works.exists(), a_part.exists())


def task_for(session: Session, task_id: int, actor: Actor) -> Task | None:
    """The task, when one of the actor's posts covers it; None otherwise. Finished tasks are found too."""
    task = session.get(Task, task_id)
    return task if task is not None and (task.unit_id, task.role) in actor.posts else None


def task_led_by(session: Session, task_id: int, actor: Actor) -> Task | None:
    """The task, when the actor directs the work of its unit; None otherwise."""
    task = session.get(Task, task_id)
    leads = task is not None and actor.units("leader", "approver") >= {task.unit_id}
    return task if leads else None


def application_for(session: Session, application_id: int, actor: Actor) -> Application | None:
    """The application, when the actor owns it, or receives for its unit at the counter; None otherwise."""
    application = session.get(Application, application_id)
    if application is None:
        return None
    if application.owner_id is not None:
        return application if application.owner_id == actor.account_id else None
    return application if actor.holds("reception", application.unit_id) else None


def letter_for(session: Session, letter_id: int, actor: Actor) -> Letter | None:
    """A letter of a dossier that the actor may see; None otherwise."""
    question = (
        select(Letter)
        .join(Dossier, Dossier.id == Letter.dossier_id)
        .where(Letter.id == letter_id, open_to(actor))
        .where(Letter.kind.not_in(() if actor.kind == "official" else FOR_OFFICIALS))
    )
    return session.scalars(question).one_or_none()


def upload_for(session: Session, key: str, actor: Actor) -> Upload | None:
    """A file on its way, for who fills in its application, and for the official who began it for a dossier."""
    upload = session.get(Upload, key)
    if upload is None or application_for(session, upload.application_id, actor) is not None:
        return upload
    question = (
        select(Dossier.id)
        .join(Application, Application.dossier_id == Dossier.id)
        .where(Application.id == upload.application_id, open_to(actor))
    )
    began = upload.begun_by == actor.account_id and actor.kind == "official"
    return upload if began and session.scalars(question).one_or_none() is not None else None


def document_for(session: Session, document_id: int, actor: Actor) -> Document | None:
    """A document of an application or dossier that the actor may see; None otherwise."""
    document = session.get(Document, document_id)
    if document is None:
        return None
    if application_for(session, document.application_id, actor) is not None:
        return document
    question = (
        select(Dossier.id)
        .join(Application, Application.dossier_id == Dossier.id)
        .where(Application.id == document.application_id, open_to(actor))
    )
    return document if session.scalars(question).one_or_none() is not None else None
