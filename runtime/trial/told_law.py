"""What the applicant was told on the day of filing against what would be said today: the same law, another day."""

from collections.abc import Mapping

from common.money import Money
from common.problems import Refusal
from rules_dsl.terms import Allowance
from runtime.engine import amounts
from runtime.quotes import Quote, quoted
from runtime.trial.table import Table

SENDING = ("submit", "resubmit")


def changed_since_filing(table: Table, *, money_only: bool = False) -> Refusal | None:
    """Why reception, or the cashier, may not go on before the applicant has confirmed it; None: nothing changed."""
    context, sent = table.context(), [table.state.done[act].at for act in SENDING if act in table.state.done]
    if table.state.status != "submitted" or not sent:
        return None
    then, now = quoted(context, max(sent)), quoted(context, table.at)
    if isinstance(then, Refusal) or isinstance(now, Refusal):
        return None
    paid = table.state.paid
    same = _amounts(then, paid) == _amounts(now, paid) and (money_only or _same_term(then, now))
    return None if same else Refusal("trials.changed_since_filing")


def _amounts(quote: Quote, paid: frozenset[str]) -> Mapping[str, Money]:
    return {e.rule: e.value for e in quote.amounts if isinstance(e.value, Money) and e.rule not in paid}


def _same_term(then: Quote, now: Quote) -> bool:
    before, after = (amounts.allowance_of((each.term,) if each.term else ()) for each in (then, now))
    if isinstance(before, Allowance) and isinstance(after, Allowance):
        return before.allows_like(after)
    return before == after
