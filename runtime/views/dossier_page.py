"""What every page about one dossier tells, to its applicant and to officials alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from common.i18n import language
from common.money import Money
from common.problems import Refusal
from common.text import Text
from form_builder.summary import Section, summary
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Deadline, derive
from runtime import applications, queries
from runtime.queries import DossierView
from runtime.quotes import quote
from runtime.views.components import needed_papers
from runtime.views.reasons import day_by_day, reasoned
from runtime.worlds import calendar_of_deadline

PRICED = ("charge", "fee")


@dataclass(frozen=True, slots=True)
class ToldCharge:
    """What a dossier owes by one rule. `receipt` is the number of the payment receipt, "" while unpaid."""

    rule: str
    title: Text
    amount: Money
    receipt: str
    reasons: tuple[str, ...]
    cites: tuple[str, ...]


def told(session: Session, view: DossierView, *, to_applicant: bool = False) -> dict[str, Any]:
    """Answers, papers, letters, amounts, term and history, as templates/dossier shows them.

    Applicants read what they said themselves; what officials filled in is the office's.
    """
    documents = applications.documents_of(session, view.application.id)
    read = [Evaluation.from_json(row.body) for row in queries.evaluations_of(session, view.dossier)]
    needs = components_needed(session, view)
    return {
        "view": view,
        "sections": _answers(view, to_applicant),
        "needs": needed_papers(view.compiled, view.dossier.case_type, needs, documents, view.state.papers),
        "others": [document for document in documents if not document.component],
        "letters": queries.letters_of(session, view.dossier),
        "charges": _charges(session, view, {each.rule: each for each in read if each.kind in PRICED}),
        "days": _days(session, view),
        "history": tuple(reversed(queries.history_of(session, view))),
        "decision": queries.decision_of(session, view.dossier),
    }


def components_needed(session: Session, view: DossierView) -> tuple[Evaluation, ...]:
    """Which components the answers call for, as of the filing."""
    quoted = quote(session, view.application, view.dossier.submitted_at)
    return () if isinstance(quoted, Refusal) else quoted.components


def _answers(view: DossierView, to_applicant: bool) -> tuple[Section, ...]:
    """What was said so far, in words; empty once it was erased."""
    if view.answers is None:
        return ()
    filed = view.compiled.schema_at("filing", view.dossier.case_type)
    asked = filed if to_applicant else view.compiled.definition.form
    sections = summary(asked, view.answers, language())
    return tuple(section for section in sections if any(row.text for row in section.rows))


def _charges(session: Session, view: DossierView, read: Mapping[str, Evaluation]) -> tuple[ToldCharge, ...]:
    lines = []
    for charge, payment in queries.charges_of(session, view.dossier):
        why = reasoned(view.compiled, view.dossier.case_type, read[charge.rule])
        amount = Money(charge.amount, charge.currency)
        number = payment.number if payment else ""
        lines.append(ToldCharge(charge.rule, why.title, amount, number, why.reasons, why.cites))
    return tuple(lines)


def _days(session: Session, view: DossierView) -> tuple[str, ...]:
    """How the deadline came about, day by day; empty while there is none to tell."""
    state = view.state
    if state.allowance is None or state.received_at is None:
        return ()
    calendar = calendar_of_deadline(session, view.dossier)
    if calendar is None:
        return ()
    deadline = derive(state.allowance, state.ledger, calendar)
    return day_by_day(deadline) if isinstance(deadline, Deadline) else ()
