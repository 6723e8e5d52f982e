"""Small questions asked while the large ones are being put: answered at once, or not at all."""

from fractions import Fraction
from typing import Any

import z3

from rules_dsl.prover.logic import Term, all_of, is_plain, less
from rules_dsl.prover.patience import patient
from rules_dsl.prover.unknowns import Unknowns

MILLISECONDS = 200
# A bound is worth more: without it, nothing is known of a sum.
BOUND_MILLISECONDS = 1_000


def is_impossible(truth: Term, unknowns: Unknowns, milliseconds: int = MILLISECONDS) -> bool:
    solver = z3.Solver(ctx=unknowns.ctx)
    solver.set("timeout", int(patient(milliseconds)))
    solver.add(*unknowns.assumed, truth)
    return bool(solver.check() == z3.unsat)


def bounds(term: Term, there: Term, unknowns: Unknowns) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest value of the term where `there` holds; None where none is found in time."""
    if is_plain(term):
        return Fraction(term), Fraction(term)
    lowest, highest = _largest(-term, there, unknowns), _largest(term, there, unknowns)
    return None if lowest is None else -lowest, highest


def _largest(term: Any, there: Term, unknowns: Unknowns) -> Fraction | None:
    search = z3.Optimize(ctx=unknowns.ctx)
    search.set("timeout", int(patient(MILLISECONDS)))
    search.add(*unknowns.assumed, there)
    goal = search.maximize(term)
    if search.check() != z3.sat:
        return None
    found = search.upper(goal)
    if not (z3.is_int_value(found) or z3.is_rational_value(found)):
        return None
    # The search is trusted only as far as the solver itself agrees.
    largest = Fraction(str(found))
    beyond = all_of(there, less(largest, term))
    return largest if is_impossible(beyond, unknowns, BOUND_MILLISECONDS) else None
