"""Products of two unknowns: an unknown of their own, between what the bounds of its factors allow."""

from collections.abc import Iterator
from fractions import Fraction

from rules_dsl.prover.logic import Term, all_of, at_most, equal, implies, minus, plus, times
from rules_dsl.prover.unknowns import Unknowns

# A factor, its least and its largest value; None: not known.
Side = tuple[Term, Fraction | None, Fraction | None]


def unknown_product(left: Side, right: Side, there: Term, unknowns: Unknowns) -> Term:
    """The unknown that is the product. `there`: where the bounds of the factors hold."""
    whole = left[0].is_int() and right[0].is_int()
    found = unknowns.integer("product") if whole else unknowns.real("product")
    unknowns.assume(implies(there, all_of(*_between(found, left, right))))
    unknowns.products.append(equal(found, times(left[0], right[0])))
    return found


def ends(left: Side, right: Side) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest value of the product; None: not known."""
    (_, a, b), (_, c, d) = left, right
    if a is not None and b is not None and c is not None and d is not None:
        corners = [a * c, a * d, b * c, b * d]
        return min(corners), max(corners)
    if a is not None and c is not None and a >= 0 and c >= 0:
        return a * c, None
    return None, None


def _between(product: Term, left: Side, right: Side) -> Iterator[Term]:
    """What follows from (x − a)(y − b) being not below zero, or not above, for each end a of x and b of y."""
    x, *x_ends = left
    y, *y_ends = right
    for x_side, a in enumerate(x_ends):
        for y_side, b in enumerate(y_ends):
            if a is not None and b is not None:
                plane = minus(plus(times(a, y), times(b, x)), a * b)
                yield at_most(plane, product) if x_side == y_side else at_most(product, plane)
