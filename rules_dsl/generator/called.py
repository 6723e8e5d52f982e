"""What generated functions call: questions whose answer may be Unknown, and exact arithmetic.

A doubt is a pair: the name of a fact, or the Unknown that says it, or None; and the value, which is None for
want of that fact, or itself an Unknown.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal, Inexact, InvalidOperation, Overflow
from functools import partial
from typing import Any

from common.calendar import CalendarNotLoaded, WorkingCalendar
from common.clock import ZONE, to_the_minute
from rules_dsl import nodes as n
from rules_dsl.allowance import Allowance
from rules_dsl.arithmetic import DIVISION, NOTHING, OUT_OF_RANGE, Way, to_a_multiple
from rules_dsl.days import PeriodUnit, added, full_years, is_within
from rules_dsl.evaluation import ParameterValue, Reference, UsedParameter, UsedRate
from rules_dsl.parameters import best_row, is_inside, local_value, written
from rules_dsl.reading import Facts
from rules_dsl.recording import Log, Part
from rules_dsl.unknown import ABSENT, Unknown, calendar_unknown, joined, not_started  # noqa: F401 — generated code calls it
from rules_dsl.values import EXACT

BEYOND = (Inexact, InvalidOperation, Overflow)
add, subtract, multiply, divide = EXACT.add, EXACT.subtract, EXACT.multiply, DIVISION.divide


def why(facts: Facts, *doubts: tuple[str | Unknown | None, Any]) -> Unknown:
    """All that is not known, in one; at least one of the doubts holds."""
    unknowns = []
    for of, value in doubts:
        if type(value) is Unknown:
            unknowns.append(value)
        elif value is None and of is not None:
            unknowns.append(of if isinstance(of, Unknown) else missing(facts, str(of)))
    return joined(unknowns)


def once(
    function: Callable[..., Any], facts: Facts, reference: Reference, known: dict[Any, Any], *row: Any
) -> Any:
    """What the function gives for these facts, and this row, worked out the first time."""
    key = (function, row[1]) if row else function
    if key not in known:
        known[key] = function(facts, reference, known, *row)
    return known[key]


def told(
    log: Log,
    function: Callable[..., Any],
    facts: Facts,
    reference: Reference,
    known: dict[Any, Any],
    *row: Any,
    own: type[Log] = Part,
) -> Any:
    """The same, with what it read: that is a reason wherever it is asked for."""
    key = (function, row[1]) if row else function
    if key not in known:
        read = own()
        known[key] = function(facts, reference, known, *row, read), read
    value, read = known[key]
    log.append(read)
    return value


charged = partial(told, own=list)


def missing(facts: Facts, name: str) -> Unknown:
    return Unknown((name,), ABSENT if name in facts.absent else "rules.unknown_fact")


def also(one: Any, other: Unknown) -> Unknown:
    """What is not known besides what already was not, if anything."""
    return joined((one, other)) if type(one) is Unknown else other


def ungiven(facts: Facts, name: str) -> bool | Unknown:
    """What is not there was lawfully not given, or is not known yet."""
    return False if name in facts.absent else missing(facts, name)


def fraction(count: int, scale: int) -> Decimal:
    """A whole number that counts tenth powers, as a Decimal."""
    return Decimal(count).scaleb(-scale, EXACT)


def quotient(left: Decimal | int, right: Decimal | int) -> Decimal | Unknown:
    if right == NOTHING:
        return Unknown((), "rules.divided_by_zero")
    try:
        return divide(left, right)
    except BEYOND:
        return OUT_OF_RANGE


def calendar(reference: Reference, log: Log | None) -> WorkingCalendar | None:
    """The working calendar, written down as read."""
    if reference.calendar is not None and log is not None:
        log.append(reference.calendar)
    return reference.calendar


def moved(
    day: date, amount: int, unit: PeriodUnit, reference: Reference, log: Log | None = None
) -> date | Unknown:
    """A day so much later or earlier, without roll-over."""
    known = calendar(reference, log) if unit == "working_day" else None
    if unit == "working_day" and known is None:
        return calendar_unknown(day)
    try:
        return added(day, amount, unit, known)
    except CalendarNotLoaded as error:
        return calendar_unknown(error.day)
    except (OverflowError, ValueError):
        return OUT_OF_RANGE


def within(
    day: date, amount: int, unit: PeriodUnit, since: date, reference: Reference, log: Log | None = None
) -> bool | Unknown:
    """Whether the day lies in the legal period."""
    try:
        return is_within(day, amount, unit, since, lambda: calendar(reference, log))
    except (OverflowError, ValueError):
        return OUT_OF_RANGE


def years(born_on: date, on: date) -> int | Unknown:
    """Completed years of age."""
    try:
        return full_years(born_on, on)
    except ValueError:
        return OUT_OF_RANGE


def set_locally(
    parameter: n.Parameter,
    on: date,
    keys: Sequence[Any],
    reference: Reference,
    log: Log | None = None,
) -> ParameterValue | Unknown:
    """The row that a province or unit has set for these keys, within the bounds of the law."""
    assert parameter.local is not None
    row = best_row(reference.parameters.get(parameter.name, ()), on, [written(key) for key in keys])
    if row is None:
        return Unknown((parameter.name,), "rules.unknown_parameter")
    if not is_inside(row, parameter.local):
        return Unknown((parameter.name,), "rules.parameter_out_of_bounds")
    if log is not None:
        log.append(UsedParameter(parameter.name, local_value(row, parameter.local), row.version, row.cites))
    return row


def published(rate: n.Rate, on: date, reference: Reference, log: Log | None = None) -> UsedRate | Unknown:
    """The rate of exchange of exactly that day."""
    found = reference.rates.get(rate.name, {}).get(on)
    if found is None:
        return Unknown((f"{rate.name}.{on.isoformat()}",), "rules.unknown_rate")
    used = UsedRate(rate.name, on, found.value, found.version, found.cites or rate.law.cites)
    if log is not None:
        log.append(used)
    return used


def working_day_until(day: date, reference: Reference, log: Log | None = None) -> date | Unknown:
    return _working_day(WorkingCalendar.working_day_until, day, reference, log)


def working_day_from(day: date, reference: Reference, log: Log | None = None) -> date | Unknown:
    return _working_day(WorkingCalendar.working_day_from, day, reference, log)


def _working_day(
    question: Callable[[WorkingCalendar, date], date], day: date, reference: Reference, log: Log | None
) -> date | Unknown:
    known = calendar(reference, log)
    if known is None:
        return calendar_unknown(day)
    try:
        return question(known, day)
    except CalendarNotLoaded as error:
        return calendar_unknown(error.day)
    except OverflowError:
        return OUT_OF_RANGE


def time_of(instant: datetime) -> time:
    """What the clock of the unit shows, to the minute."""
    return to_the_minute(instant).astimezone(ZONE).time()


def counted_from(allowance: Allowance, since: date | datetime) -> Allowance:
    """The allowance whose clock starts then; a day begins at midnight."""
    instant = since if isinstance(since, datetime) else datetime.combine(since, time(), ZONE)
    return replace(allowance, since=instant)


def units_nearest(value: int, unit: int) -> int:
    """How many whole units the value comes to, a half away from zero."""
    half_up = (2 * abs(value) + unit) // (2 * unit)
    return half_up if value >= 0 else -half_up


def units_up(value: int, unit: int) -> int:
    return -(-value // unit)


def units_down(value: int, unit: int) -> int:
    return value // unit


def multiple(value: Decimal, unit: Decimal, way: Way) -> Decimal | Unknown:
    """The value as a multiple of the unit."""
    found = to_a_multiple(value, unit, way)
    assert isinstance(found, Decimal | Unknown)
    return found


def in_doubt(*unknowns: Unknown | None) -> Unknown:
    """What is not known, of several of which some are."""
    return joined(unknown for unknown in unknowns if unknown is not None)


def unknowns_in(values: Sequence[Any]) -> Unknown | None:
    unknowns = [value for value in values if type(value) is Unknown]
    return joined(unknowns) if unknowns else None


def sum_of(values: Sequence[Any]) -> int | Unknown:
    return unknowns_in(values) or sum(values)


def exact_sum_of(values: Sequence[Any]) -> Decimal | Unknown:
    if unknown := unknowns_in(values):
        return unknown
    total = NOTHING
    try:
        for value in values:
            total = add(total, value)
    except BEYOND:
        return OUT_OF_RANGE
    return total


def count_of(values: Sequence[Any]) -> int | Unknown:
    """How many are true."""
    return unknowns_in(values) or sum(value is True for value in values)


def any_of(values: Sequence[Any]) -> bool | Unknown:
    """One that holds decides, whatever is not known of the others."""
    return True in values or unknowns_in(values) or False


def every_of(values: Sequence[Any]) -> bool | Unknown:
    if False in values:
        return False
    return unknowns_in(values) or True


def largest_of(values: Sequence[Any], none: Unknown) -> Any:
    return (unknowns_in(values) or max(values)) if values else none


def smallest_of(values: Sequence[Any], none: Unknown) -> Any:
    return (unknowns_in(values) or min(values)) if values else none
