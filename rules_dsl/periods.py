"""Days and legal periods in expressions; the calendar is asked only where the answer depends on it."""

from datetime import date, datetime, time
from decimal import Decimal

from common.calendar import CalendarNotLoaded
from common.clock import ZONE, to_the_minute
from rules_dsl import nodes as n
from rules_dsl.arithmetic import OUT_OF_RANGE
from rules_dsl.days import PeriodUnit, added, full_years, is_within
from rules_dsl.moment import Moment, RulesNotChecked
from rules_dsl.unknown import Unknown, calendar_unknown
from rules_dsl.values import Value

# In a legal period a bare day is a day of the calendar (Civil Code article 147).
UNITS: dict[n.PeriodUnit, PeriodUnit] = {
    "day": "calendar_day",
    "calendar_day": "calendar_day",
    "working_day": "working_day",
    "month": "month",
}


def moved(day: Value, sign: str, period: n.Period, moment: Moment) -> Value | Unknown:
    """A day so much later or earlier, without roll-over: that is what `within` is for."""
    unit = UNITS.get(period.unit)
    if type(day) is not date or unit is None:
        raise RulesNotChecked("only days, working days and months are added, to a day")
    amount = period.amount if sign == "+" else -period.amount
    calendar = moment.calendar() if unit == "working_day" else None
    if unit == "working_day" and calendar is None:
        return calendar_unknown(day)
    try:
        return added(day, amount, unit, calendar)
    except CalendarNotLoaded as error:
        return calendar_unknown(error.day)
    except (OverflowError, ValueError):
        return OUT_OF_RANGE


def within(node: n.Within, day: Value, since: Value, moment: Moment) -> bool | Unknown:
    """Whether the day lies in the legal period."""
    unit = UNITS.get(node.period.unit)
    if type(day) is not date or type(since) is not date or unit is None:
        raise RulesNotChecked("a legal period lies between days")
    try:
        return is_within(day, node.period.amount, unit, since, moment.calendar)
    except (OverflowError, ValueError):
        return OUT_OF_RANGE


def age(born_on: Value, on: Value) -> Value | Unknown:
    """Completed years."""
    if type(born_on) is not date or type(on) is not date:
        raise RulesNotChecked("age is counted between days")
    try:
        return Decimal(full_years(born_on, on))
    except ValueError:
        return OUT_OF_RANGE


def working_day(function: n.Function, day: Value, moment: Moment) -> Value | Unknown:
    """The day itself when the administration works, else the last such day before it, or the first after it."""
    if type(day) is not date:
        raise RulesNotChecked("working days are asked of a day")
    calendar = moment.calendar()
    if calendar is None:
        return calendar_unknown(day)
    try:
        return (
            calendar.working_day_until(day)
            if function == "last_working_day"
            else calendar.working_day_from(day)
        )
    except CalendarNotLoaded as error:
        return calendar_unknown(error.day)
    except OverflowError:
        return OUT_OF_RANGE


def time_of(instant: Value) -> time:
    """What the clock of the unit shows, to the minute."""
    if not isinstance(instant, datetime):
        raise RulesNotChecked("only an instant has a time of day")
    return to_the_minute(instant).astimezone(ZONE).time()
