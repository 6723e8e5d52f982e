"""What every page about one dossier tells, to its applicant and to officials alike."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from common.clock import local_date
from common.i18n import language
from form_builder.summary import Section, summary
from procedure_library.reference import calendar_for
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Deadline, derive
from runtime import applications, queries
from runtime.queries import DossierView
from runtime.views.components import Group, needed_papers
from runtime.views.reasons import day_by_day, reasoned


def told(session: Session, view: DossierView) -> dict[str, Any]:
    """Answers, papers, letters, amounts, term and history, as templates/dossier shows them."""
    documents = applications.documents_of(session, view.application.id)
    evaluations = [Evaluation.from_json(row.body) for row in queries.evaluations_of(session, view.dossier)]
    return {
        "view": view,
        "sections": answers_told(view),
        "needs": _papers(view, evaluations, documents),
        "others": [document for document in documents if not document.component],
        "letters": queries.letters_of(session, view.dossier),
        "charges": queries.charges_of(session, view.dossier),
        "amounts": _amounts(view, evaluations),
        "days": _days(session, view),
        "history": tuple(reversed(queries.history_of(session, view))),
        "decision": queries.decision_of(session, view.dossier),
    }


def answers_told(view: DossierView) -> tuple[Section, ...]:
    """All that was said so far, in words; empty once it was erased."""
    if view.answers is None:
        return ()
    return summary(_schema(view), view.answers, language())


def _schema(view: DossierView) -> Mapping[str, Any]:
    compiled, kind = view.compiled, view.dossier.case_type
    steps = [step.key for step in compiled.definition.steps if step.kind == "task"]
    filled = [compiled.schema_at(key, kind) for key in steps]
    return max(filled, key=lambda schema: len(schema.get("properties", {})), default=compiled.definition.form)


def _papers(view: DossierView, evaluations: list[Evaluation], documents: Any) -> tuple[Group, ...]:
    needs = [each for each in evaluations if each.kind == "component"]
    return needed_papers(view.compiled, view.dossier.case_type, needs, documents, view.state.papers)


def _amounts(view: DossierView, evaluations: list[Evaluation]) -> dict[str, Any]:
    """Rule name → what its latest evaluation says."""
    priced = [each for each in evaluations if each.kind in ("charge", "fee")]
    return {each.rule: reasoned(view.compiled, each) for each in priced}


def _days(session: Session, view: DossierView) -> tuple[str, ...]:
    """How the deadline came about, day by day; empty while there is none to tell."""
    state = view.state
    if state.allowance is None or state.received_at is None:
        return ()
    calendar = calendar_for(session, local_date(state.received_at))
    if calendar is None:
        return ()
    deadline = derive(state.allowance, state.ledger, calendar)
    return day_by_day(deadline) if isinstance(deadline, Deadline) else ()
