"""What is known of the rows of a repeated group that do not stand one by one: only what is always so.

Each answer is an unknown of its own, the same whenever the same is asked, tied to its kin: some row is so, so
many rows are so. Where an answer goes too far, the solver finds a case that no form has; it is tried out and
dropped, so the worst that comes of it is "not decided".
"""

from typing import TYPE_CHECKING

from rules_dsl.prover.any_answers import Many, most_rows
from rules_dsl.prover.logic import (
    Term,
    all_of,
    at_most,
    between,
    chosen,
    equal,
    larger,
    less,
    minus,
    negated,
    times,
)
from rules_dsl.prover.world import World

if TYPE_CHECKING:
    from rules_dsl.prover.rows import Over


def size(group: Many) -> Term:
    """How many rows there are beyond those that stand one by one."""
    return larger(0, minus(group.count, len(group.rows)))


def is_there(group: Many) -> Term:
    if most_rows(group.schema) <= len(group.rows):
        return False
    return less(len(group.rows), group.count)


def some_holds(over: "Over", world: World) -> Term:
    """Whether the truth asked holds in some row of the rest."""
    return _somewhere(over, "holds", world)


def some_absent(over: "Over", world: World) -> Term:
    return _somewhere(over, "absent", world)


def some_unknown(over: "Over", world: World) -> Term:
    return _somewhere(over, "unknown", world)


def how_many(over: "Over", world: World) -> Term:
    """In how many rows of the rest it holds."""
    count = world.of_rest("integer", over.group, f"count {over.about}")
    none = negated(some_holds(over, world))
    world.planting.unknowns.assume(between(0, count, size(over.group)), equal(equal(count, 0), none))
    return count


def sum_of(over: "Over", world: World) -> Term:
    """The sum over the rest: between so many times the least value and so many times the largest."""
    found, many = world.of_rest("real", over.group, f"sum {over.about}"), size(over.group)
    _within_bounds(found, many, over, world)
    return chosen(is_there(over.group), found, 0)


def one_of(over: "Over", world: World) -> Term:
    """The largest or smallest value of the rest: some value that a row may have."""
    found = world.of_rest("real", over.group, f"one {over.about}")
    _within_bounds(found, 1, over, world)
    return found


def _within_bounds(found: Term, times_over: Term, over: "Over", world: World) -> None:
    """Leaves for later to find out how small and how large the value of a row may be."""

    def find_out() -> None:
        lowest, highest = world.bounds_of(over.values[-1].term, over.group.rows[-1].present)
        world.planting.unknowns.assume(
            True if lowest is None else at_most(times(times_over, lowest), found),
            True if highest is None else at_most(found, times(times_over, highest)),
        )

    world.planting.unknowns.later.append(find_out)


def _somewhere(over: "Over", what: str, world: World) -> Term:
    """Whether it is so in some row of the rest; never, where it cannot be so in any row."""
    row, value = over.group.rows[-1], over.values[-1]
    if world.never(all_of(row.present, getattr(value, what))):
        return False
    some = world.of_rest("boolean", over.group, f"{what} {over.about}")
    return all_of(is_there(over.group), some)
