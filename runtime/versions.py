"""Which version reception pins: the one in force that day, once the applicant knows what it changes."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.problems import Refusal
from procedure_library.queries import definition_of, version_in_force
from procedure_library.transition import TransitionClause
from runtime.differences import difference
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.past import REDUCED
from runtime.reductions import Asker, one_reception_at_a_time


def version_at_reception(session: Session, dossier: Dossier, at: datetime) -> int | Refusal:
    """The version in force that day.

    Refused when it asks for what the applicant was never asked, and when it (or what the province decides
    beside it) changes an amount or the term: the dossier then goes back to be completed or confirmed.
    """
    in_force = version_in_force(session, dossier.procedure_key, local_date(at))
    if dossier.status != "submitted" or in_force is None:
        return dossier.version_id
    if in_force.id != dossier.version_id and TransitionClause.of(in_force.publication).defers(local_date(at)):
        return dossier.version_id
    law = definition_of(session, in_force.id)
    if law.case_type(dossier.case_type) is None:
        return Refusal("dossiers.case_type_gone", {"version": in_force.number})
    if REDUCED in law.reads:
        one_reception_at_a_time(session, Asker.of(dossier))
    changed = difference(session, application_of(session, dossier), at)
    if changed is None or not changed.must_be_confirmed:
        return in_force.id
    code = "dossiers.form_changed" if changed.problems else "dossiers.law_changed_since_filing"
    return Refusal(code, {"version": in_force.number})


def application_of(session: Session, dossier: Dossier) -> Application:
    """What the dossier was filed with."""
    return session.scalars(select(Application).where(Application.dossier_id == dossier.id)).one()
