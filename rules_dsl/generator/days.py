"""Generates operations on days; what depends on the working calendar asks it only when it must."""

from rules_dsl import nodes as n
from rules_dsl.generator.operations import doubts_of
from rules_dsl.generator.term import Term
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import BOOLEAN, DATE, INSTANT, INTEGER, TIME
from rules_dsl.moment import RulesNotChecked
from rules_dsl.periods import UNITS


def moved(day: Term, sign: str, period: n.Period, w: Writer) -> Term:
    """A day so much later or earlier, without roll-over."""
    unit = UNITS.get(period.unit)
    if unit is None:
        raise RulesNotChecked("only days, working days and months are added, to a day")
    amount = period.amount if sign == "+" else -period.amount
    _only_days(day)
    code = f"moved({day.code}, {amount}, {unit!r}, {w.world})"
    return w.asked(Term(code, DATE, doubts=day.doubts), "day")


def within(node: n.Within, day: Term, since: Term, w: Writer) -> Term:
    """Whether the day lies in the legal period."""
    unit = UNITS.get(node.period.unit)
    if unit is None:
        raise RulesNotChecked("a legal period lies between days")
    _only_days(day, since)
    code = f"within({day.code}, {node.period.amount}, {unit!r}, {since.code}, {w.world})"
    return w.asked(Term(code, BOOLEAN, doubts=doubts_of(day, since)), "within")


def age(born_on: Term, on: Term, w: Writer) -> Term:
    """Completed years."""
    _only_days(born_on, on)
    code = f"years({born_on.code}, {on.code})"
    years = Term(code, INTEGER, 0, -(10**4), 10**4, doubts_of(born_on, on))
    return w.asked(years, "years")


def working_day(function: n.Function, day: Term, w: Writer) -> Term:
    """The day itself when the administration works, else the last such day before it, or the first after it."""
    _only_days(day)
    question = "working_day_until" if function == "last_working_day" else "working_day_from"
    return w.asked(Term(f"{question}({day.code}, {w.world})", DATE, doubts=day.doubts), "day")


def time_of(instant: Term) -> Term:
    """What the clock of the unit shows."""
    if instant.kind != INSTANT:
        raise RulesNotChecked("only an instant has a time of day")
    return Term(f"time_of({instant.code})", TIME, doubts=instant.doubts)


def _only_days(*terms: Term) -> None:
    if any(term.kind != DATE for term in terms):
        raise RulesNotChecked("days are counted between days")
