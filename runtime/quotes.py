"""What it costs and when it is ready, as it would be if the dossier were received now, with the reasons."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from common.money import Money, totals
from common.problems import Refusal
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Allowance, Deadline, LedgerEntry, derive
from rules_dsl.unknown import Unknown
from rules_dsl.values import Outcome
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.state import State
from runtime.models.applications import Application
from runtime.worlds import context_of_filing


@dataclass(frozen=True, slots=True)
class Quote:
    """`totals`, one for each currency; None: at least one amount is not known yet. `deadline` None: settled at
    once, without a clock.

    Each evaluation explains itself (`rules_dsl.explain`), the deadline day by day.
    """

    amounts: tuple[Evaluation, ...]
    totals: tuple[Money, ...] | None
    term: Evaluation | None
    deadline: Deadline | Unknown | None
    components: tuple[Evaluation, ...]
    conditions: tuple[Evaluation, ...]


def quote(session: Session, application: Application, at: datetime) -> Quote | Refusal:
    """The quote under the version that the form came from."""
    context = context_of_filing(session, application, application.version_id, at)
    return quoted(context, at)


def quoted(context: Context, at: datetime) -> Quote | Refusal:
    """Answers that are still missing make their amounts unknown, never zero."""
    facts = amounts.facts_at(context, State(), "filing", at)
    if isinstance(facts, Refusal):
        return facts
    kind = amounts.case_type(context)
    charged = amounts.evaluate(context, facts, kind.amounts)
    terms = amounts.evaluate(context, facts, (kind.term,) if kind.term else ())
    return Quote(
        amounts=charged,
        totals=_totals(charged),
        term=terms[0] if terms else None,
        deadline=_deadline(context, terms[0].value if terms else None, at),
        components=amounts.evaluate(context, facts, kind.components),
        conditions=amounts.evaluate(context, facts, kind.conditions),
    )


def _totals(evaluations: tuple[Evaluation, ...]) -> tuple[Money, ...] | None:
    known = [e.value for e in evaluations if isinstance(e.value, Money)]
    return totals(known) if len(known) == len(evaluations) else None


def _deadline(context: Context, allowance: Outcome | None, at: datetime) -> Deadline | Unknown | None:
    """None where there is no term: then it is settled at once."""
    calendar = context.reference.calendar
    if not isinstance(allowance, Allowance):
        return allowance if isinstance(allowance, Unknown) else None
    if calendar is None:
        return Unknown(("calendar",), "rules.unknown_calendar")
    return derive(allowance, (LedgerEntry("started", allowance.starts_at(at)),), calendar)
