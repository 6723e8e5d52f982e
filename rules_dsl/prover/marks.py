"""Which failure makes a value unknown: told by taking the failure's mark away and looking again."""

import z3

from rules_dsl.prover.logic import Term, all_of, is_plain, negated
from rules_dsl.prover.world import World


def hangs_on(unknown: Term, name: str, world: World) -> Term:
    """When the value is not known because of the failure marked so, and of nothing else."""
    if is_plain(unknown):
        return False
    mark = world.mark(name)
    with_it, without = (
        z3.substitute(unknown, (mark, z3.BoolVal(fails, unknown.ctx))) for fails in (True, False)
    )
    return all_of(with_it, negated(without))
