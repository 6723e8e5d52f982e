"""Amounts on columns by the size of one quantity."""

from decimal import Decimal
from functools import partial

from rules_dsl import nodes as n
from rules_dsl.columns.masks import ALL, NONE, both, either, opposite, without
from rules_dsl.columns.operations import chosen, compared, extreme, operated
from rules_dsl.columns.working import Working
from rules_dsl.generator.operations import constant_term
from rules_dsl.generator.term import Term, constant
from rules_dsl.kind import INTEGER, Kind
from rules_dsl.limits import TESTS


def bracketed(clause: n.Brackets, where: str, work: Working) -> Term:
    """What the first bracket that holds the quantity gives."""
    w = work.w
    quantity = w.held(work.value(clause.quantity, where), "quantity")
    floor, found, rows = constant(Decimal(0), quantity.kind), NONE, list[tuple[str, Term]]()
    for row in clause.rows:
        limits = [(bound.kind, _limit(bound.limit, quantity.kind)) for bound in row.bounds]
        floor = next((limit for side, limit in limits if side in ("from", "above")), floor)
        holds = ALL
        for side, limit in limits:
            holds = both(holds, compared(quantity, TESTS[side], limit, w).code)
        w.bracket = lambda: quantity, partial(operated, quantity, "-", floor, w)
        rows.append((holds, work.value(row.amount, both(where, without(holds, found)))))
        found = either(found, holds)
        floor = next((limit for side, limit in limits if side in ("below", "up_to")), floor)
    w.bracket = None
    work.doubt(both(where, opposite(found if found in (ALL, NONE) else w.hold(found, "held"))))
    amount = rows[-1][1]
    for holds, given in reversed(rows[:-1]):
        amount = chosen(holds, given, amount, w)
    return amount


def _limit(limit: n.Number | n.Amount, quantity: Kind) -> Term:
    """A bare limit is in the unit of the quantity."""
    return constant_term(limit) if isinstance(limit, n.Amount) else constant(limit.value, quantity)


def graded(clause: n.Grades, where: str, kind: Kind, work: Working) -> Term:
    """The sum over the units, each at the price of the last grade that its index has reached."""
    w = work.w
    quantity = work.value(clause.quantity, where)
    total = constant(Decimal(0), kind)
    ends = [constant(Decimal(row.start - 1), INTEGER) for row in clause.rows[1:]]
    for row, end in zip(clause.rows, [*ends, None], strict=True):
        reached = quantity if end is None else extreme("smallest", [quantity, end], w)
        beyond = operated(reached, "-", constant(Decimal(row.start - 1), INTEGER), w)
        units = extreme("largest", [beyond, constant(Decimal(0), INTEGER)], w)
        total = operated(total, "+", operated(work.value(row.amount, where), "*", units, w), w)
    return total
