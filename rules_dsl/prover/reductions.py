"""Reductions for the solver: `rules_dsl.reductions` in terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from rules_dsl import nodes as n
from rules_dsl.prover.lines import applies
from rules_dsl.prover.logic import Term, all_of, any_of, chosen, equal, larger, minus, smaller
from rules_dsl.prover.meaning import value_of
from rules_dsl.prover.symbols import Symbol, joined, picked
from rules_dsl.prover.world import At, World


@dataclass(frozen=True, slots=True)
class Applying:
    """A reduction at one place: when it applies, and by how much."""

    clause: n.Reduce
    when: Symbol
    by: Symbol

    def taken(self, amount: Term, at: At, world: World) -> Term:
        """What it takes away: a share of the amount, or an amount; from nothing to all of it."""
        share = world.is_share(self.clause.by)
        taken = world.product(self.by.term, amount, at) if share else self.by.term
        return larger(smaller(taken, amount), 0)


def applying(clause: n.Reduce, at: At, world: World) -> Applying:
    return Applying(clause, applies(clause, at, world), value_of(clause.by, at, world))


def reduced_by(clause: n.Reduce, amount: Symbol, at: At, world: World) -> Symbol:
    """The amount less this reduction, supposing that it applies."""
    found = applying(clause, at, world)
    return joined(minus(amount.term, found.taken(amount.term, at, world)), amount, found.by)


def reduced_together(rule: n.AmountRule, amount: Symbol, at: At, world: World) -> Symbol:
    """The amount after all reductions that apply, combined as the rule states."""
    found = [applying(clause, at, world) for clause in rule.clauses if isinstance(clause, n.Reduce)]
    asked = [picked(each.when.holds, each.by, Symbol(0)) for each in found]
    rest = _highest if rule.combine == "highest" else _waiver_first
    term = rest(found, amount.term, at, world)
    return joined(term, amount, *(each.when for each in found), *asked)


def _highest(found: Sequence[Applying], amount: Term, at: At, world: World) -> Term:
    taken = (chosen(each.when.term, each.taken(amount, at, world), 0) for each in found)
    return minus(amount, reduce(larger, taken, 0))


def _waiver_first(found: Sequence[Applying], amount: Term, at: At, world: World) -> Term:
    shares = (each for each in found if world.is_share(each.clause.by))
    waived = any_of(*(all_of(each.when.term, equal(each.by.term, 1)) for each in shares))
    rest = amount
    for each in found:
        rest = chosen(each.when.term, minus(rest, each.taken(rest, at, world)), rest)
    return chosen(waived, minus(amount, larger(amount, 0)), rest)
