"""What would be taken if it were paid now: by the law that the dossier has, at the rates of exchange of today."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from common.problems import Refusal
from rules_dsl.evaluation import Evaluation
from runtime.engine import amounts
from runtime.engine.filing import converted_today
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from runtime.worlds import context_of, stored_answers


def collected_now(
    session: Session, dossier: Dossier, step: str, at: datetime, answers: Mapping[str, Any] | None = None
) -> tuple[Evaluation, ...] | Refusal:
    """The amounts that completing the step would take; a Refusal while one of them is not known.

    Reception may have assessed others: an official may have put answers right since. `answers` are those of the
    step's own page, not yet stored.
    """
    said = {**stored_answers(session, dossier), **(answers or {})}
    context, state = context_of(session, dossier, at, said), from_plain(State, dossier.state)
    facts = amounts.facts_at(context, state, step, at)
    if isinstance(facts, Refusal):
        return facts
    read = amounts.evaluate(context, facts, amounts.to_collect(context.compiled.step(step), state))
    return amounts.known(context, read) or read


def converted_now(session: Session, dossier: Dossier, at: datetime) -> tuple[Evaluation, ...] | Refusal:
    """Of the amounts paid before reception those that go by a rate of exchange: all others stay as assessed."""
    return converted_today(context_of(session, dossier, at), from_plain(State, dossier.state), at)
