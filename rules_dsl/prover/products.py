"""Products of two unknowns: an unknown of their own, between what the bounds of its factors allow."""

from collections.abc import Iterator
from fractions import Fraction

from rules_dsl.prover.logic import Term, at_most, equal, minus, plus, times
from rules_dsl.prover.unknowns import Unknowns

# A factor, its least and its largest value; None: not known.
Side = tuple[Term, Fraction | None, Fraction | None]


def unknown_product(left: Term, right: Term, unknowns: Unknowns) -> Term:
    """The unknown that is the product."""
    whole = left.is_int() and right.is_int()
    found = unknowns.integer("product") if whole else unknowns.real("product")
    unknowns.products.append(equal(found, times(left, right)))
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


def between(product: Term, left: Side, right: Side) -> Iterator[Term]:
    """What follows from (x − a)(y − b) being not below zero, or not above, for each end a of x and b of y."""
    x, *x_ends = left
    y, *y_ends = right
    for x_side, a in enumerate(x_ends):
        for y_side, b in enumerate(y_ends):
            if a is not None and b is not None:
                plane = minus(plus(times(a, y), times(b, x)), a * b)
                yield at_most(plane, product) if x_side == y_side else at_most(product, plane)
