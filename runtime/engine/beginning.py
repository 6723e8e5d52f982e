"""The beginning of a term: at reception, or later with what the law counts it from, and that put right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from common.problems import Refusal
from rules_dsl import nodes as n
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Allowance, LedgerEntry
from rules_dsl.unknown import NOT_STARTED
from rules_dsl.walk import expressions_of
from runtime.engine import amounts, clock
from runtime.engine.context import Context
from runtime.engine.state import Due, State


@dataclass(frozen=True, slots=True)
class Begun:
    """What the term rule comes to. While the term waits for its start there is no allowance, only why.

    `promised`: the appointment that stands, where a start that was told before is put right.
    """

    terms: tuple[Evaluation, ...]
    allowance: Allowance | None
    ledger: tuple[LedgerEntry, ...]
    due: Due | None
    promised: datetime | None = None

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
    """The term asked again after an act: one that waited may begin, one that runs may have begun at another time.

    None when neither is so. `state` is the one after the act as far as rules may ask for it; `paying`: money was
    taken.
    """
    term = amounts.case_type(context).term
    if term is None or not (state.awaits_start or _may_be_put_right(context, state, term)):
        return None
    facts = amounts.facts_at(context, state, moment, at, paying=paying)
    if isinstance(facts, Refusal):
        return facts
    terms = amounts.evaluate(context, facts, (term,))
    if not state.awaits_start:
        return _put_right(context, state, terms, at)
    begun = Begun.of(context, terms, state.received_at or at)
    return None if isinstance(begun, Begun) and begun.allowance is None else begun


def _may_be_put_right(context: Context, state: State, term: str) -> bool:
    """Whether the clock runs from what an answer says.

    Answers are corrected. A payment or a decision is never: a further one is another event.
    """
    if state.allowance is None or state.allowance.since is None:
        return False
    rules = {rule.name: rule for rule in context.compiled.rules.rules}
    return any(not path.startswith("dossier.") for path in _start(rules, term))


def _start(rules: Mapping[str, n.AnyRule], term: str) -> Iterator[str]:
    """The facts that the start of the term is told by, through what the rules call by a name of their own."""
    rule = rules[term]
    waiting = [rule.since] if isinstance(rule, n.Term) and rule.since else []
    while waiting:
        path = waiting.pop().path
        if path in rules:
            waiting += [part for part in expressions_of(rules[path]) if isinstance(part, n.Name)]
        else:
            yield path


def _put_right(context: Context, state: State, terms: tuple[Evaluation, ...], at: datetime) -> Begun | None:
    """The clock from its corrected start; what else the law allows stays as it was, and so does the promise.

    A start that is not known any more is no correction: nobody stops a clock by emptying a field.
    """
    read, allowance = amounts.allowance_of(terms), state.allowance
    if read is None or allowance is None or read.since in (None, allowance.since):
        return None
    allowance = replace(allowance, since=read.since)
    ledger = clock.start_corrected(allowance.starts_at(at), at)
    due = clock.due(allowance, state.ledger + ledger, context.reference.calendar)
    return Begun(terms, allowance, ledger, due, state.appointment)
