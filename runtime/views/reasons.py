"""Why an amount is what it is and why a date is that day, in the words of the rules."""

from dataclasses import dataclass

from common.i18n import language
from common.money import Money
from common.text import Text
from procedure_library.compiled import Compiled
from rules_dsl.evaluation import Evaluation
from rules_dsl.explain import day_sentences, sentences
from rules_dsl.terms import Deadline
from runtime.converting import laws_of
from runtime.engine.amounts import needs_rate


@dataclass(frozen=True, slots=True)
class Reasoned:
    """One rule's result. `amount` None: not known yet, and the reasons say what is missing.

    `cites`: its law, and that of the rates of exchange in it. `by_rate`: one is in it, or is missing.
    """

    title: Text
    kind: str
    amount: Money | None
    cites: tuple[str, ...]
    reasons: tuple[str, ...]
    by_rate: bool = False


def reasoned(compiled: Compiled, case_type: str, evaluation: Evaluation) -> Reasoned:
    """The evaluation with the rule's title and law, explained in the language of the page."""
    rule = next(rule for rule in compiled.rules.rules if rule.name == evaluation.rule)
    amount = evaluation.value if isinstance(evaluation.value, Money) else None
    scope = compiled.scope_at("filing", case_type)
    told = sentences(evaluation, compiled.rules, language(), scope)
    rates = {used.name for used in evaluation.used.rates}
    return Reasoned(
        title=rule.title,
        kind=evaluation.kind,
        amount=amount,
        cites=laws_of(compiled.rules, evaluation.rule, rates),
        reasons=told,
        by_rate=needs_rate(evaluation),
    )


def day_by_day(deadline: Deadline) -> tuple[str, ...]:
    """One sentence for each day from reception to the deadline."""
    return day_sentences(deadline, language())
