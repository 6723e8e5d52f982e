"""Gaps and overlaps in brackets, found exactly by trying the points that matter."""

from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.checks.domains import number_of, points
from rules_dsl.checks.holding import bits, rows_within
from rules_dsl.kinds import Kinds
from rules_dsl.values import plain


def gap(clause: n.Brackets, kinds: Kinds) -> str | None:
    """A quantity that no bracket holds, in digits; None when there is none."""
    found = next((point for point, rows in _holding(clause, kinds) if not rows), None)
    return None if found is None else plain(found)


def idle_rows(clause: n.Brackets, kinds: Kinds) -> list[n.Bracket]:
    """Brackets that earlier ones leave nothing to."""
    used = {next(bits(rows)) for _, rows in _holding(clause, kinds) if rows}
    return [row for number, row in enumerate(clause.rows) if number not in used]


def _holding(clause: n.Brackets, kinds: Kinds) -> list[tuple[Decimal, int]]:
    """Each point with the brackets that hold it."""
    limits = {number_of(bound.limit) for row in clause.rows for bound in row.bounds}
    fact = kinds.fact(clause.quantity.path) if isinstance(clause.quantity, n.Name) else None
    tried = points(limits, kinds.of(clause.quantity), fact)
    ranges = {number: row.bounds for number, row in enumerate(clause.rows)}
    return list(zip(tried, rows_within(tried, ranges), strict=True))
