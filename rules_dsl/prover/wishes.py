"""What makes a case plain: an ordinary day, round amounts, small numbers, nothing said that need not be said.

Wishes are granted in this order as far as they go together; they decide which case is shown, never whether there
is one.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from rules_dsl.prover.admitted_values import SECONDS_A_DAY
from rules_dsl.prover.any_answers import Leaf, Many, every_node
from rules_dsl.prover.logic import (
    Term,
    at_most,
    between,
    divided,
    equal,
    floored,
    is_plain,
    negated,
    plus,
    remainder,
    times,
)
from rules_dsl.prover.words import OTHER
from rules_dsl.prover.working_days import WorkingDays
from rules_dsl.prover.world import World

NINE = 9 * 3600
ROUND = (1_000_000, 1_000)
USUAL_DAY = date(2000, 1, 15).toordinal()
EARLIEST = date(1950, 1, 1).toordinal()


def wishes(world: World, more: Sequence[Term] = ()) -> list[Term]:
    """All wishes; `more` are those of the question itself. Before them all: rows of which everything is known."""
    found = (*_known_rows(world), *more, *_dossier(world), *_few_rows(world), *_answers(world), *_free(world))
    return [wish for wish in found if not isinstance(wish, bool)]


def _dossier(world: World) -> Iterator[Term]:
    received, submitted = world.dossier["dossier.received_on"], world.dossier["dossier.submitted_on"]
    yield equal(received.term, submitted.term)
    if world.days:
        yield equal(received.term, ordinary_day(world.days))
    for name, clock in (("dossier.received_at", NINE), ("dossier.submitted_at", NINE - 1800)):
        yield equal(world.dossier[name].term, _at(world, name, clock))
    for leaf in world.dossier.values():
        if leaf.kind in ("integer", "money", "decimal"):
            yield equal(leaf.term, 0)
        if leaf.kind == "choice":
            first = world.scope.facts[leaf.name].values
            yield bool(first) and equal(leaf.term, world.words.number(first[0]))
        if leaf.kind == "text":
            yield equal(leaf.term, OTHER)
        if leaf.present is not True:
            yield negated(leaf.present)


def _at(world: World, name: str, clock: int) -> Term:
    day = world.dossier[name.removesuffix("_at") + "_on"].term
    return plus(times(day, SECONDS_A_DAY), clock)


def ordinary_day(days: WorkingDays) -> int:
    """An open day in the second week of March of the last year of the calendar, or the last open day before."""
    spring = date(date.fromordinal(days.last).year, 3, 10).toordinal()
    opened = [run for run in days.runs if run.is_open]
    behind = (max(run.first, spring) for run in opened if run.last >= spring)
    return next(behind, opened[-1].last if opened else days.first)


def _known_rows(world: World) -> Iterator[Term]:
    groups = (node for node in every_node(world.form) if isinstance(node, Many))
    yield from (at_most(group.count, len(group.rows)) for group in groups)


def _few_rows(world: World) -> Iterator[Term]:
    groups = (node for node in every_node(world.form) if isinstance(node, Many))
    yield from (at_most(group.count, 1) for group in groups)


def _answers(world: World) -> Iterator[Term]:
    received = world.dossier["dossier.received_on"].term
    for number, node in enumerate(every_node(world.form)):
        if not isinstance(node, Leaf) or node.term is None:
            continue
        match node.kind:
            case "money":
                yield from (equal(remainder(node.term, step), 0) for step in ROUND)
                yield equal(node.term, 10 * ROUND[0])
            case "integer":
                yield between(0, node.term, 10)
                yield at_most(1, node.term)
                yield equal(node.term, 1)
            case "decimal":
                yield from _decimal(node)
            case "date":
                yield between(EARLIEST, node.term, received)
                yield equal(node.term, USUAL_DAY)
            case "time":
                yield equal(node.term, NINE // 60)
            case "instant":
                yield equal(remainder(node.term, 60), 0)
                yield equal(node.term, plus(times(received, SECONDS_A_DAY), NINE))
            case "text":
                yield equal(node.term, OTHER + number)
            case "boolean":
                yield negated(node.term)
            case "choices":
                yield from (negated(member) for member in node.members.values())
    for node in every_node(world.form):
        yield negated(node.present)


def _decimal(node: Leaf) -> Iterator[Term]:
    yield equal(node.term, floored(node.term))
    yield between(0, node.term, 1000)
    yield equal(node.term, 10)


def _free(world: World) -> Iterator[Term]:
    for free in world.free.values():
        if not is_plain(free.value):
            yield from (
                equal(times(floored(divided(free.value, step)), step), free.value) for step in (1000, 1)
            )
