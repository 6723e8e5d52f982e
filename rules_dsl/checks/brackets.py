"""Gaps and overlaps in brackets, found exactly by trying the points that matter."""

from decimal import Decimal
from itertools import pairwise

from rules_dsl import nodes as n
from rules_dsl.kinds import Kinds
from rules_dsl.values import plain

_HOLDS = {
    "below": lambda quantity, limit: quantity < limit,
    "up_to": lambda quantity, limit: quantity <= limit,
    "from": lambda quantity, limit: quantity >= limit,
    "above": lambda quantity, limit: quantity > limit,
}


def gap(clause: n.Brackets, kinds: Kinds) -> str | None:
    """A quantity that no bracket holds, in digits; None when there is none."""
    missed = (point for point in _points(clause, kinds) if _row_of(point, clause) is None)
    found = next(missed, None)
    return None if found is None else plain(found)


def idle_rows(clause: n.Brackets, kinds: Kinds) -> list[n.Bracket]:
    """Brackets that earlier ones leave nothing to."""
    used = {_row_of(point, clause) for point in _points(clause, kinds)}
    return [row for number, row in enumerate(clause.rows) if number not in used]


def _row_of(quantity: Decimal, clause: n.Brackets) -> int | None:
    for number, row in enumerate(clause.rows):
        if all(_HOLDS[bound.kind](quantity, _limit(bound)) for bound in row.bounds):
            return number
    return None


def _points(clause: n.Brackets, kinds: Kinds) -> list[Decimal]:
    """Each limit, a point between every two neighbours, and one beyond either end, as the form allows them.

    Between these points no bracket begins or ends, so what holds for them holds for all.
    """
    limits = sorted({_limit(bound) for row in clause.rows for bound in row.bounds})
    if not limits:
        return [Decimal(0)]
    between = [(low + high) / 2 for low, high in pairwise(limits)]
    points = sorted({*limits, *between, limits[0] - 1, limits[-1] + 1, *_beside(limits)})
    fact = kinds.fact(clause.quantity.path) if isinstance(clause.quantity, n.Name) else None
    if fact is None:
        return points
    if fact.kind in ("integer", "money"):
        points = [point for point in points if point == point.to_integral_value()]
    least, most = fact.minimum, fact.maximum
    inside = [p for p in points if (least is None or p >= least) and (most is None or p <= most)]
    return inside + [end for end in (least, most) if end is not None]


def _beside(limits: list[Decimal]) -> list[Decimal]:
    """The whole numbers next to each limit, for quantities that have no halves."""
    return [limit + step for limit in limits for step in (-1, 1)]


def _limit(bound: n.Bound) -> Decimal:
    return bound.limit.value if isinstance(bound.limit, n.Number) else bound.limit.number.value
