"""Works out a charge or fee, line by line, with a trace of each line that applied."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from common.money import Money
from rules_dsl import nodes as n
from rules_dsl.arithmetic import combined, compared, to_a_multiple, to_the_unit
from rules_dsl.evaluation import TraceLine
from rules_dsl.meaning import value_of
from rules_dsl.moment import Moment
from rules_dsl.parameters import constant
from rules_dsl.reductions import reduced_by, reduced_together
from rules_dsl.rows import rows_of
from rules_dsl.tariffs import bracketed, graded
from rules_dsl.unknown import Unknown, joined
from rules_dsl.values import ExactMoney
from rules_dsl.working import Working, as_money

Change = n.AtMost | n.AtLeast | n.Times | n.Plus | n.Less | n.Reduce | n.Rounded
Known = ExactMoney | Unknown


def amount_of(rule: n.AmountRule, moment: Moment) -> tuple[Money | Unknown, tuple[TraceLine, ...]]:
    """The amount, half up to the đồng at the end, and the lines that made it."""
    work = Working(rule, moment)
    exact = _exact(rule, work)
    if isinstance(exact, Unknown):
        return exact, tuple(work.trace)
    money = to_the_unit(exact)
    if money.amount != exact.amount:
        work.noted("trace.rounded", rule, money, {"exact": exact})
    return money, tuple(work.trace)


def _exact(rule: n.AmountRule, work: Working) -> Known:
    lapsed = work.moment.lapsed(rule)
    if lapsed is not None:
        return lapsed
    if rule.each is None:
        return _once(rule, work)
    rows = rows_of(rule.each, work.moment)
    return rows if isinstance(rows, Unknown) else _every_row(rule, rows, work)


def _every_row(rule: n.AmountRule, rows: Iterator[int], work: Working) -> Known:
    """The sum over the rows; no rows is nothing due."""
    total: Known = work.nothing
    for number in rows:
        work.row = number
        amount = _once(rule, work)
        unknowns = [value for value in (total, amount) if isinstance(value, Unknown)]
        total = joined(unknowns) if unknowns else _plus(total, amount)  # type: ignore[arg-type]
    count, work.row = (work.row or 0) + 1, None
    return work.noted("trace.rows_added", rule, total, {"count": Decimal(count)}) if count > 1 else total


def _plus(amount: ExactMoney, part: ExactMoney) -> Known:
    return as_money(combined(amount, "+", part), amount)


def _once(rule: n.AmountRule, work: Working) -> Known:
    """The first line that gives an amount, then every line that changes it, from top to bottom."""
    giving = [clause for clause in rule.clauses if isinstance(clause, n.GIVING)]
    amount: Known | None = _given(giving, rule, work) if giving else work.nothing
    if amount is None:
        return work.nothing
    together = rule.combine in ("highest", "waiver_first")
    for clause in rule.clauses:
        if isinstance(amount, Unknown):
            break
        if isinstance(clause, n.Reduce) and together:
            first = next(other for other in rule.clauses if isinstance(other, n.Reduce))
            amount = reduced_together(rule, amount, work) if clause is first else amount
        elif not isinstance(clause, n.GIVING):
            amount = _changed(clause, amount, work)
    return amount


def _given(giving: Sequence[n.AmountClause], rule: n.AmountRule, work: Working) -> Known | None:
    """What the first line that applies gives; None when it exempts.

    A line of which it is unknown whether it applies leaves the amount unknown; only among exemptions standing
    together a certain one settles the matter, since all of them come to the same.
    """
    doubts: list[Unknown] = []
    for clause in giving:
        if doubts and not isinstance(clause, n.Exempt):
            break
        truth = work.applies(clause)
        if isinstance(truth, Unknown):
            doubts.append(truth)
            if not isinstance(clause, n.Exempt):
                break
        elif truth:
            return _by(clause, rule, work)
    return joined(doubts) if doubts else Unknown((rule.name,), "rules.no_clause")


def _by(clause: n.AmountClause, rule: n.AmountRule, work: Working) -> Known | None:
    match clause:
        case n.Pay():
            amount = as_money(value_of(clause.amount, work.moment), work.nothing)
            return work.noted("trace.paid", clause, amount)
        case n.Brackets():
            return bracketed(clause, rule, work)
        case n.Grades():
            return graded(clause, rule, work)
    work.noted("trace.exempt", clause, work.nothing)
    return None


def _changed(clause: Change, amount: ExactMoney, work: Working) -> Known:
    truth = work.applies(clause)
    if not truth or isinstance(truth, Unknown):
        return truth if isinstance(truth, Unknown) else amount
    match clause:
        case n.AtMost() | n.AtLeast():
            return _bounded(clause, amount, work)
        case n.Times():
            count = value_of(clause.count, work.moment)
            result = count if isinstance(count, Unknown) else as_money(combined(amount, "*", count), amount)
            return work.noted("trace.multiplied", clause, result, {"count": count})
        case n.Plus():
            part = as_money(value_of(clause.amount, work.moment), amount)
            result = part if isinstance(part, Unknown) else _plus(amount, part)
            return work.noted("trace.added", clause, result, {"part": part})
        case n.Less():
            return _less(clause, amount, work)
        case n.Reduce():
            return reduced_by(clause, value_of(clause.by, work.moment), amount, work)
        case n.Rounded():
            return _rounded(clause, amount, work)


def _less(clause: n.Less, amount: ExactMoney, work: Working) -> Known:
    """What is left after taking away; never below zero."""
    part = as_money(value_of(clause.amount, work.moment), amount)
    rest = part if isinstance(part, Unknown) else as_money(combined(amount, "-", part), amount)
    if isinstance(rest, Unknown):
        return rest
    left = rest if compared(rest, ">", work.nothing) else work.nothing
    return work.noted("trace.taken_away", clause, left, {"part": part})


def _rounded(clause: n.Rounded, amount: ExactMoney, work: Working) -> Known:
    """A multiple of the unit; what is one already leaves no trace."""
    unit = constant(clause.unit)
    result = as_money(to_a_multiple(amount, unit, clause.way), amount)
    if isinstance(result, Unknown) or result.amount == amount.amount:
        return result
    return work.noted("trace.rounded_to", clause, result, {"exact": amount, "unit": unit})


def _bounded(clause: n.AtMost | n.AtLeast, amount: ExactMoney, work: Working) -> Known:
    """The amount, or the bound where it lies beyond; a bound that does not bite leaves no trace."""
    bound = as_money(value_of(clause.amount, work.moment), amount)
    if isinstance(bound, Unknown):
        return bound
    beyond, code = (">", "trace.capped") if isinstance(clause, n.AtMost) else ("<", "trace.raised")
    return work.noted(code, clause, bound) if compared(amount, beyond, bound) else amount
