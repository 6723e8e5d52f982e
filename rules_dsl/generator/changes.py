"""Generates the lines that change an amount: bounds, factors, parts, reductions."""

from rules_dsl import nodes as n
from rules_dsl.generator.lines import applying, is_conditional
from rules_dsl.generator.operations import compared, operated
from rules_dsl.generator.reductions import reduced_by
from rules_dsl.generator.term import Term
from rules_dsl.generator.working import Working

Change = n.AtMost | n.AtLeast | n.Times | n.Plus | n.Reduce


def changed(clause: n.AmountClause, amount: Term, work: Working) -> Term:
    """The amount after the line, which leaves it as it is where it does not apply."""
    bounding = isinstance(clause, n.AtMost | n.AtLeast)
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
            case n.Reduce():
                reduced_by(clause, work.value(clause.by), amount, ways, work)
    return ways.end()
