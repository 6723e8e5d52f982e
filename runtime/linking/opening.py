"""A child is opened: filed and received by the machine for the applicant of the dossier that calls it, all or nothing.

No lock is held on the calling dossier: what comes of it is a message, heard in a transaction of its own.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import machine
from common.identity.functions import unit_with
from common.identity.models import Unit
from common.jobs import Work, defer, job
from common.messages import message_of
from common.problems import Problem, Refusal
from procedure_library.compiled import Compiled
from procedure_library.linking import Call
from procedure_library.queries import definition_on, version_in_force
from runtime import dossiers, filing
from runtime.addressing import carries_out
from runtime.engine.linked import Child
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.handed_in import documents_of
from runtime.intake import not_taken
from runtime.judged import definition_of_dossier
from runtime.linking.handing_on import handed_on, papers_handed_on
from runtime.linking.hearing import could_not_open
from runtime.linking.part import Part, child_of
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document
from runtime.versions import application_of
from runtime.worlds import acting_unit, parties_of, stored_answers

BY = machine("calls")
# As many of what is wrong as a reason has room for.
MOST_PROBLEMS = 5


@job("calls.open", retries=8)
def open_child(work: Work, *, dossier_id: int, number: int) -> None:
    """Opens it once; where it cannot be opened, the dossier that calls hears why."""
    open_once(work, dossier_id, number)


def open_once(work: Work, dossier_id: int, number: int) -> None:
    """The child is there after the first time; one that is wanted no more is not opened."""
    _one_at_a_time(work.session, dossier_id, number)
    parent = work.session.get_one(Dossier, dossier_id)
    found: Dossier | tuple[Problem, ...] | Refusal | None = child_of(work.session, dossier_id, number)
    if found is None:
        child = _wanted(parent, number)
        if child is None:
            return
        found = _opened(work, parent, child)
    if isinstance(found, Dossier):
        defer(work.session, "calls.opened", dossier_id=found.id)
    else:
        could_not_open(work, parent, number, _said(found))


def _one_at_a_time(session: Session, dossier_id: int, number: int) -> None:
    """Until the transaction ends nobody else opens this child: who waited finds it. The dossier itself stays free."""
    whose = f"child {number} of {dossier_id}"
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(whose, 0))))


def _wanted(parent: Dossier, number: int) -> Child | None:
    children = from_plain(State, parent.state).children
    return next((c for c in children if c.number == number and not c.ended and not c.dropped), None)


def _opened(work: Work, parent: Dossier, child: Child) -> Dossier | tuple[Problem, ...] | Refusal:
    call = definition_of_dossier(work.session, parent).step(child.step).call
    assert call is not None
    law = _law(work, call)
    if isinstance(law, Refusal):
        return law
    version_id, compiled = law
    unit = _unit(work, parent, call, compiled)
    if isinstance(unit, Refusal):
        return unit
    with work.session.begin_nested() as whole:
        application = _application(work, parent, call, version_id, compiled, unit)
        papers = papers_handed_on(from_plain(State, parent.state).papers, call.papers)
        part = Part(parent, child.number)
        done = filing.file(
            work.session, application, papers=papers, confirmed=True, by=BY, at=work.at, part=part
        )
        if isinstance(done, Dossier):
            done = dossiers.accept(work.session, done, papers=papers, by=BY, at=work.at)
        if not isinstance(done, Dossier):
            whole.rollback()
    return done


def _law(work: Work, call: Call) -> tuple[int, Compiled] | Refusal:
    """The version in force today, where it offers the case type to callers."""
    today = local_date(work.at)
    if refusal := not_taken(work.session, call.procedure, today):
        return refusal
    version = version_in_force(work.session, call.procedure, today)
    compiled = definition_on(work.session, version.id, today) if version else None
    offers = compiled.definition.interface if compiled else None
    if version is None or compiled is None or offers is None or call.case_type not in offers.case_types:
        return Refusal("dossiers.call_not_offered", {"procedure": call.procedure})
    return version.id, compiled


def _unit(work: Work, parent: Dossier, call: Call, compiled: Compiled) -> Unit | Refusal:
    """Who opens it: the nearest unit with the function, or the one that receives the dossier that calls."""
    receiving = work.session.get_one(Unit, parties_of(parent).units["receiving"])
    unit: Unit | Refusal = acting_unit(work.session, receiving, work.at)
    if call.function:
        unit = unit_with(work.session, call.function, receiving, local_date(work.at))
    if isinstance(unit, Unit) and not carries_out(compiled.definition, unit):
        return Refusal("dossiers.unit_does_not_receive")
    return unit


def _application(
    work: Work, parent: Dossier, call: Call, version_id: int, compiled: Compiled, unit: Unit
) -> Application:
    filed = application_of(work.session, parent)
    form = compiled.form_at("filing", call.case_type)
    application = Application(
        owner_id=parent.owner_id,
        begun_by=filed.begun_by,
        version_id=version_id,
        procedure_key=call.procedure,
        case_type=call.case_type,
        unit_id=unit.id,
        channel=parent.channel,
        answers=handed_on(stored_answers(work.session, parent), call.passes, form),
        pages=[],
        begun_at=work.at,
        changed_at=work.at,
        corrects_id=_corrected(work.session, parent, call.procedure),
    )
    work.session.add(application)
    work.session.flush()
    for document in documents_of(work.session, filed.id):
        for passing in call.papers:
            if document.component == passing.source:
                work.session.add(_copy(document, application, passing.target))
    return application


def _corrected(session: Session, parent: Dossier, procedure: str) -> int | None:
    """Where the dossier that calls puts a result right, its part puts right the part of then, and owes nothing."""
    corrects = application_of(session, parent).corrects_id
    if corrects is None:
        return None
    question = select(Dossier.id).where(Dossier.parent_id == corrects, Dossier.procedure_key == procedure)
    return session.scalars(question.order_by(Dossier.id.desc()).limit(1)).first()


def _copy(document: Document, application: Application, component: str) -> Document:
    kept = ("name", "media_type", "size", "digest", "uploaded_by", "uploaded_at")
    values = {name: getattr(document, name) for name in kept}
    return Document(application_id=application.id, component=component, field="", **values)


def _said(no: tuple[Problem, ...] | Refusal) -> str:
    """Why, as the history of the calling dossier tells it."""
    if isinstance(no, Refusal):
        return message_of(no).text
    return "; ".join(f"{problem.where}: {message_of(problem).text}" for problem in no[:MOST_PROBLEMS])
