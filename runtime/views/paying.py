"""What the cashier is shown to take: the amounts as they would be taken now, or why they cannot be told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from common.money import EXPONENTS, Money, totals
from common.problems import Refusal
from common.web import now
from procedure_library.definition import Step
from rules_dsl.evaluation import Evaluation
from runtime.collecting import collected_now, converted_now
from runtime.queries import DossierView
from runtime.views.dossier_page import ToldCharge
from runtime.views.reasons import Reasoned, reasoned


@dataclass(frozen=True, slots=True)
class Payable:
    """`lacking`: why nothing can be taken yet. `by_rate`: a rate of exchange of today is in it."""

    amounts: tuple[Reasoned | ToldCharge, ...]
    lacking: Refusal | None = None
    by_rate: bool = False

    @property
    def totals(self) -> tuple[Money, ...]:
        """What is to be taken, one sum for each currency; none where everything is exempt."""
        return totals(each.amount for each in self.amounts if each.amount and each.amount.minor)

    @property
    def shown(self) -> str:
        """The sums as the page posts them back: others than it showed are not taken."""
        return " ".join(f"{each.minor}{each.currency}" for each in self.totals)

    def __bool__(self) -> bool:
        return bool(self.amounts or self.lacking)


NOTHING = Payable(())


def payable_at(
    session: Session, view: DossierView, step: Step, answers: Mapping[str, Any] | None = None
) -> Payable:
    """What completing the step takes; `answers` are those just typed on its page."""
    if not step.collects or view.answers is None:
        return NOTHING
    read = collected_now(session, view.dossier, step.key, now(), answers)
    if isinstance(read, Refusal):
        return Payable((), lacking=read)
    told = (reasoned(view.compiled, view.dossier.case_type, each) for each in read)
    return Payable(tuple(told), by_rate=any(each.used.rates for each in read))


def payable_now(session: Session, view: DossierView, charges: Sequence[ToldCharge]) -> Payable:
    """What is taken ahead of reception, or by the steps that wait for a payment."""
    if "pay" not in view.acts or view.answers is None:
        return NOTHING
    if view.state.status == "awaiting_payment":
        return _awaited(session, view)
    return _ahead(session, view, charges)


def _awaited(session: Session, view: DossierView) -> Payable:
    waiting = view.state.marking.waiting if view.state.marking else ()
    steps = [step for step in map(view.compiled.step, waiting) if step.kind == "payment"]
    each = [payable_at(session, view, step) for step in steps]
    lacking = next((one.lacking for one in each if one.lacking), None)
    amounts = {amount.title: amount for one in each for amount in one.amounts}
    return Payable(tuple(amounts.values()), lacking, any(one.by_rate for one in each))


def _ahead(session: Session, view: DossierView, charges: Sequence[ToldCharge]) -> Payable:
    """As assessed at filing, but at the rate of exchange of today."""
    read = converted_now(session, view.dossier, now())
    if isinstance(read, Refusal):
        return Payable((), lacking=read)
    converted = {each.rule for each in read}
    kept = (charge for charge in charges if charge.is_due and charge.rule not in converted)
    told = (reasoned(view.compiled, view.dossier.case_type, each) for each in read if _is_due(each))
    return Payable((*kept, *told), by_rate=bool(read))


def _is_due(evaluation: Evaluation) -> bool:
    return isinstance(evaluation.value, Money) and evaluation.value.minor > 0


def sums_shown(posted: str) -> tuple[Money, ...]:
    """The sums that the page showed, as `Payable.shown` writes them; a currency we do not know was none of them."""
    written = re.findall(r"([0-9]{1,15})([A-Z]{3})", posted)
    return tuple(Money(int(minor), currency) for minor, currency in written if currency in EXPONENTS)
