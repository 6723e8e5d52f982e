"""Filling in and sending: begin, save a page, attach papers, see amount and date, submit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.identity.actor import Actor
from common.identity.models import Account, Unit
from common.problems import Problem, Refusal
from form_builder.answers import merge
from form_builder.judge import judge
from form_builder.moments import answers_at
from form_builder.prefill import prefill
from form_builder.visibility import prune
from procedure_library.definition import Definition
from procedure_library.models import Version
from procedure_library.queries import definition_of, definition_on, version_in_force
from runtime import filing
from runtime.addressing import not_here, readdress
from runtime.applicants import profile_of
from runtime.engine.event import Paper
from runtime.handed_in import attach, detach, documents_of
from runtime.intake import not_taken
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.quotes import Quote, quote

__all__ = [
    "Quote",
    "attach",
    "begin",
    "detach",
    "discard",
    "documents_of",
    "follow_the_law",
    "quote",
    "readdress",
    "save_page",
    "submit",
]


def begin(
    session: Session,
    *,
    procedure_key: str,
    case_type: str,
    unit_id: int,
    channel: str,
    key: str = "",
    by: Actor,
    at: datetime,
) -> Application | Refusal:
    """A new application, with what the account already knows filled in.

    An official of the unit's reception begins one for somebody at the counter; its owner then is nobody. `key` is that
    of the form ("": none): posted twice, it begins one.
    """
    if (begun := _begun(session, key, by)) is not None:
        return begun
    if refusal := not_taken(session, procedure_key, local_date(at)):
        return refusal
    version = version_in_force(session, procedure_key, local_date(at))
    if version is None:
        return Refusal("dossiers.no_such_procedure", {"procedure": procedure_key})
    definition = definition_of(session, version.id).definition
    unit = session.get(Unit, unit_id)
    refusal = _not_offered(definition, case_type, channel) or not_here(
        definition, unit, by, channel, local_date(at)
    )
    if refusal is not None:
        return refusal
    owner = session.get_one(Account, by.account_id) if by.kind == "citizen" else None
    application = Application(
        owner_id=owner.id if owner else None,
        begun_by=by.account_id,
        version_id=version.id,
        procedure_key=procedure_key,
        case_type=case_type,
        unit_id=unit_id,
        channel=channel,
        answers=_first_answers(session, version, case_type, owner, at),
        pages=[],
        begun_at=at,
        changed_at=at,
        key=key or None,
    )
    return _written(session, application, by)


def save_page(
    session: Session,
    application: Application,
    page: str,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> tuple[Problem, ...] | Refusal:
    """Keeps what was typed on the page, right or wrong, and answers what is wrong with it."""
    if refusal := filing.closed(session, application):
        return refusal
    form = definition_on(session, application.version_id, local_date(at)).form_of((page,))
    asked = form.schema.get("properties", {})
    application.answers = merge(application.answers, answers, asked)
    if page not in application.pages:
        application.pages = [*application.pages, page]
    application.changed_at = at
    session.flush()
    return judge(form, prune(form, answers_at(form.schema, application.answers)))


def discard(session: Session, application: Application, *, by: Actor, at: datetime) -> Refusal | None:
    """Throws an application away that was never sent, with its documents."""
    if application.dossier_id is not None:
        sent = session.get_one(Dossier, application.dossier_id)
        return Refusal("dossiers.sent_already", {"number": sent.filing_number})
    for document in documents_of(session, application.id):
        session.delete(document)
    session.flush()
    session.delete(application)
    audit.record(session, "application.discarded", by=by, at=at, kind="application", key=str(application.id))
    session.flush()
    return None


def submit(
    session: Session,
    application: Application,
    *,
    papers: Sequence[Paper] = (),
    confirmed: bool = False,
    once: str = "",
    by: Actor,
    at: datetime,
) -> Dossier | tuple[Problem, ...] | Refusal:
    """Sends it: judged against the version in force, given a filing number, put before reception.

    What reception had returned for completion is sent again the same way. `confirmed`: the applicant has seen
    what the law in force changes by now (`differences.difference`).
    """
    return filing.file(session, application, papers=papers, confirmed=confirmed, once=once, by=by, at=at)


def follow_the_law(session: Session, application: Application, *, by: Actor, at: datetime) -> Refusal | None:
    """The form becomes that of the version in force; every answer and paper stays, new questions are open."""
    if refusal := filing.closed(session, application):
        return refusal
    version = version_in_force(session, application.procedure_key, local_date(at))
    if version is None or definition_of(session, version.id).case_type(application.case_type) is None:
        return Refusal("dossiers.no_longer_offered")
    before, application.version_id, application.changed_at = application.version_id, version.id, at
    key = str(application.id)
    numbers = {"before": before, "version": version.id}
    audit.record(session, "application.follows_the_law", by=by, at=at, kind="application", key=key, **numbers)
    session.flush()
    return None


def _written(session: Session, application: Application, by: Actor) -> Application:
    """The application; that of the other click of a double click, where that one was first."""
    try:
        with session.begin_nested():
            session.add(application)
    except IntegrityError:
        begun = _begun(session, application.key or "", by)
        if begun is None:
            raise
        return begun
    key, at = str(application.id), application.begun_at
    audit.record(session, "application.begun", by=by, at=at, kind="application", key=key)
    return application


def _begun(session: Session, key: str, by: Actor) -> Application | None:
    """What this person has begun by the page with that key."""
    if not key:
        return None
    mine = (Application.key == key, Application.begun_by == by.account_id)
    return session.scalars(select(Application).where(*mine)).first()


def _not_offered(definition: Definition, case_type: str, channel: str) -> Refusal | None:
    if not definition.stands_alone:
        return Refusal(
            "dossiers.only_called", {"procedure": definition.name.vi, "procedure_en": definition.name.en}
        )
    if case_type not in {kind.key for kind in definition.case_types}:
        return Refusal("dossiers.no_such_case_type", {"case_type": case_type})
    if channel not in definition.channels:
        return Refusal("dossiers.channel_not_offered", {"channel": channel})
    return None


def _first_answers(
    session: Session, version: Version, case_type: str, owner: Account | None, at: datetime
) -> dict[str, Any]:
    if owner is None:
        return {}
    form = definition_on(session, version.id, local_date(at)).form_at("filing", case_type)
    return prefill(form, profile_of(owner))
