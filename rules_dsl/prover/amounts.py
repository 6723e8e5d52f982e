"""Charges and fees for the solver: `rules_dsl.amounts` in terms."""

from fractions import Fraction

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.prover import tariffs
from rules_dsl.prover.constants import constant
from rules_dsl.prover.lines import Lines, applies, first_line
from rules_dsl.prover.logic import (
    Term,
    any_of,
    larger,
    minus,
    negated,
    plus,
    smaller,
)
from rules_dsl.prover.meaning import value_of
from rules_dsl.prover.reductions import reduced_by, reduced_together
from rules_dsl.prover.rounding import to_a_multiple
from rules_dsl.prover.rows import Over, summed
from rules_dsl.prover.symbols import Symbol, first_of, joined, picked
from rules_dsl.prover.world import At, World

NOTHING = Symbol(0)
Change = n.AtMost | n.AtLeast | n.Times | n.Plus | n.Less | n.Reduce | n.Rounded


def amount_of(rule: n.AmountRule, at: At, world: World) -> Symbol:
    """The amount in whole units, half up to the smallest unit of its currency; not known outside its dates.

    `at` is where the amount is asked for; it is worked out by the day of the rule's own law, outside any row.
    """
    own = At(as_of=rule.as_of)
    dated = world.in_force(rule.law, own)
    exact = _every_row(rule, own, world) if rule.each else once(rule, own, world)
    unit = Fraction(1, 10 ** EXPONENTS.get(world.currencies.get(rule.name, "VND"), 0))
    rounded = to_a_multiple(exact.term, unit, "half_up")
    world.rounded[rule.name] = exact.term, rounded
    return joined(rounded, exact, dated).but_unknown(world.lapsed(negated(dated.term)))


def giving(rule: n.AmountRule) -> list[n.AmountClause]:
    """The lines of which the first that applies gives the amount."""
    return [clause for clause in rule.clauses if isinstance(clause, n.GIVING)]


def lines_of(rule: n.AmountRule, at: At, world: World) -> Lines[n.AmountClause]:
    return first_line(giving(rule), at, world)


def _every_row(rule: n.AmountRule, own: At, world: World) -> Symbol:
    """The sum over the rows; no rows is nothing due."""
    assert rule.each is not None
    group = world.rows_of(rule.each)
    values = tuple(once(rule, At(row, as_of=own.as_of), world) for row in group.rows)
    over = Over(group, values, f"amount {rule.name}")
    return joined(summed(over, world), over.not_known(world))


def once(rule: n.AmountRule, at: At, world: World) -> Symbol:
    """The amount before rounding, once or for one row."""
    if not giving(rule):
        return _changed_by_all(rule, NOTHING, at, world)
    lines = lines_of(rule, at, world)
    exempt = any_of(*(when for line, when in _cases(lines) if isinstance(line, n.Exempt)))
    given = [(when, _given(line, at, world)) for line, when in _cases(lines)]
    amount = first_of(given, NOTHING)
    undecided = Symbol(0, lines.absent, any_of(lines.unknown, lines.none))
    changed = _changed_by_all(rule, joined(amount.term, amount, undecided), at, world)
    return picked(exempt, NOTHING, changed)


def _cases(lines: Lines[n.AmountClause]) -> list[tuple[n.AmountClause, Term]]:
    return list(zip(lines.lines, lines.applied, strict=True))


def _given(clause: n.AmountClause, at: At, world: World) -> Symbol:
    match clause:
        case n.Pay():
            return value_of(clause.amount, at, world)
        case n.Brackets():
            return tariffs.bracketed(clause, at, world)
        case n.Grades():
            return tariffs.graded(clause, at, world)
    return NOTHING


def _changed_by_all(rule: n.AmountRule, amount: Symbol, at: At, world: World) -> Symbol:
    """Every line that changes the amount, from top to bottom; reductions that combine, at the first of them."""
    together = rule.combine in ("highest", "waiver_first")
    first = next((clause for clause in rule.clauses if isinstance(clause, n.Reduce)), None)
    for clause in rule.clauses:
        if isinstance(clause, n.Reduce) and together:
            amount = reduced_together(rule, amount, at, world) if clause is first else amount
        elif not isinstance(clause, n.GIVING):
            amount = _where_it_applies(clause, amount, at, world)
    return amount


def _where_it_applies(clause: Change, amount: Symbol, at: At, world: World) -> Symbol:
    when = applies(clause, at, world)
    changed = picked(when.term, _changed(clause, amount, at, world), amount)
    return joined(changed.term, changed, when)


def _changed(clause: Change, amount: Symbol, at: At, world: World) -> Symbol:
    match clause:
        case n.Rounded():
            unit = constant(clause.unit)
            return joined(to_a_multiple(amount.term, unit, clause.way), amount)
        case n.Reduce():
            return reduced_by(clause, amount, at, world)
        case n.Times():
            count = value_of(clause.count, at, world)
            return joined(world.product(amount.term, count.term, at), amount, count)
    part = value_of(clause.amount, at, world)
    return joined(_with_part(clause, amount.term, part.term), amount, part)


def _with_part(clause: n.AtMost | n.AtLeast | n.Plus | n.Less, amount: Term, part: Term) -> Term:
    match clause:
        case n.AtMost():
            return smaller(amount, part)
        case n.AtLeast():
            return larger(amount, part)
        case n.Plus():
            return plus(amount, part)
    return larger(minus(amount, part), 0)
