"""What every page about one dossier tells, to its applicant and to officials alike."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from common.clock import local_date
from common.i18n import language
from common.money import Money, totals
from common.problems import Refusal
from common.text import Text
from common.web import current_actor, now
from form_builder.summary import Section, summary
from procedure_library.queries import definition_of
from procedure_library.seeing import may_see, read_at
from rules_dsl.evaluation import Evaluation
from runtime import applications, queries
from runtime.carrying import receiving_unit
from runtime.corrections import corrections_of
from runtime.engine.tracks import shown
from runtime.queries import DossierView, Happened, Priced
from runtime.quotes import quote
from runtime.refunds import refunds_of
from runtime.views.components import needed_papers
from runtime.views.reasons import reasoned
from runtime.views.term import term_of, waits_for
from runtime.worlds import acting_unit


@dataclass(frozen=True, slots=True)
class ToldCharge:
    """What a dossier owes by one rule, and by which law: that of the day it was assessed, kept once paid.

    `receipt` is the number of the payment receipt, "" while unpaid. `is_due`: it is to be paid still. `by_rate`: a rate
    of exchange is in it.
    """

    rule: str
    title: Text
    amount: Money
    receipt: str
    reasons: tuple[str, ...]
    cites: tuple[str, ...]
    version: int
    assessed_on: date
    paid_at: datetime | None
    is_due: bool
    by_rate: bool


def told(session: Session, view: DossierView, *, to_applicant: bool = False) -> dict[str, Any]:
    """Answers, papers, letters, amounts, term and history, as templates/dossier shows them.

    Applicants read what they said themselves; what officials filled in is the office's.
    """
    documents = applications.documents_of(session, view.application.id)
    needs, charges = components_needed(session, view), _charges(session, view)
    return {
        "view": view,
        "shown": shown(view.compiled, view.state),
        "files": {each.digest: each for each in documents},
        "sections": _answers(view, to_applicant),
        "needs": needed_papers(view.compiled, view.dossier.case_type, needs, documents, view.state.papers),
        "others": [document for document in documents if not document.component],
        "letters": queries.letters_of(session, view.dossier),
        "charges": charges,
        "to_pay": totals(each.amount for each in charges if each.is_due),
        "term": term_of(session, view.dossier, view.state, now(), language()),
        "waits_for": waits_for(view.compiled, view.dossier.case_type) if view.state.awaits_start else None,
        "office": acting_unit(session, receiving_unit(session, view.dossier), now()),
        "history": _history(session, view, to_applicant),
        "decision": queries.decision_of(session, view.dossier),
        "refunds": refunds_of(session, view.dossier),
        "corrections": corrections_of(session, view.application),
        "parts": queries.parts_of(session, view.dossier, view.compiled, view.state, now()),
        "whole": queries.whole_of(session, view.dossier, current_actor()),
    }


def _history(session: Session, view: DossierView, to_applicant: bool) -> tuple[Happened, ...]:
    """The latest first."""
    told = reversed(queries.history_of(session, view))
    return tuple(each for each in told if not (to_applicant and each.is_inner))


def components_needed(session: Session, view: DossierView) -> tuple[Evaluation, ...]:
    """Which components the answers call for, as of the filing."""
    quoted = quote(session, view.application, view.dossier.submitted_at)
    return () if isinstance(quoted, Refusal) else quoted.components


def _answers(view: DossierView, to_applicant: bool) -> tuple[Section, ...]:
    """What was said so far, in words; empty once it was erased."""
    if view.answers is None:
        return ()
    filed = view.compiled.form_at("filing", view.dossier.case_type)
    asked = filed if to_applicant else view.compiled.whole_form
    sections = summary(asked, view.answers, language())
    said = tuple(section for section in sections if any(row.text for row in section.rows))
    return said if to_applicant else told_of(said, _seen_here(view))


def _seen_here(view: DossierView) -> frozenset[str]:
    """The questions whose answers the official who looks may see: by their roles, of those that name steps.

    Who is of another unit sees what its steps show, no more.
    """
    definition = view.compiled.definition
    asked = view.only_at(current_actor())
    if asked is not None:
        return frozenset().union(*(read_at(definition, view.compiled.step(key)) for key in asked))
    own = [
        step.key
        for step in definition.steps
        if any(current_actor().holds(role) for role in view.compiled.roles_of(step))
    ]
    return frozenset(key for key in definition.form.get("properties", {}) if may_see(definition, key, own))


def told_of(sections: Iterable[Section], keys: Collection[str]) -> tuple[Section, ...]:
    """What the sections tell of these questions of the form."""
    cut = (
        replace(each, rows=tuple(row for row in each.rows if row.path.partition(".")[0] in keys))
        for each in sections
    )
    return tuple(section for section in cut if section.rows)


def _charges(session: Session, view: DossierView) -> tuple[ToldCharge, ...]:
    rows = queries.evaluations_of(session, view.dossier)
    read = {(row.event, row.rule): Evaluation.from_json(row.body) for row in rows}
    owing = not view.state.is_closed and view.state.ending != "refused"
    return tuple(
        _charge(session, view, priced, read[priced.event, priced.rule], owing)
        for priced in queries.charges_of(session, view.dossier)
    )


def _charge(session: Session, view: DossierView, priced: Priced, read: Evaluation, owing: bool) -> ToldCharge:
    law, payment = definition_of(session, priced.version.id), priced.payment
    why = reasoned(law, view.dossier.case_type, read)
    return ToldCharge(
        rule=priced.rule,
        title=why.title,
        amount=priced.amount,
        receipt=payment.number if payment else "",
        reasons=why.reasons,
        cites=why.cites,
        version=priced.version.number,
        assessed_on=local_date(priced.assessed_at),
        paid_at=payment.paid_at if payment else None,
        is_due=owing and payment is None and bool(priced.amount.minor),
        by_rate=why.by_rate,
    )
