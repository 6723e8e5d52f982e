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
from runtime.models.dossiers import Dossier
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
    signatory = session.get_one(Account, decision.signatory_id)
    return {
        **heading(session, dossier, compiled.definition, "result", letter.number, letter.issued_at, LANGUAGE),
        "words": phrases.words("result", LANGUAGE),
        "language": LANGUAGE,
        "official": signatory.full_name,
        **answers_told(compiled.whole_form, answers, LANGUAGE),
        "decision": {
            "ending": decision.ending,
            "reason": decision.reason,
            "decided_at": phrases.instant(decision.decided_at, LANGUAGE),
            "decided_on": phrases.day(local_date(decision.decided_at), LANGUAGE),
            "legal_basis": [f"{c['number']}: {c['title']['vi']}" for c in decision.legal_basis],
        },
    }


def _decision_of(session: Session, letter: Letter) -> Decision:
    """The decision that the letter carries out: the last one before it was issued."""
    question = (
        select(Decision)
        .where(Decision.dossier_id == letter.dossier_id, Decision.event <= letter.event)
        .order_by(Decision.event.desc())
        .limit(1)
    )
    return session.scalars(question).one()
