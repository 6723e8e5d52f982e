"""Generates the lines that change an amount: bounds, factors, parts, reductions."""

from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.generator.lines import applying, is_conditional
from rules_dsl.generator.operations import compared, constant_term, extreme, operated, rounded
from rules_dsl.generator.reductions import reduced_by
from rules_dsl.generator.term import Term, constant
from rules_dsl.generator.ways import Ways
from rules_dsl.generator.working import Working


def changed(clause: n.AmountClause, amount: Term, work: Working) -> Term:
    """The amount after the line, which leaves it as it is where it does not apply."""
    bounding = isinstance(clause, n.AtMost | n.AtLeast | n.Rounded)
    ways = work.changed(amount, always=not (bounding or is_conditional(clause)))
    with applying(clause, work.w):
        match clause:
            case n.AtMost() | n.AtLeast():
                bound = work.told(work.money(clause.amount))
                sign, code = (">", "trace.capped") if isinstance(clause, n.AtMost) else ("<", "trace.raised")
                with work.w.block(f"if {compared(amount, sign, bound, work.w).code}:"):
                    work.put(ways, bound, code, clause)
            case n.Times():
                count = work.told(work.value(clause.count))
                work.put(
                    ways, operated(amount, "*", count, work.w), "trace.multiplied", clause, {"count": count}
                )
            case n.Plus():
                part = work.told(work.money(clause.amount))
                work.put(ways, operated(amount, "+", part, work.w), "trace.added", clause, {"part": part})
            case n.Less():
                part = work.told(work.money(clause.amount))
                work.put(ways, _left(amount, part, work), "trace.taken_away", clause, {"part": part})
            case n.Rounded():
                _round(clause, amount, ways, work)
            case n.Reduce():
                reduced_by(clause, work.value(clause.by), amount, ways, work)
    return ways.end()


def _left(amount: Term, part: Term, work: Working) -> Term:
    """What is left after taking away; never below zero."""
    rest = work.w.settle(operated(amount, "-", part, work.w))
    return extreme("largest", [rest, constant(Decimal(0), work.kind)], work.w)


def _round(clause: n.Rounded, amount: Term, ways: Ways, work: Working) -> None:
    """A multiple of the unit; what is one already stays as it is."""
    w, unit = work.w, constant_term(clause.unit)
    way = {"half_up": "rounded", "up": "rounded_up", "down": "rounded_down"}[clause.way]
    whole = w.hold(w.settle(rounded(way, amount, unit, w)), "whole")
    with w.block(f"if {compared(whole, '<>', amount, w).code}:"):
        work.put(ways, whole, "trace.rounded_to", clause, {"exact": amount, "unit": unit})
