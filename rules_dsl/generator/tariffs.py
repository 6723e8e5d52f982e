"""Generates amounts by the size of one quantity: brackets of the whole, and grades for each unit."""

from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.generator.operations import compared, extreme, limit_term, operated
from rules_dsl.generator.source import INDENT
from rules_dsl.generator.term import Term, constant, counted
from rules_dsl.generator.ways import Ways
from rules_dsl.generator.working import Working
from rules_dsl.kind import INTEGER
from rules_dsl.limits import TESTS


def bracketed(clause: n.Brackets, ways: Ways, work: Working) -> None:
    """What the first bracket that holds the quantity gives."""
    w = work.w
    quantity = w.hold(counted(work.value(clause.quantity)), "quantity")
    floor = constant(Decimal(0), quantity.kind)
    for number, row in enumerate(clause.rows):
        limits = [(bound.kind, limit_term(bound.limit, quantity.kind, w)) for bound in row.bounds]
        floor = next((limit for kind, limit in limits if kind in ("from", "above")), floor)
        tests = [compared(quantity, TESTS[kind], limit, w).code for kind, limit in limits]
        with w.case(number, len(clause.rows), " and ".join(tests), ways.variable):
            _rate(clause, row, quantity, floor, ways, work)
        if not tests:
            return
        floor = next((limit for kind, limit in limits if kind in ("below", "up_to")), floor)
    w.line("else:")
    w.line(f"{INDENT}return {work.unknown('rules.no_clause')}")


def _rate(clause: n.Brackets, row: n.Bracket, quantity: Term, floor: Term, ways: Ways, work: Working) -> None:
    excess = work.w.settle(operated(quantity, "-", floor, work.w))
    work.w.bracket = (quantity, excess)
    amount = work.money(row.amount)
    work.w.bracket = None
    work.put(ways, amount, "trace.bracket", clause, {"quantity": quantity, "floor": floor})


def graded(clause: n.Grades, ways: Ways, work: Working) -> None:
    """The sum over the units, each at the price of the last grade that its index has reached."""
    w = work.w
    quantity = w.hold(counted(work.value(clause.quantity)), "quantity")
    total = constant(Decimal(0), work.kind)
    parts = {"quantity": quantity}
    ends = [_count(row.start - 1) for row in clause.rows[1:]] + [None]
    for number, (row, end) in enumerate(zip(clause.rows, ends, strict=True), 1):
        reached = quantity if end is None else extreme("smallest", [quantity, end], w)
        beyond = operated(reached, "-", _count(row.start - 1), w)
        units = work.told(extreme("largest", [_count(0), beyond], w))
        price = work.told(work.money(row.amount))
        total = operated(total, "+", operated(price, "*", units, w), w)
        parts |= {f"units_{number}": units, f"price_{number}": price}
    work.put(ways, total, "trace.graded", clause, parts)


def _count(number: int) -> Term:
    return constant(Decimal(number), INTEGER)
