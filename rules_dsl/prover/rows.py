"""Questions over the rows of a repeated group for the solver: `rules_dsl.rows` in terms.

The first rows are worked out one by one; of the rest only what is always so is known (`rest`). So what is proved
holds for any number of rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rules_dsl import nodes as n
from rules_dsl.prover import rest
from rules_dsl.prover.any_answers import Many
from rules_dsl.prover.logic import (
    Term,
    all_of,
    any_of,
    chosen,
    equal,
    larger,
    negated,
    plus,
    smaller,
    total,
)
from rules_dsl.prover.symbols import Symbol, joined, opposite
from rules_dsl.prover.world import At, NotEncoded, World
from rules_dsl.rows import is_over_rows
from rules_dsl.walk import names_in

__all__ = ["is_over_rows", "over_rows", "summed"]
ValueOf = Callable[[n.Expression, At, World], Symbol]


@dataclass(frozen=True, slots=True)
class Over:
    """The argument in each of the first rows, and whether that row is there. `about` names the question."""

    group: Many
    values: tuple[Symbol, ...]
    about: str

    @property
    def there(self) -> list[tuple[Term, Symbol]]:
        return [(row.present, value) for row, value in zip(self.group.rows, self.values, strict=True)]

    def some(self, truth: Callable[[Symbol], Term]) -> Term:
        """Whether some of the first rows is such."""
        return any_of(*(all_of(there, truth(value)) for there, value in self.there))

    def not_known(self, world: World) -> Symbol:
        """Not known where the argument is not, in any row."""
        absent = any_of(self.some(lambda value: value.absent), rest.some_absent(self, world))
        unknown = any_of(self.some(lambda value: value.unknown), rest.some_unknown(self, world))
        return Symbol(0, all_of(absent, negated(unknown)), unknown)


def over_rows(node: n.Call, at: At, world: World, value_of: ValueOf) -> Symbol:
    """The answer over every row of the group that the argument speaks of."""
    (argument,) = node.arguments
    group = _group(argument, world)
    if isinstance(argument, n.Name) and argument.path == group.name:
        return Symbol(group.count)
    values = tuple(value_of(argument, At(row, as_of=at.as_of), world) for row in group.rows)
    over = Over(group, values, f"{argument!r} {at.as_of}")
    match node.function:
        case "any":
            return _any(over, world)
        case "every":
            return opposite(_any(opposite_of(over, argument, at), world))
        case "count":
            return joined(_count(over, world), over.not_known(world))
        case "sum":
            return joined(summed(over, world), over.not_known(world))
    return _extreme(node.function, over, world)


def opposite_of(over: Over, argument: n.Expression, at: At) -> Over:
    """The rows asked whether they are not so: what holds of every row fails of none."""
    about = argument.value if isinstance(argument, n.Not) else n.Not(argument)
    if isinstance(argument, n.OneOf):
        about = replace(argument, negated=not argument.negated)
    return Over(over.group, tuple(opposite(value) for value in over.values), f"{about!r} {at.as_of}")


def _group(argument: n.Expression, world: World) -> Many:
    for name in names_in(argument):
        fact = world.scope.facts.get(name.path)
        if fact is not None and (fact.rows or fact.kind == "rows"):
            return world.rows_of(name.path)
    raise NotEncoded("rules.reason.not_readable")


def _any(over: Over, world: World) -> Symbol:
    decided = any_of(over.some(lambda value: value.holds), rest.some_holds(over, world))
    whole, open_still = over.not_known(world), negated(decided)
    return Symbol(decided, all_of(whole.absent, open_still), all_of(whole.unknown, open_still))


def _count(over: Over, world: World) -> Term:
    first = total(chosen(all_of(there, value.term), 1, 0) for there, value in over.there)
    return plus(first, rest.how_many(over, world))


def summed(over: Over, world: World) -> Term:
    """The sum over all rows."""
    first = total(chosen(there, value.term, 0) for there, value in over.there)
    return plus(first, rest.sum_of(over, world))


def _extreme(function: str, over: Over, world: World) -> Symbol:
    """The largest or smallest; of no rows there is none."""
    better = larger if function == "largest" else smaller
    best: Term = over.values[0].term
    for there, value in over.there[1:]:
        best = chosen(there, better(best, value.term), best)
    best = chosen(rest.is_there(over.group), better(best, rest.one_of(over, world)), best)
    none = equal(over.group.count, 0)
    found = joined(best, over.not_known(world))
    return Symbol(best, any_of(found.absent, all_of(none, negated(found.unknown))), found.unknown)
