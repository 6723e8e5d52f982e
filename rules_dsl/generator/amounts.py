"""Generates the amount of a charge or fee, line by line, rounded once at the end."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import ceil, floor

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.generator.changes import changed
from rules_dsl.generator.lines import applies, applying, is_conditional
from rules_dsl.generator.logbook import shape_of
from rules_dsl.generator.program import Function, Program
from rules_dsl.generator.reductions import reduced_together
from rules_dsl.generator.rows import MOST_ROWS, rows_of
from rules_dsl.generator.source import INDENT
from rules_dsl.generator.tariffs import bracketed, graded
from rules_dsl.generator.term import Term, at_scale, constant
from rules_dsl.generator.ways import Ways
from rules_dsl.generator.working import Working
from rules_dsl.kind import INTEGER, Kind
from rules_dsl.recording import as_it_is


def amount_function(program: Program, rule: n.AmountRule, traced: bool) -> Function:
    """The function that gives the rule's amount as money."""
    key = ("amount", rule.name, "traced" if traced else "")
    return program.once(key, lambda: _whole(rule, Working.of(rule, program, traced)))


def _whole(rule: n.AmountRule, work: Working) -> Function:
    work.w.leave_if_lapsed(rule)
    return _rounded(_once(work) if rule.each is None else _every_row(rule.each, work), work)


def _every_row(group: str, work: Working) -> Term:
    """The sum over the rows; no rows is nothing due."""
    w = work.w
    rows = w.settle(rows_of(group, w)).code
    made = _row_function(group, work)
    given = "facts, reference, known, row, number" + ", log" * w.traced
    w.line(f"amounts = [{made.name}({given}) for number, row in enumerate({rows})]")
    one = made.result
    whole = "sum_of" if one.scale is not None else "exact_sum_of"
    low, high = min(0, one.low * MOST_ROWS), max(0, one.high * MOST_ROWS)
    total = w.settle(w.asked(replace(one, code=f"{whole}(amounts)", low=low, high=high), "total"))
    if w.traced:
        with w.block(f"if len({rows}) > 1:"):
            count = {"count": Term(f"len({rows})", INTEGER, 0)}
            w.note("trace.rows_added", work.rule, work.rule, total.code, shape_of(total), count)
    return total


def _row_function(group: str, whole: Working) -> Function:
    """A function that gives the exact amount for one row."""
    w = whole.w.another(group)
    amount = _once(Working(whole.rule, w, "0", whole.kind))
    w.line(f"return {amount.code}")
    name = w.finish("row", whole.rule.name)
    return Function(name, replace(amount, constant=None), doubtful=True)


def _once(work: Working) -> Term:
    """The first line that gives an amount, then every line that changes it, from top to bottom."""
    rule = work.rule
    giving = [clause for clause in rule.clauses if isinstance(clause, n.GIVING)]
    amount = _given(giving, work) if giving else constant(Decimal(0), work.kind)
    reductions = [clause for clause in rule.clauses if isinstance(clause, n.Reduce)]
    together = rule.combine in ("highest", "waiver_first")
    for clause in rule.clauses:
        if isinstance(clause, n.Reduce) and together:
            amount = reduced_together(reductions, amount, work) if clause is reductions[0] else amount
        elif not isinstance(clause, n.GIVING):
            amount = changed(clause, amount, work)
    return amount


def _given(giving: Sequence[n.AmountClause], work: Working) -> Term:
    """What the first line that applies gives; the function ends where it exempts, or where none applies."""
    ways = Ways(work.w, work.w.fresh("due"))
    payers = [clause for clause in giving if not isinstance(clause, n.Exempt)]
    if payers and is_conditional(payers[0]):
        work.w.line(f"{ways.variable} = None")
    for exempts, lines in groupby(giving, lambda clause: isinstance(clause, n.Exempt)):
        if exempts:
            _exempt(list(lines), ways, work)
            continue
        for clause in lines:
            _pay(clause, ways, work)
            if not is_conditional(clause):
                return ways.end()
    no_clause = f"return {work.unknown('rules.no_clause')}"
    if not payers:
        work.w.line(no_clause)
        return constant(Decimal(0), work.kind)
    work.w.line(f"if {ways.variable} is None:")
    work.w.line(INDENT + no_clause)
    return ways.end()


def _exempt(lines: list[n.AmountClause], ways: Ways, work: Working) -> None:
    """Exemptions standing together: one that certainly applies settles the matter, since all come to the same."""
    w = work.w
    guard = [f"{ways.variable} is None"] if ways.ways else []
    if len(lines) == 1:
        with applying(lines[0], w, *guard):
            _nothing_due(lines[0], work)
        return
    with w.guarded(guard):
        doubt = w.fresh("doubt")
        w.line(f"{doubt} = None")
        for clause in lines:
            term = w.hold(applies(clause, w), "exempt")
            if term.doubts:
                w.line(f"if {term.doubts[0].test}:")
                w.line(f"{INDENT}{doubt} = also({doubt}, {term.code})")
            with w.block(f"{'elif' if term.doubts else 'if'} {term.code}:"):
                _nothing_due(clause, work)
        w.line(f"if {doubt} is not None:")
        w.line(f"{INDENT}return {doubt}")


def _nothing_due(clause: n.AmountClause, work: Working) -> None:
    zero = constant(Decimal(0), work.kind)
    work.w.note("trace.exempt", clause, work.rule, zero.code, shape_of(zero))
    work.w.line(f"return {work.nothing}")


def _pay(clause: n.AmountClause, ways: Ways, work: Working) -> None:
    guard = [f"{ways.variable} is None"] if ways.ways else []
    with applying(clause, work.w, *guard):
        match clause:
            case n.Pay():
                work.put(ways, work.money(clause.amount), "trace.paid", clause)
            case n.Brackets():
                bracketed(clause, ways, work)
            case n.Grades():
                graded(clause, ways, work)


def _rounded(amount: Term, work: Working) -> Function:
    """Half up to the currency's smallest unit, at the very end."""
    w, kind = work.w, amount.kind
    exact = work.told(amount)
    if exact.scale is None:
        money = f"to_the_unit(ExactMoney(Decimal({exact.code}), {kind.currency!r}))"
        rest = f"money.amount != {exact.code}"
    else:
        minor, rest = _half_up(exact, EXPONENTS[kind.currency])
        money = f"Money({minor}, {kind.currency!r})"
    if w.traced and rest:
        w.line(f"money = {money}")
        with w.block(f"if {rest}:"):
            w.note("trace.rounded", work.rule, work.rule, "money", as_it_is, {"exact": exact})
        money = "money"
    w.line(f"return {money}")
    return Function(w.finish("rule", work.rule.name), _minor(amount, kind), doubtful=True)


def _half_up(exact: Term, places: int) -> tuple[str, str]:
    """Code of the smallest units, and of whether anything was rounded away ("": nothing can be)."""
    assert exact.scale is not None
    if exact.scale <= places:
        return at_scale(exact, places).code, ""
    unit = 10 ** (exact.scale - places)
    half, due = unit // 2, exact.code
    up = f"({due} + {half:_}) // {unit:_}"
    rest = f"{exact.within(2)} % {unit:_}"
    if exact.low >= 0:
        return up, rest
    return f"{up} if {due} >= 0 else -(({half:_} - {exact.within(2)}) // {unit:_})", rest


def _minor(amount: Term, kind: Kind) -> Term:
    """The rounded amount in smallest units."""
    places = EXPONENTS[kind.currency]
    factor = Fraction(10) ** (places - (amount.scale or 0))
    return Term("", kind, places, floor(amount.low * factor), ceil(amount.high * factor))
