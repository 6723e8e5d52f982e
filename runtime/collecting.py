"""What would be taken if it were paid now: by the law that the dossier has, at the rates of exchange of today."""

from datetime import datetime

from sqlalchemy.orm import Session

from common.problems import Refusal
from rules_dsl.evaluation import Evaluation
from runtime.engine import amounts
from runtime.engine.filing import converted_today
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from runtime.worlds import context_of


def collected_now(
    session: Session, dossier: Dossier, step: str, at: datetime
) -> tuple[Evaluation, ...] | Refusal:
    """The amounts that completing the step would take; a Refusal while one of them is not known."""
    context, state = context_of(session, dossier, at), from_plain(State, dossier.state)
    facts = amounts.facts_at(context, state, step, at)
    if isinstance(facts, Refusal):
        return facts
    rules = [rule for rule in context.compiled.step(step).collects if rule not in state.paid]
    read = amounts.evaluate(context, facts, rules)
    return amounts.known(context, read) or read


def converted_now(session: Session, dossier: Dossier, at: datetime) -> tuple[Evaluation, ...] | Refusal:
    """Of the amounts paid before reception those that go by a rate of exchange: all others stay as assessed."""
    return converted_today(context_of(session, dossier, at), from_plain(State, dossier.state), at)
