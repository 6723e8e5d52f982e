"""Result letters: written by whoever drew the procedure, typeset apart."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.models import Account
from common.typesetting.sandbox import typeset_apart
from procedure_library.queries import definition_of
from runtime.judged import definition_of_dossier
from runtime.letters import phrases
from runtime.letters.answers_told import answers_told
from runtime.letters.heads import heading
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.papers import Decision, Letter
from runtime.worlds import stored_answers

LANGUAGE = "vi"


def typeset_result(session: Session, dossier: Dossier, letter: Letter) -> bytes:
    """The PDF of a letter of the definition."""
    definition = definition_of(session, dossier.version_id).definition
    source = next(own.source for own in definition.letters if own.key == letter.key)
    return typeset_apart(source, result_data(session, dossier, letter))


def result_data(session: Session, dossier: Dossier, letter: Letter) -> dict[str, Any]:
    """What a definition's letter may print (docs/formats.md): head, answers raw and in words, the decision."""
    compiled = definition_of_dossier(session, dossier)
    answers = stored_answers(session, dossier)
    decision = _decision_of(session, letter)
    return {
        **heading(session, dossier, compiled.definition, "result", letter.number, letter.issued_at, LANGUAGE),
        "words": phrases.words("result", LANGUAGE),
        "language": LANGUAGE,
        "official": session.get_one(Account, _signing(session, letter, decision)).full_name,
        **answers_told(compiled.whole_form, answers, LANGUAGE),
        "decision": _told(decision) if decision else UNDECIDED,
    }


# What stands in a letter that is printed before anybody has decided.
UNDECIDED = {"ending": "", "reason": "", "decided_at": "", "decided_on": "", "legal_basis": []}


def _told(decision: Decision) -> dict[str, Any]:
    return {
        "ending": decision.ending,
        "reason": decision.reason,
        "decided_at": phrases.instant(decision.decided_at, LANGUAGE),
        "decided_on": phrases.day(local_date(decision.decided_at), LANGUAGE),
        "legal_basis": [f"{c['number']}: {c['title']['vi']}" for c in decision.legal_basis],
    }


def _signing(session: Session, letter: Letter, decision: Decision | None) -> int | None:
    """Who signs: whoever decided; whoever printed it at a task."""
    if decision is not None and letter.kind == "result":
        return decision.signatory_id
    return session.get_one(DossierEvent, (letter.dossier_id, letter.event)).account_id


def _decision_of(session: Session, letter: Letter) -> Decision | None:
    """The decision that the letter carries out: the last one before it was issued; None: there was none yet."""
    question = (
        select(Decision)
        .where(Decision.dossier_id == letter.dossier_id, Decision.event <= letter.event)
        .order_by(Decision.event.desc())
        .limit(1)
    )
    return session.scalars(question).one_or_none()
