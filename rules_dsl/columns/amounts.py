"""The amount of a charge or fee on columns, line by line, rounded once at the end."""

from dataclasses import replace
from decimal import Decimal

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.columns.changes import changed, reduced_together
from rules_dsl.columns.masks import ALL, NONE, both, either, without
from rules_dsl.columns.operations import chosen
from rules_dsl.columns.rows import somewhere, total_of
from rules_dsl.columns.tariffs import bracketed, graded
from rules_dsl.columns.working import Working
from rules_dsl.columns.writer import ColumnWriter, missing
from rules_dsl.generator import term as terms
from rules_dsl.generator.term import SUM, Term, constant
from rules_dsl.kind import Kind
from rules_dsl.kinds import currency_of


def amount_of(rule: n.AmountRule, w: ColumnWriter) -> Term:
    """The amount in smallest units, with the mask of rows where it is not known."""
    work = Working(rule, w.outside.on_the_day_of(rule.as_of))
    kind = Kind("money", currency_of(rule, w.kinds))
    due = _once(rule, kind, work) if rule.each is None else _every_row(rule, rule.each, kind, work)
    return replace(_minor(due, EXPONENTS[kind.currency], work.w), doubts=work.doubts())


def _every_row(rule: n.AmountRule, group: str, kind: Kind, work: Working) -> Term:
    """The sum over the rows; not known where the amount of one of them is not, or the rows are not."""
    inner = Working(rule, work.w.in_rows(group))
    due = _once(rule, kind, inner)
    work.doubt(missing(work.w.row_count(group)))
    work.doubt(somewhere(inner.w.hold(inner.not_known(), "not_known"), inner.w))
    return total_of(due, inner.w)


def _once(rule: n.AmountRule, kind: Kind, work: Working) -> Term:
    """The amount before rounding, for each dossier or each row."""
    due = _given(rule, kind, work)
    reductions = [clause for clause in rule.clauses if isinstance(clause, n.Reduce)]
    together = rule.combine in ("highest", "waiver_first")
    for clause in rule.clauses:
        if isinstance(clause, n.Reduce) and together:
            due = reduced_together(reductions, due, work) if clause is reductions[0] else due
        elif not isinstance(clause, n.GIVING):
            due = changed(clause, due, work)
    return chosen(work.settled, constant(Decimal(0), kind), due, work.w)


def _given(rule: n.AmountRule, kind: Kind, work: Working) -> Term:
    """What the first line that applies gives; rows that are exempt are settled."""
    w, rows = work.w, list[tuple[str, Term]]()
    open_, waiting = ALL, NONE
    giving = [clause for clause in rule.clauses if isinstance(clause, n.GIVING)]
    for clause in giving:
        applies, doubt = work.applies(clause)
        unsure = both(open_, doubt)
        if isinstance(clause, n.Exempt):
            # Among exemptions standing together one that certainly applies settles what others leave in doubt.
            takes = w.hold(both(either(open_, waiting), without(applies, doubt)), "exempt")
            work.settled = w.hold(either(work.settled, takes), "settled")
            waiting = w.hold(without(either(waiting, unsure), takes), "waiting")
        else:
            work.doubt(waiting)
            work.doubt(unsure)
            waiting = NONE
            takes = w.hold(both(open_, without(applies, doubt)), "takes")
            rows.append((takes, _paid(clause, takes, kind, work)))
        open_ = w.hold(without(open_, either(applies, doubt)), "open")
    work.doubt(waiting)
    work.doubt(open_ if giving else NONE)
    amount = rows[-1][1] if rows else constant(Decimal(0), kind)
    for takes, given in reversed(rows[:-1]):
        amount = chosen(takes, given, amount, w)
    return amount


def _paid(clause: n.AmountClause, takes: str, kind: Kind, work: Working) -> Term:
    match clause:
        case n.Pay():
            return work.value(clause.amount, takes)
        case n.Brackets():
            return bracketed(clause, takes, work)
        case n.Grades():
            return graded(clause, takes, kind, work)
    raise AssertionError(clause)


def _minor(due: Term, places: int, w: ColumnWriter) -> Term:
    """Half up to the currency's smallest unit."""
    assert due.scale is not None
    if due.scale <= places:
        return w.held(terms.at_scale(due, places), "minor")
    unit = 10 ** (due.scale - places)
    half, code = unit // 2, due.code
    w.held(replace(due, low=due.low - half, high=due.high + half), "due")
    up = f"({code} + {half}) // {unit}"
    if due.low < 0:
        up = f"np.where({code} >= 0, {up}, -(({half} - {code}) // {unit}))"
    low, high = due.low // unit - 1, due.high // unit + 1
    return w.held(Term(up, due.kind, places, low, high, binding=SUM), "minor")
