"""Where a rule is worked out when a question is asked of it."""

from rules_dsl import nodes as n
from rules_dsl.prover.logic import Term, all_of
from rules_dsl.prover.world import At, World


def own_place(rule: n.AnyRule, world: World) -> tuple[At, Term]:
    """The place, and the truth that it exists and that the rule is in force there.

    Of a rule for each row it is the first row: what may be true of any row may be true of that one.
    """
    at = At(as_of=rule.as_of) if isinstance(rule, n.ValuedRule) else At()
    row = None
    if isinstance(rule, n.AmountRule) and rule.each:
        row = world.rows_of(rule.each).rows[0]
    there = True if row is None else row.present
    return At(row, as_of=at.as_of), all_of(there, world.in_force(rule.law, at).holds)
