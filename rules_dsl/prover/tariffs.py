"""Brackets and grades for the solver: `rules_dsl.tariffs` in terms."""

from dataclasses import dataclass, replace

from rules_dsl import nodes as n
from rules_dsl.prover.cells import TESTS
from rules_dsl.prover.constants import limit
from rules_dsl.prover.logic import Term, all_of, larger, minus, negated, smaller, total
from rules_dsl.prover.meaning import value_of
from rules_dsl.prover.symbols import Symbol, first_of, joined
from rules_dsl.prover.world import At, World

LOWER, UPPER = ("from", "above"), ("below", "up_to")


@dataclass(frozen=True, slots=True)
class BracketLines:
    """Brackets at one place. `own` is for each whether its bounds hold, `applied` whether it is the first such.

    `floors` are where the excess of each begins.
    """

    quantity: Symbol
    own: tuple[Term, ...]
    applied: tuple[Term, ...]
    floors: tuple[Term, ...]
    none: Term


def bracket_lines(clause: n.Brackets, at: At, world: World) -> BracketLines:
    quantity = value_of(clause.quantity, at, world)
    own, applied, floors = [], [], []
    floor: Term = 0
    open_still: Term = True
    for row in clause.rows:
        bounds = [(bound.kind, limit(bound.limit)) for bound in row.bounds]
        floor = next((at_ for kind, at_ in bounds if kind in LOWER), floor)
        holds = all_of(*(TESTS[kind](quantity.term, at_) for kind, at_ in bounds))
        own.append(holds)
        applied.append(all_of(open_still, holds))
        floors.append(floor)
        open_still = all_of(open_still, negated(holds))
        floor = next((at_ for kind, at_ in bounds if kind in UPPER), floor)
    return BracketLines(quantity, tuple(own), tuple(applied), tuple(floors), open_still)


def bracketed(clause: n.Brackets, at: At, world: World) -> Symbol:
    """What the first bracket that holds the quantity gives."""
    lines = bracket_lines(clause, at, world)
    amounts = [bracket_amount(clause, number, lines, at, world) for number in range(len(clause.rows))]
    found = first_of(zip(lines.applied, amounts, strict=True), Symbol(0))
    return joined(found.term, found, lines.quantity).but_unknown(all_of(lines.none, lines.quantity.known))


def bracket_amount(clause: n.Brackets, number: int, lines: BracketLines, at: At, world: World) -> Symbol:
    """What the bracket of that number gives for the quantity."""
    quantity = lines.quantity.term
    inside = replace(at, bracket=(quantity, minus(quantity, lines.floors[number])))
    return value_of(clause.rows[number].amount, inside, world)


def graded(clause: n.Grades, at: At, world: World) -> Symbol:
    """The sum over the units, each at the price of the last grade that its index has reached."""
    quantity = value_of(clause.quantity, at, world)
    prices = [value_of(row.amount, at, world) for row in clause.rows]
    ends = [*(row.start - 1 for row in clause.rows[1:]), None]
    parts = [
        world.product(units_of(row.start, end, quantity.term), price.term, at)
        for row, end, price in zip(clause.rows, ends, prices, strict=True)
    ]
    return joined(total(parts), quantity, *prices)


def units_of(start: int, end: int | None, quantity: Term) -> Term:
    """How many units fall into the grade that begins at `start` and ends with `end` (None: no end)."""
    last = quantity if end is None else smaller(quantity, end)
    return larger(0, minus(last, start - 1))
