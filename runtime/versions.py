"""What changes when another version has come into force between filing and reception."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from common.clock import local_date
from common.problems import Refusal
from procedure_library.queries import definition_of, version_in_force
from runtime.judging import judged_as_filed
from runtime.models.dossiers import Dossier
from runtime.worlds import stored_answers


def version_at_reception(session: Session, dossier: Dossier, at: datetime) -> int | Refusal:
    """The version that reception pins: the one in force that day.

    Refused when its form asks for what the applicant was never asked: the dossier then goes back for
    completion, where the applicant sees the new form.
    """
    in_force = version_in_force(session, dossier.procedure_key, local_date(at))
    if dossier.status != "submitted" or in_force is None or in_force.id == dossier.version_id:
        return dossier.version_id
    if unfit(session, in_force.id, dossier.case_type, stored_answers(session, dossier)):
        return Refusal("dossiers.form_changed", {"version": in_force.number})
    return in_force.id


def unfit(session: Session, version_id: int, case_type: str, answers: Mapping[str, Any]) -> bool:
    """Whether the answers do not do for that version: another form, or no such case type any more."""
    compiled = definition_of(session, version_id)
    if compiled.case_type(case_type) is None:
        return True
    return isinstance(judged_as_filed(compiled, case_type, answers), tuple)
