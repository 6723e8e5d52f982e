"""The beginning of a term: at reception, or later with what the law counts it from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from common.problems import Refusal
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Allowance, LedgerEntry
from rules_dsl.unknown import NOT_STARTED
from runtime.engine import amounts, clock
from runtime.engine.context import Context
from runtime.engine.state import Due, State


@dataclass(frozen=True, slots=True)
class Begun:
    """What the term rule comes to. While the term waits for its start there is no allowance, only why."""

    terms: tuple[Evaluation, ...]
    allowance: Allowance | None
    ledger: tuple[LedgerEntry, ...]
    due: Due | None

    @classmethod
    def of(cls, context: Context, terms: Sequence[Evaluation], received_at: datetime) -> "Begun | Refusal":
        """Refuses a term that is unknown for any other reason than that it waits."""
        if amounts.waits(terms):
            return cls(tuple(terms), None, (), Due(why=NOT_STARTED))
        if refusal := amounts.known(context, terms):
            return refusal
        allowance = amounts.allowance_of(terms)
        ledger = clock.started(allowance, received_at)
        return cls(tuple(terms), allowance, ledger, clock.due(allowance, ledger, context.reference.calendar))

    @property
    def appointment(self) -> datetime | None:
        return self.due.at if self.due else None


def term_read(
    context: Context, state: State, moment: str, at: datetime, *, paying: bool
) -> Begun | Refusal | None:
    """A term that waited, asked again after an act; None when none waits, or it still does.

    `state` is the one after the act as far as rules may ask for it; `paying`: money was taken.
    """
    term = amounts.case_type(context).term
    if term is None or not state.awaits_start:
        return None
    facts = amounts.facts_at(context, state, moment, at, paying=paying)
    if isinstance(facts, Refusal):
        return facts
    begun = Begun.of(context, amounts.evaluate(context, facts, (term,)), state.received_at or at)
    return None if isinstance(begun, Begun) and begun.allowance is None else begun
