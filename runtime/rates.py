"""The published rates of exchange that an act may read: those of the days that its rules ask for, no others."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from procedure_library.moments import moments
from procedure_library.rate_series import series_of
from procedure_library.rates import Series, rates_for
from rules_dsl.facts import Facts
from rules_dsl.rate_days import rate_days
from runtime.engine import amounts
from runtime.engine.context import Context
from runtime.engine.state import State


def with_rates(session: Session, context: Context, state: State, at: datetime) -> Context:
    """The context with the rates that its rules could read now; most procedures read none."""
    if not context.compiled.rulebook.rates:
        return context
    found = rates_for(session, _asked(context, state, at))
    return replace(context, reference=replace(context.reference, rates=found))


def _asked(context: Context, state: State, at: datetime) -> dict[Series, set[date]]:
    """The days of each series, whatever moment of the procedure the act is about."""
    asked: dict[Series, set[date]] = defaultdict(set)
    for moment in moments(context.compiled.definition):
        for paying in (False, True):
            facts = amounts.facts_at(context, state, moment, at, paying=paying)
            # Facts that cannot be read are the engine's to refuse.
            if isinstance(facts, Facts):
                days = rate_days(context.compiled.rulebook.kinds, facts, context.reference)
                for rule, on in days.items():
                    asked[series_of(rule)] |= on
    return asked
