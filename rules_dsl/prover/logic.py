"""Terms of the solver, folded while they are built: what is known already never reaches z3.

A term is a Python bool, int or Fraction as long as nothing unknown is in it, else an expression of z3. Numbers
of both sorts may meet: whole ones are Int, others Real.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import z3

Term = Any
PLAIN = (bool, int, Fraction)


def is_plain(term: Term) -> bool:
    """Whether the term is a value already."""
    return isinstance(term, PLAIN)


def all_of(*parts: Term) -> Term:
    """Their conjunction."""
    left = _without(parts, True)
    if left is None:
        return False
    return left[0] if len(left) == 1 else z3.And(*left) if left else True


def any_of(*parts: Term) -> Term:
    """Their disjunction."""
    left = _without(parts, False)
    if left is None:
        return True
    return left[0] if len(left) == 1 else z3.Or(*left) if left else False


def _without(parts: Iterable[Term], neutral: bool) -> list[Term] | None:
    """The parts that say something; None when one of them settles the matter."""
    left = [part for part in parts if part is not neutral]
    return None if any(part is (not neutral) for part in left) else left


def negated(part: Term) -> Term:
    if isinstance(part, bool):
        return not part
    return part.arg(0) if z3.is_not(part) else z3.Not(part)


def implies(condition: Term, then: Term) -> Term:
    return any_of(negated(condition), then)


def chosen(condition: Term, then: Term, otherwise: Term) -> Term:
    """`then` where the condition holds, else `otherwise`."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    if is_plain(then) and is_plain(otherwise) and then == otherwise:
        return then
    if isinstance(then, bool) or isinstance(otherwise, bool) or _is_truth(then):
        return all_of(implies(condition, then), implies(negated(condition), otherwise))
    one, other = _alike(then, otherwise, condition.ctx)
    return one if one.eq(other) else z3.If(condition, one, other)


def _is_truth(term: Term) -> bool:
    return not is_plain(term) and bool(z3.is_bool(term))


def _alike(one: Term, other: Term, ctx: Any) -> tuple[Any, Any]:
    """Both as expressions of one sort."""
    real = any(_is_real(term) for term in (one, other))
    return lifted(one, ctx, real=real), lifted(other, ctx, real=real)


def _is_real(term: Term) -> bool:
    if is_plain(term):
        return Fraction(term).denominator != 1
    return bool(term.is_real())


def lifted(term: Term, ctx: Any, *, real: bool = False) -> Any:
    """The term as an expression of z3."""
    if isinstance(term, bool):
        return z3.BoolVal(term, ctx)
    if is_plain(term):
        whole = Fraction(term).denominator == 1 and not real
        return z3.IntVal(int(term), ctx) if whole else z3.RealVal(str(Fraction(term)), ctx)
    return z3.ToReal(term) if real and term.is_int() else term


def _arithmetic(plain: Callable[[Any, Any], Any]) -> Callable[[Term, Term], Term]:
    def combined(left: Term, right: Term) -> Term:
        # z3 itself turns whole numbers into the sort of the other side, and knows nothing of fractions.
        if isinstance(left, Fraction) and not is_plain(right):
            left = lifted(left, right.ctx)
        if isinstance(right, Fraction) and not is_plain(left):
            right = lifted(right, left.ctx)
        return plain(left, right)

    return combined


less = _arithmetic(lambda a, b: a < b)
at_most = _arithmetic(lambda a, b: a <= b)
_added = _arithmetic(lambda a, b: a + b)
_taken = _arithmetic(lambda a, b: a - b)
_multiplied = _arithmetic(lambda a, b: a * b)


def plus(left: Term, right: Term) -> Term:
    if is_plain(left) and left == 0:
        return right
    return left if is_plain(right) and right == 0 else _added(left, right)


def minus(left: Term, right: Term) -> Term:
    return left if is_plain(right) and right == 0 else _taken(left, right)


def times(left: Term, right: Term) -> Term:
    for one, other in ((left, right), (right, left)):
        if is_plain(one) and one in (0, 1):
            return other if one == 1 else 0
    return _multiplied(left, right)


def divided(left: Term, right: Term) -> Term:
    """The exact quotient; the divisor is not zero where it matters."""
    if is_plain(right):
        return times(left, Fraction(1) / Fraction(right)) if right else 0
    return lifted(left, right.ctx, real=True) / lifted(right, right.ctx, real=True)


def equal(left: Term, right: Term) -> Term:
    if is_plain(left) and is_plain(right):
        return bool(left == right)
    if isinstance(left, bool):
        return right if left else negated(right)
    if isinstance(right, bool):
        return left if right else negated(left)
    if _is_truth(left):
        return left == right
    return _arithmetic(lambda a, b: a == b)(left, right)


def quotient(term: Term, by: int) -> Term:
    """Whole division of a whole term, towards minus infinity; `by` is above zero."""
    return term // by if is_plain(term) else term / by


def remainder(term: Term, by: int) -> Term:
    return term % by


def floored(term: Term) -> Term:
    """The greatest whole number not above the term."""
    if is_plain(term):
        return int(Fraction(term).__floor__())
    return z3.ToInt(term) if term.is_real() else term


def smaller(left: Term, right: Term) -> Term:
    return chosen(at_most(left, right), left, right)


def larger(left: Term, right: Term) -> Term:
    return chosen(at_most(right, left), left, right)


def between(low: Term, term: Term, high: Term) -> Term:
    return all_of(at_most(low, term), at_most(term, high))


def total(parts: Iterable[Term]) -> Term:
    result: Term = 0
    for part in parts:
        result = plus(result, part)
    return result


def looked_up(term: Term, pieces: Sequence[tuple[int, Term]], below: Term) -> Term:
    """A value by where the whole term lies: each piece holds from its start up to the next one's.

    Pieces stand in rising order; `below` holds before the first. A balanced tree: a calendar has hundreds.
    """
    if not pieces:
        return below
    middle = len(pieces) // 2
    start, value = pieces[middle]
    lower = looked_up(term, pieces[:middle], below)
    upper = looked_up(term, pieces[middle + 1 :], value)
    return chosen(less(term, start), lower, upper)
