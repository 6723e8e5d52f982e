"""Cells of a table for the solver: `rules_dsl.limits.fits` in terms."""

from collections.abc import Callable
from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.prover.constants import exact, limit
from rules_dsl.prover.logic import Term, all_of, any_of, at_most, equal, less, negated
from rules_dsl.prover.symbols import Symbol
from rules_dsl.prover.world import World

TESTS: dict[str, Callable[[Term, Term], Term]] = {
    "below": less,
    "up_to": at_most,
    "from": lambda a, b: at_most(b, a),
    "above": lambda a, b: less(b, a),
}


def fits(cell: n.Cell, value: Symbol, world: World) -> Symbol:
    """Whether the cell holds. A fact that was not answered is `blank` and nothing else."""
    match cell:
        case n.AnyCell():
            return Symbol(True)
        case n.BlankCell():
            return Symbol(value.absent, unknown=value.unknown)
        case n.ValuesCell():
            holds = is_among(value.term, [member.value for member in cell.members], world)
        case n.RangeCell():
            holds = all_of(*(TESTS[bound.kind](value.term, limit(bound.limit)) for bound in cell.bounds))
    return Symbol(all_of(holds, negated(value.absent)), unknown=value.unknown)


def is_among(term: Term, values: list[str | bool | Decimal], world: World) -> Term:
    """Whether the term is one of the written values; of a list of choices, whether any chosen one is."""
    if isinstance(term, dict):
        return any_of(*(term[word] for word in values if word in term))
    return any_of(*(equal(term, _written(value, world)) for value in values))


def _written(value: str | bool | Decimal, world: World) -> Term:
    if isinstance(value, bool):
        return value
    return world.words.number(value) if isinstance(value, str) else exact(value)
