"""One old dossier becomes one of this house: in a transaction that takes it back whole when something is in its way."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.problems import Refusal
from common.text import folded
from runtime.acts import answers_ref, enter
from runtime.engine.advance import Advance, advance
from runtime.engine.codes import DossierCode
from runtime.engine.context import Context
from runtime.engine.machine_events import Import
from runtime.engine.state import State
from runtime.happening import Said
from runtime.importing.rows import OldDossier
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.numbers import count_at_least
from runtime.office import office_of
from runtime.worlds import context_of_filing

IMPORTER = machine("import")
# Filing numbers of this house begin with "N-".
PREFIX = "C-"


def take_over(session: Session, old: OldDossier, *, account_id: int, at: datetime) -> Dossier | Refusal:
    """The dossier with its first event; a Refusal when it is here by now, or cannot stand where it stood."""
    try:
        with session.begin_nested() as whole:
            made = _take_over(session, old, account_id, at)
            if isinstance(made, Refusal):
                whole.rollback()
            return made
    except IntegrityError:
        return Refusal("dossiers.imported_already", {"code": old.imported.code})


def _take_over(session: Session, old: OldDossier, account_id: int, at: datetime) -> Dossier | Refusal:
    application = _application(old, account_id)
    session.add(application)
    session.flush()
    decided = _decided(session, old, application, at)
    if isinstance(decided, Refusal):
        return decided
    dossier = _dossier(session, old)
    said = Said(answers=dict(old.answers), reason=old.history)
    enter(session, dossier, decided.event, said, decided.context, decided.advanced)
    # It was finished then, not now.
    dossier.finished_at = old.imported.finished_at
    application.dossier_id = dossier.id
    _count(session, old)
    session.flush()
    return dossier


@dataclass(frozen=True, slots=True)
class _Decided:
    event: Import
    context: Context
    advanced: Advance


def obstacle(session: Session, old: OldDossier, *, at: datetime) -> Refusal | None:
    """What would keep it from standing where it stood; writes nothing."""
    decided = _decided(session, old, _application(old, 0), at)
    return decided if isinstance(decided, Refusal) else None


def _decided(session: Session, old: OldDossier, application: Application, at: datetime) -> _Decided | Refusal:
    context = context_of_filing(session, application, old.version_id, at, old.answers)
    ref = answers_ref(State(), old.answers)
    event = Import(by=IMPORTER, at=at, imported=old.imported, answers=ref, reason=old.history)
    advanced = advance(context, State(), event)
    return advanced if isinstance(advanced, Refusal) else _Decided(event, context, advanced)


def _application(old: OldDossier, account_id: int) -> Application:
    filed = old.imported.submitted_at
    return Application(
        begun_by=account_id,
        version_id=old.version_id,
        procedure_key=old.procedure_key,
        case_type=old.case_type,
        unit_id=old.unit.id,
        channel=old.channel,
        answers=dict(old.answers),
        pages=[],
        begun_at=filed,
        changed_at=filed,
        sent_at=filed,
    )


def _dossier(session: Session, old: OldDossier) -> Dossier:
    person = old.applicant
    return Dossier(
        filing_number=f"{PREFIX}{old.imported.code}",
        code=old.imported.code,
        version_id=old.version_id,
        procedure_key=old.procedure_key,
        case_type=old.case_type,
        channel=old.channel,
        unit=old.unit,
        solving_unit=old.unit,
        applicant=person.to_json(),
        applicant_folded=folded(person.full_name),
        identity_hash=person.hash_of_number(office_of(session).identity_key),
        locale="vi",
        submitted_at=old.imported.submitted_at,
        events=0,
    )


def _count(session: Session, old: OldDossier) -> None:
    """Where the code is the unit's own, its counter goes on behind it."""
    code = DossierCode.read(old.imported.code)
    if code is not None and code.unit == old.unit.code:
        count_at_least(session, old.unit.id, code)
