"""What the cashier is shown to take: the amounts as they would be taken now, or why they cannot be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from sqlalchemy.orm import Session

from common.money import Money
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
    def total(self) -> Money:
        return reduce(Money.__add__, (each.amount for each in self.amounts if each.amount))

    def __bool__(self) -> bool:
        return bool(self.amounts or self.lacking)


NOTHING = Payable(())


def payable_at(session: Session, view: DossierView, step: Step) -> Payable:
    """What completing the step takes."""
    if not step.collects or view.answers is None:
        return NOTHING
    read = collected_now(session, view.dossier, step.key, now())
    if isinstance(read, Refusal):
        return Payable((), lacking=read)
    return Payable(tuple(_told(view, read)), by_rate=any(each.used.rates for each in read))


def payable_before_reception(session: Session, view: DossierView, charges: Sequence[ToldCharge]) -> Payable:
    """What is taken ahead: as assessed at filing, but at the rate of exchange of today."""
    if "pay" not in view.acts or view.answers is None:
        return NOTHING
    read = converted_now(session, view.dossier, now())
    if isinstance(read, Refusal):
        return Payable((), lacking=read)
    converted = {each.rule for each in read}
    kept = (charge for charge in charges if charge.is_due and charge.rule not in converted)
    return Payable((*kept, *_told(view, read)), by_rate=bool(read))


def _told(view: DossierView, read: Sequence[Evaluation]) -> list[Reasoned]:
    due = (each for each in read if isinstance(each.value, Money) and each.value.minor)
    return [reasoned(view.compiled, view.dossier.case_type, each) for each in due]
