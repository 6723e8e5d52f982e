"""What the file claims: a condition that always holds, an amount that never falls as a quantity rises."""

from collections.abc import Iterator
from functools import partial

from rules_dsl import nodes as n
from rules_dsl.arithmetic import compared
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.logic import Term, all_of, at_most, equal, implies, less, plus
from rules_dsl.prover.meaning import named, truth_of
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.trials import Trial
from rules_dsl.prover.world import At, NotEncoded, World
from rules_dsl.prover.worlds import beside
from rules_dsl.unknown import Unknown

ORDERED = ("integer", "decimal", "money", "date", "instant", "time")


def about_claim(rule: n.Always, proving: Proving) -> Iterator[Asked]:
    if isinstance(rule.claim, n.Monotony):
        yield _monotony(rule, rule.claim, proving)
        return
    claim, dated = truth_of(rule.claim, At(), proving.world), proving.world.in_force(rule.law, At())
    truth = all_of(dated.holds, claim.fails)
    yield Asked("", "always", rule, "rules.proof.claim_fails", truth, partial(_fails, rule.claim))


def _monotony(rule: n.Always, claim: n.Monotony, proving: Proving) -> Asked:
    """Two cases alike but for the quantity, the second with more of it, and the amounts the wrong way round."""
    at = _place(claim.quantity.path, proving.world)
    other = beside(proving.world, proving.subject, proving.world.node(claim.quantity.path, at).place)
    low = proving.world.fact(claim.quantity.path, at)
    high = other.fact(claim.quantity.path, _place(claim.quantity.path, other))
    before, after = (named(claim.amount.path, At(), world) for world in (proving.world, other))
    falls = claim.direction == "never_falls"
    wrong = less(after.term, before.term) if falls else less(before.term, after.term)
    more = all_of(low.known, high.known, less(low.term, high.term))
    truth = all_of(more, before.known, after.known, wrong, *_rounding_keeps_order(proving.world, other))
    code = "rules.proof.falls" if falls else "rules.proof.rises"
    told = {"amount": claim.amount.path, "quantity": claim.quantity.path}
    next_to = (equal(high.term, plus(low.term, 1)),)
    return Asked(
        "",
        "always",
        rule,
        code,
        truth,
        partial(_wrong_way, claim),
        parameters=told,
        beside=other,
        wishes=next_to,
    )


def _rounding_keeps_order(world: World, other: World) -> Iterator[Term]:
    """True of any two numbers, and far from plain to a solver: the larger is not the smaller one when rounded."""
    for name in world.rounded.keys() & other.rounded.keys():
        (one, rounded_one), (two, rounded_two) = world.rounded[name], other.rounded[name]
        yield implies(at_most(one, two), at_most(rounded_one, rounded_two))
        yield implies(at_most(two, one), at_most(rounded_two, rounded_one))


def _place(name: str, world: World) -> At:
    """Where the quantity stands; of a field of rows it is that of the first row which changes."""
    fact = world.scope.facts.get(name)
    if fact is None or fact.kind not in ORDERED:
        raise NotEncoded("rules.reason.not_a_quantity")
    return At(world.rows_of(name).rows[0]) if fact.rows else At()


def _fails(claim: n.Expression, trial: Trial, _: Trial) -> bool:
    return trial.holds(claim) is False


def _wrong_way(claim: n.Monotony, before: Trial, after: Trial) -> bool:
    one, other = before.named(claim.amount.path), after.named(claim.amount.path)
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return False
    return compared(other, "<" if claim.direction == "never_falls" else ">", one)
