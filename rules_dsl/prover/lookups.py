"""Tables, interpolations and rates of exchange for the solver: `rules_dsl.lookups` in terms."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from rules_dsl import nodes as n
from rules_dsl.prover.cells import fits
from rules_dsl.prover.constants import constant, exact, limit
from rules_dsl.prover.logic import (
    Term,
    all_of,
    any_of,
    at_most,
    divided,
    equal,
    less,
    minus,
    negated,
    plus,
    times,
)
from rules_dsl.prover.symbols import Symbol, both, first_of, joined
from rules_dsl.prover.world import At, Free, World

ValueOf = Callable[[n.Expression, At, World], Symbol]
DEAREST = 10**6


@dataclass(frozen=True, slots=True)
class TableLines:
    """A table at one place: whether each row applies, and how looking it up may fail.

    `missing`: no row applies; `twice`: two do, though the table says that none may.
    """

    rows: tuple[Symbol, ...]
    missing: Term
    twice: Term


def table_value(table: n.Table, at: At, world: World, value_of: ValueOf) -> Symbol:
    """What the row that applies gives."""
    lines = table_lines(table, at, world, value_of)
    applying = [
        (row.holds, Symbol(constant(line.value))) for row, line in zip(lines.rows, table.rows, strict=True)
    ]
    doubtful = any_of(*_doubts(table, lines.rows))
    missing = all_of(lines.missing, world.mark(f"{table.name} has no row"))
    found = first_of(applying, Symbol(0)).but_unknown(any_of(doubtful, missing, lines.twice))
    return in_force(table, found, at, world)


def table_lines(table: n.Table, at: At, world: World, value_of: ValueOf) -> TableLines:
    rows = tuple(_row(row, table, at, world, value_of) for row in table.rows)
    missing = all_of(*(row.fails for row in rows))
    twice: Term = False
    if table.policy == "unique":
        pairs = (all_of(one.holds, other.holds) for number, one in enumerate(rows) for other in rows[:number])
        twice = any_of(*pairs)
    return TableLines(rows, missing, twice)


def _doubts(table: n.Table, rows: tuple[Symbol, ...]) -> list[Term]:
    """Where it is not known whether a row applies, and it could be the one."""
    if table.policy == "unique":
        return [row.unknown for row in rows]
    return [
        all_of(row.unknown, *(before.fails for before in rows[:number])) for number, row in enumerate(rows)
    ]


def _row(row: n.TableRow, table: n.Table, at: At, world: World, value_of: ValueOf) -> Symbol:
    """Whether every cell holds and the row is in force."""
    cells = [
        fits(cell, value_of(key, at, world), world)
        for cell, key in zip(row.cells, table.keys, strict=True)
        if not isinstance(cell, n.AnyCell)
    ]
    fitting, dated = both(*cells), world.in_force(row.law, at)
    return Symbol(
        all_of(fitting.term, dated.term),
        unknown=any_of(fitting.unknown, all_of(fitting.holds, dated.unknown)),
    )


def in_force(rule: n.Rule, found: Symbol, at: At, world: World) -> Symbol:
    """The value, not known on days on which the rule is not in force."""
    dated = world.in_force(rule.law, at)
    return joined(found.term, found, dated).but_unknown(world.lapsed(negated(dated.term)))


def interpolated(rule: n.Interpolation, at: At, world: World, value_of: ValueOf) -> Symbol:
    """The value on the line between the two points around the quantity; beyond the ends that of the end."""
    quantity = value_of(rule.quantity, at, world)
    corners = [(limit(point.at), constant(point.value)) for point in rule.points]
    cases: list[tuple[Term, Symbol]] = [(at_most(quantity.term, corners[0][0]), Symbol(corners[0][1]))]
    for low, high in pairwise(corners):
        cases.append((less(quantity.term, high[0]), Symbol(_on_the_line(low, high, quantity.term))))
    found = first_of(cases, Symbol(corners[-1][1]))
    return in_force(rule, joined(found.term, quantity), at, world)


def _on_the_line(low: tuple[Term, Term], high: tuple[Term, Term], quantity: Term) -> Term:
    slope = divided(minus(high[1], low[1]), minus(high[0], low[0]))
    return plus(low[1], times(minus(quantity, low[0]), slope))


def converted(node: n.Converted, at: At, world: World, value_of: ValueOf) -> Symbol:
    """The amount in the other currency, at the rate published for the day that the rule says."""
    rule = world.rules[node.rate.path]
    assert isinstance(rule, n.Rate)
    value, on = value_of(node.value, at, world), value_of(rule.on, at, world)
    rate = _published(rule, on.term, at, world)
    found = joined(world.product(value.term, rate.term, at), value, on, rate)
    return in_force(rule, found, at, world)


def _published(rule: n.Rate, on: Term, at: At, world: World) -> Symbol:
    """The rate of that day; where none is loaded, any rate above zero may have been published."""
    published = world.reference.rates.get(rule.name)
    if published:
        cases = [(equal(on, day.toordinal()), Symbol(exact(rate.value))) for day, rate in published.items()]
        return first_of(cases, Symbol(0, unknown=world.lapsed(True)))
    asked = " ".join(map(str, (*at.key, on)))
    rate = world.planting.unknown("real", f"@{rule.name}", asked)
    world.planting.unknowns.assume(all_of(less(0, rate), at_most(rate, DEAREST)))
    world.free[rule.name, at.key] = Free(at, rate, on)
    return Symbol(rate)
