"""Lines that change an amount, on columns: bounds, factors, parts, rounding, reductions."""

from dataclasses import replace
from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.columns.masks import NONE, both, either
from rules_dsl.columns.operations import chosen, compared, extreme, operated, rounded
from rules_dsl.columns.working import Working
from rules_dsl.generator.operations import constant_term
from rules_dsl.generator.term import Term, constant
from rules_dsl.kind import INTEGER

WHOLE = constant(Decimal(1), INTEGER)
WAYS = {"half_up": "rounded", "up": "rounded_up", "down": "rounded_down"}


def changed(clause: n.AmountClause, due: Term, work: Working) -> Term:
    """The amount after the line, which leaves it as it is where it does not apply."""
    applies, doubt = work.applies(clause)
    work.doubt(doubt)
    return chosen(applies, _after(clause, due, applies, work), due, work.w)


def _after(clause: n.AmountClause, due: Term, applies: str, work: Working) -> Term:
    w, nothing = work.w, constant(Decimal(0), due.kind)
    match clause:
        case n.AtMost():
            return extreme("smallest", [due, work.value(clause.amount, applies)], w)
        case n.AtLeast():
            return extreme("largest", [due, work.value(clause.amount, applies)], w)
        case n.Times():
            return operated(due, "*", work.value(clause.count, applies), w)
        case n.Plus():
            return operated(due, "+", work.value(clause.amount, applies), w)
        case n.Less():
            rest = operated(due, "-", work.value(clause.amount, applies), w)
            return extreme("largest", [rest, nothing], w)
        case n.Rounded():
            return rounded(WAYS[clause.way], due, constant_term(clause.unit), w)
        case n.Reduce():
            return operated(due, "-", _cut(work.value(clause.by, applies), due, work), w)
    raise AssertionError(clause)


def _cut(by: Term, due: Term, work: Working) -> Term:
    """A percentage of the amount, or an amount; at most the whole amount, at least nothing."""
    cut = by if by.kind.name == "money" else operated(by, "*", due, work.w)
    nothing = constant(Decimal(0), due.kind)
    return extreme("largest", [extreme("smallest", [cut, due], work.w), nothing], work.w)


def reduced_together(clauses: list[n.Reduce], due: Term, work: Working) -> Term:
    """The amount after all reductions that apply, combined as the rule states."""
    looked_at = []
    for clause in clauses:
        applies, doubt = work.applies(clause)
        work.doubt(doubt)
        looked_at.append((applies, work.value(clause.by, applies)))
    assert isinstance(work.rule, n.AmountRule)
    return (_highest if work.rule.combine == "highest" else _waiver_first)(looked_at, due, work)


def _highest(looked_at: list[tuple[str, Term]], due: Term, work: Working) -> Term:
    nothing = constant(Decimal(0), due.kind)
    cuts = [chosen(applies, _cut(by, due, work), nothing, work.w) for applies, by in looked_at]
    return operated(due, "-", extreme("largest", [*cuts, nothing], work.w), work.w)


def _waiver_first(looked_at: list[tuple[str, Term]], due: Term, work: Working) -> Term:
    """A reduction of the whole stands alone; without one, one after the other."""
    w, rest, waived = work.w, due, NONE
    for applies, by in looked_at:
        if by.kind.name != "money":
            whole = compared(by, "=", replace(WHOLE, kind=by.kind), w).code
            waived = either(waived, both(applies, whole))
        rest = chosen(applies, operated(rest, "-", _cut(by, rest, work), w), rest, w)
    alone = operated(due, "-", _cut(WHOLE, due, work), w)
    return chosen(waived if waived == NONE else w.hold(waived, "waived"), alone, rest, w)
