"""Sending an application: judged against the law in force, filed under a number, put before reception."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from common.clock import local_date
from common.db import locked
from common.identity.actor import Actor
from common.identity.models import Account, Unit
from common.problems import Problem, Refusal
from common.text import folded
from procedure_library.models import Version
from procedure_library.queries import definition_of, definition_on, last_version, version_in_force
from runtime.acts import answers_ref, enter, happen, named
from runtime.addressing import unit_closed
from runtime.answering import judged_as_filed, missing_to_file
from runtime.applicants import Applicant, applicant_of
from runtime.differences import difference
from runtime.enclosures import drop_unnamed, wrong_files
from runtime.engine.advance import advance
from runtime.engine.context import Context
from runtime.engine.event import Paper
from runtime.engine.events import Resubmit, Submit
from runtime.engine.state import State
from runtime.handed_in import with_files
from runtime.happening import Said
from runtime.holding import hold
from runtime.intake import not_taken
from runtime.linking.part import Part
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.numbers import filing_number
from runtime.office import office_of
from runtime.once import done_before
from runtime.paid import paid_otherwise
from runtime.worlds import context_of_filing


def closed(session: Session, application: Application) -> Refusal | None:
    """Why the application can no longer be changed; None while it can."""
    if application.dossier_id is None:
        return None
    dossier = session.get_one(Dossier, application.dossier_id)
    if dossier.status == "awaiting_completion":
        return None
    return Refusal("dossiers.sent_already", {"number": dossier.filing_number})


def sent_before(
    session: Session, application: Application, *, by: Actor, once: str
) -> Dossier | Refusal | None:
    """What the very form that asks has filed before; None: nothing."""
    if application.dossier_id is None or not once:
        return None
    dossier = session.get_one(Dossier, application.dossier_id)
    again = done_before(session, dossier, by=by, once=once)
    return dossier if again is True else again or None


def file(
    session: Session,
    application: Application,
    *,
    papers: Sequence[Paper],
    confirmed: bool,
    once: str = "",
    by: Actor,
    at: datetime,
    part: Part | None = None,
) -> Dossier | tuple[Problem, ...] | Refusal:
    """One filing number for one application, however often the button is pressed; what is refused changes nothing.

    `part`: that it is of another dossier.
    """
    locked(session, application)
    if (before := sent_before(session, application, by=by, once=once)) is not None:
        return before
    with session.begin_nested() as everything:
        who = {"by": by, "at": at, "once": once}
        sent = _filed(session, application, papers, who, part, confirmed=confirmed)
        if not isinstance(sent, Dossier):
            everything.rollback()
            session.expire(application)
        return sent


def _filed(
    session: Session,
    application: Application,
    papers: Sequence[Paper],
    who: Mapping[str, Any],
    part: Part | None,
    *,
    confirmed: bool,
) -> Dossier | tuple[Problem, ...] | Refusal:
    by, at = who["by"], who["at"]
    if refusal := closed(session, application):
        return refusal
    version = law_of_filing(session, application, local_date(at))
    if isinstance(version, Refusal):
        return version
    if refusal := unit_closed(session, application, local_date(at)):
        return refusal
    if not confirmed and difference(session, application, at) is not None:
        return Refusal("dossiers.law_changed", {"version": version.number})
    compiled = definition_on(session, version.id, local_date(at))
    said = judged_as_filed(compiled, application.case_type, application.answers)
    if isinstance(said, tuple):
        return said
    form = definition_of(session, version.id).form_at("filing", application.case_type)
    if wrong := wrong_files(session, application.id, form, said):
        return wrong
    drop_unnamed(session, application, form, said, by=by, at=at)
    handed_in = with_files(session, application.id, papers)
    context = context_of_filing(session, application, version.id, at, said)
    missing = missing_to_file(context, State(), handed_in, at)
    if isinstance(missing, Refusal) or missing:
        return missing
    if refusal := _paid_otherwise(session, application, said):
        return refusal
    application.version_id, application.answers = version.id, said
    if application.dossier_id is not None:
        return _again(session, application, said, handed_in, who)
    return _first(session, application, context, said, handed_in, who, part)


def law_of_filing(session: Session, application: Application, on: date) -> Version | Refusal:
    """The version by which it is sent that day.

    What was sent before intake paused or the procedure was retired goes on, and so does the office's duty to put its
    own error right.
    """
    key = application.procedure_key
    if application.dossier_id is None and application.corrects_id is None:
        refusal, version = not_taken(session, key, on), version_in_force(session, key, on)
    else:
        refusal, version = None, last_version(session, key, on)
    if refusal is not None:
        return refusal
    if version is None or definition_of(session, version.id).case_type(application.case_type) is None:
        return Refusal("dossiers.no_longer_offered")
    return version


def _paid_otherwise(session: Session, application: Application, said: Mapping[str, Any]) -> Refusal | None:
    if application.dossier_id is None:
        return None
    return paid_otherwise(session, application, session.get_one(Dossier, application.dossier_id), said)


def _first(
    session: Session,
    application: Application,
    context: Context,
    said: Mapping[str, Any],
    papers: tuple[Paper, ...],
    who: Mapping[str, Any],
    part: Part | None,
) -> Dossier | Refusal:
    corrected = session.get(Dossier, application.corrects_id) if application.corrects_id else None
    if corrected is not None:
        # The applicant of the old dossier follows this one too.
        application.owner_id = corrected.owner_id
    corrects = corrected.filing_number if corrected else ""
    said_ref, caller, at = answers_ref(State(), said), part.caller if part else None, who["at"]
    event = Submit(**who, answers=said_ref, papers=papers, corrects=corrects, caller=caller)
    advanced = advance(context, State(), event)
    if isinstance(advanced, Refusal):
        return named(session, advanced)
    dossier = _new_dossier(session, application, context, said, at)
    if part is not None:
        dossier.parent_id, dossier.child_number = part.of.id, part.number
    enter(session, dossier, event, Said(answers=said), context, advanced)
    application.dossier_id, application.sent_at = dossier.id, at
    session.flush()
    return dossier


def _again(
    session: Session,
    application: Application,
    said: Mapping[str, Any],
    papers: tuple[Paper, ...],
    who: Mapping[str, Any],
) -> Dossier | Refusal:
    dossier = locked(session, session.get_one(Dossier, application.dossier_id))
    _write_applicant(session, dossier, _applicant(session, application, said, who["at"]))
    application.sent_at = who["at"]
    held = hold(session, dossier.id)
    event = Resubmit(**who, answers=answers_ref(held.state, said), papers=papers)
    return happen(session, held, event, Said(answers=said), version_id=application.version_id) or dossier


def _new_dossier(
    session: Session, application: Application, context: Context, said: Mapping[str, Any], at: datetime
) -> Dossier:
    unit = session.get_one(Unit, application.unit_id)
    owner = session.get(Account, application.owner_id) if application.owner_id else None
    dossier = Dossier(
        filing_number=filing_number(session, unit, at),
        version_id=context.version,
        procedure_key=application.procedure_key,
        case_type=application.case_type,
        channel=application.channel,
        unit=unit,
        solving_unit=unit,
        owner_id=application.owner_id,
        locale=owner.locale if owner else "vi",
        submitted_at=at,
        events=0,
    )
    _write_applicant(session, dossier, _applicant(session, application, said, at))
    return dossier


def _applicant(
    session: Session, application: Application, said: Mapping[str, Any], at: datetime
) -> Applicant:
    owner = session.get(Account, application.owner_id) if application.owner_id else None
    form = definition_on(session, application.version_id, local_date(at)).whole_form
    return applicant_of(form, said, owner)


def _write_applicant(session: Session, dossier: Dossier, applicant: Applicant) -> None:
    dossier.applicant = applicant.to_json()
    dossier.applicant_folded = folded(applicant.full_name)
    dossier.identity_hash = applicant.hash_of_number(office_of(session).identity_key)
