"""Days and legal periods for the solver: `rules_dsl.periods` and `rules_dsl.days` in terms."""

from rules_dsl import nodes as n
from rules_dsl.days import LONGEST_CLOSURE
from rules_dsl.periods import UNITS
from rules_dsl.prover.civil import is_a_day
from rules_dsl.prover.logic import (
    Term,
    all_of,
    any_of,
    at_most,
    chosen,
    less,
    negated,
    plus,
)
from rules_dsl.prover.symbols import Symbol
from rules_dsl.prover.world import NotEncoded, World

NO_CALENDAR = Symbol(0, unknown=True)


def moved(day: Term, sign: str, period: n.Period, world: World) -> Symbol:
    """The day so much later or earlier, without roll-over."""
    amount = period.amount if sign == "+" else -period.amount
    unit = UNITS.get(period.unit)
    if unit == "working_day":
        if world.days is None:
            return NO_CALENDAR
        found, missing = world.days.later(day, amount)
        return Symbol(found, unknown=missing)
    return _later(day, amount, unit, world)


def _later(day: Term, amount: int, unit: str | None, world: World) -> Symbol:
    if unit is None:
        raise NotEncoded("rules.reason.not_readable")
    last = world.civil.months_later(day, amount) if unit == "month" else plus(day, amount)
    return Symbol(last, unknown=negated(is_a_day(last)))


def within(day: Term, period: n.Period, since: Term, world: World) -> Symbol:
    """Whether the day lies in the legal period counted from `since`."""
    unit = UNITS.get(period.unit)
    before = less(day, since)
    if unit == "working_day":
        found = _within_working_days(day, period.amount, since, world)
        return _unless(before, found)
    last = _later(day=since, amount=period.amount, unit=unit, world=world)
    rolled = _rolled(day, last.term, world)
    late = less(plus(last.term, LONGEST_CLOSURE.days), day)
    in_time = at_most(day, last.term)
    truth = chosen(in_time, True, all_of(negated(late), rolled.term))
    asked = all_of(negated(in_time), negated(late), rolled.unknown)
    return _unless(before, Symbol(truth, unknown=any_of(last.unknown, asked)))


def _unless(before: Term, found: Symbol) -> Symbol:
    """A day before the period began is not within it, whatever the calendar says."""
    return Symbol(all_of(negated(before), found.term), unknown=all_of(negated(before), found.unknown))


def _within_working_days(day: Term, amount: int, since: Term, world: World) -> Symbol:
    if world.days is None:
        return Symbol(False, unknown=True)
    reached, missing = world.days.is_reached(day, since, amount)
    return Symbol(reached, unknown=missing)


def _rolled(day: Term, last: Term, world: World) -> Symbol:
    """Whether the day is not after the first open day from `last` on (article 148(5))."""
    if world.days is None:
        return Symbol(False, unknown=True)
    open_day, missing = world.days.next_open(last)
    return Symbol(at_most(day, open_day), unknown=missing)


def working_day(function: n.Function, day: Term, world: World) -> Symbol:
    """The day itself when the administration works, else the last such day before it, or the first after."""
    if world.days is None:
        return NO_CALENDAR
    asked = world.days.last_open if function == "last_working_day" else world.days.next_open
    found, missing = asked(day)
    return Symbol(found, unknown=missing)
