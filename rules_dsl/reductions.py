"""How reductions lower an amount, alone and when several meet."""

from dataclasses import dataclass
from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.arithmetic import NOTHING, combined, compared, extreme
from rules_dsl.evaluation import TraceLine
from rules_dsl.meaning import value_of
from rules_dsl.unknown import Unknown, joined
from rules_dsl.values import ExactMoney, Value
from rules_dsl.working import Working, as_money

WHOLE = Decimal(1)


def reduced_by(
    clause: n.Reduce, by: Value | Unknown, amount: ExactMoney, work: Working
) -> ExactMoney | Unknown:
    """The amount less this reduction; never below zero."""
    reduction = by if isinstance(by, Unknown) else _reduction(by, amount)
    if isinstance(reduction, Unknown):
        return reduction
    rest = as_money(combined(amount, "-", reduction), amount)
    return work.noted("trace.reduced", clause, rest, {"by": by, "reduction": reduction})


@dataclass(frozen=True, slots=True)
class _Applying:
    """A reduction that applies: by how much, and what was read and looked up to tell."""

    clause: n.Reduce
    by: Value
    facts: tuple[tuple[str, Value], ...]
    steps: tuple[TraceLine, ...]

    def reduce(self, amount: ExactMoney, work: Working) -> ExactMoney | Unknown:
        work.moment.recent, work.moment.steps = dict.fromkeys(self.facts), list(self.steps)
        return reduced_by(self.clause, self.by, amount, work)


def reduced_together(rule: n.AmountRule, amount: ExactMoney, work: Working) -> ExactMoney | Unknown:
    """The amount after all reductions that apply, combined as the rule states."""
    applying: list[_Applying] = []
    for clause in rule.clauses:
        if isinstance(clause, n.Reduce):
            truth = work.applies(clause)
            by = value_of(clause.by, work.moment) if truth is True else truth
            if isinstance(by, Unknown):
                return by
            if truth is True:
                steps = tuple(work.moment.steps)
                applying.append(_Applying(clause, by, work.moment.taken(), steps))
    waivers = [each for each in applying if each.by == WHOLE]
    if rule.combine == "waiver_first" and waivers:
        return waivers[0].reduce(amount, work)
    if rule.combine == "highest":
        return _highest(applying, amount, work)
    return _one_after_the_other(applying, amount, work)


def _highest(applying: list[_Applying], amount: ExactMoney, work: Working) -> ExactMoney | Unknown:
    reductions = [_reduction(each.by, amount) for each in applying]
    unknowns = [reduction for reduction in reductions if isinstance(reduction, Unknown)]
    if unknowns:
        return joined(unknowns)
    if not applying:
        return amount
    highest = extreme("largest", reductions)  # type: ignore[arg-type]
    return applying[reductions.index(highest)].reduce(amount, work)  # type: ignore[arg-type]


def _one_after_the_other(
    applying: list[_Applying], amount: ExactMoney, work: Working
) -> ExactMoney | Unknown:
    rest: ExactMoney | Unknown = amount
    for each in applying:
        if isinstance(rest, Unknown):
            return rest
        rest = each.reduce(rest, work)
    return rest


def _reduction(by: Value, amount: ExactMoney) -> ExactMoney | Unknown:
    """A percentage of the amount, or an amount; at most the whole amount."""
    reduction = as_money(combined(by, "*", amount) if isinstance(by, Decimal) else by, amount)
    if isinstance(reduction, Unknown):
        return reduction
    zero = ExactMoney(NOTHING, amount.currency)
    least = reduction if compared(reduction, "<", amount) else amount
    return least if compared(least, ">", zero) else zero
