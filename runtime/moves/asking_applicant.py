"""The request that follows a move: which questions the applicant has to answer anew, and by which basis."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.problems import Refusal
from form_builder.faults import called
from procedure_library.queries import definition_of
from runtime.acts import happen
from runtime.engine.events import AskAgain
from runtime.happening import Said
from runtime.holding import Held, hold
from runtime.letters.phrases import phrase
from runtime.models.dossiers import Dossier


def ask_applicant(
    session: Session, dossier: Dossier, places: Sequence[str], *, basis: str, by: Actor, at: datetime
) -> Refusal | None:
    """Mẫu 02, with the questions by their names."""
    held = hold(session, dossier.id)
    reason = phrase(
        "answer_again", dossier.locale, basis=basis, places="; ".join(_named(session, held, places))
    )
    return happen(session, held, AskAgain(by=by, at=at, reason=reason), Said(reason=reason))


def _named(session: Session, held: Held, places: Sequence[str]) -> list[str]:
    form = definition_of(session, held.version_id).form_at("filing", held.case_type)
    return [called(form, place, held.locale) for place in places]
