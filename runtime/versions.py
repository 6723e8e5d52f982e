"""Which version reception pins: the one in force that day, once the applicant knows what it changes."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.problems import Refusal
from procedure_library.compiled import Compiled
from procedure_library.queries import version_in_force
from procedure_library.remembered import Remembered
from procedure_library.transition import TransitionClause
from runtime.differences import difference, filed_at
from runtime.engine.settings import ids_of
from runtime.holding import Held
from runtime.judged import definition_held
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.past import REDUCED
from runtime.reductions import Asker, one_reception_at_a_time
from runtime.worlds import world_of


def version_at_reception(session: Session, dossier: Held, at: datetime) -> int | Refusal:
    """The version in force that day.

    Refused when it asks for what the applicant was never asked, and when it (or what the province decides
    beside it) changes an amount or the term: the dossier then goes back to be completed or confirmed.
    """
    in_force = _in_force(session, dossier, local_date(at))
    if dossier.status != "submitted" or in_force is None:
        return dossier.version_id
    if in_force.id != dossier.version_id and in_force.clause.defers(local_date(at)):
        return dossier.version_id
    law = definition_held(session, dossier, in_force.id)
    if law.case_type(dossier.case_type) is None:
        return Refusal("dossiers.case_type_gone", {"version": in_force.number})
    if REDUCED in law.reads:
        one_reception_at_a_time(session, Asker.of(dossier))
    elif _is_law_of_filing(session, dossier, law, in_force.id, at):
        return in_force.id
    changed = difference(session, application_of(session, dossier), at)
    if changed is None or not changed.must_be_confirmed:
        return in_force.id
    code = "dossiers.form_changed" if changed.problems else "dossiers.law_changed_since_filing"
    return Refusal(code, {"version": in_force.number})


@dataclass(frozen=True, slots=True)
class InForce:
    """A version of a procedure by its row and its number, and what its publication says of dossiers under way."""

    id: int
    number: int
    clause: TransitionClause


IN_FORCE: Remembered[InForce | None] = Remembered(most=1_000)


def _in_force(session: Session, held: Held, on: date) -> InForce | None:
    """The version in force that day; the process remembers it."""

    def read() -> InForce | None:
        found = version_in_force(session, held.procedure_key, on)
        return InForce(found.id, found.number, TransitionClause.of(found.publication)) if found else None

    return IN_FORCE.get((held.stamp, held.procedure_key, on), read)


def _is_law_of_filing(session: Session, held: Held, law: Compiled, version_id: int, at: datetime) -> bool:
    """Whether nothing can have changed: filed on the same day, by the same version and local amounts."""
    same_day = local_date(filed_at(held.state)) == local_date(at)
    if law.asks_places or not same_day or held.version_id != version_id:
        return False
    return held.state.settings == ids_of(world_of(session, law, held, local_date(at)).reference.parameters)


def application_of(session: Session, dossier: Dossier | Held) -> Application:
    """What the dossier was filed with."""
    return session.scalars(select(Application).where(Application.dossier_id == dossier.id)).one()
