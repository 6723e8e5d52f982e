"""What an expression means on columns: every row is worked out, and masks say where it has no value."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from common.clock import ZONE
from rules_dsl import nodes as n
from rules_dsl.columns.masks import ALL, NONE, opposite
from rules_dsl.columns.names import named, rate_of
from rules_dsl.columns.operations import compared, decided, extreme, fallback, one_of, operated, rounded
from rules_dsl.columns.questions import known_only
from rules_dsl.columns.ready import BEGINNING, EPOCH, MICROSECOND, Unfit
from rules_dsl.columns.rows import over_rows
from rules_dsl.columns.writer import ABSENT, UNKNOWN, ColumnWriter, day_term, missing
from rules_dsl.generator import called
from rules_dsl.generator import term as terms
from rules_dsl.generator.operations import constant_term
from rules_dsl.generator.term import Term
from rules_dsl.kind import BOOLEAN, DATE, INSTANT, INTEGER, TIME, Kind
from rules_dsl.periods import UNITS
from rules_dsl.rows import is_over_rows
from rules_dsl.unknown import Unknown


def value_of(node: n.Expression, w: ColumnWriter) -> Term:
    """The value of the expression; raises Unfit for what columns cannot hold."""
    match node:
        case n.Number() | n.Percentage() | n.Amount():
            return constant_term(node)
        case n.Day():
            return day_term(str(node.value.toordinal() - EPOCH))
        case n.Word():
            return Term("0", Kind("text", values=(node.value,)))
        case n.Instant():
            return Term(str((node.value - BEGINNING) // MICROSECOND), INSTANT)
        case n.ClockTime():
            return Term(str(node.value.hour * 60 + node.value.minute), TIME)
        case n.Truth():
            return Term(ALL if node.value else NONE, BOOLEAN)
        case n.Name():
            return named(node.path, w, value_of)
        case n.Whole() | n.Excess() if w.bracket is not None:
            return w.bracket[isinstance(node, n.Excess)]()
        case n.Sum() | n.Product():
            return _chain(node, w)
        case n.Share():
            return operated(constant_term(node.percentage), "*", value_of(node.whole, w), w)
        case n.Converted():
            return _converted(node, w)
        case n.Minus():
            return w.held(terms.negated(value_of(node.value, w)), "minus")
        case n.Fallback():
            return fallback(value_of(node.value, w), value_of(node.instead, w), w)
        case n.Call():
            return over_rows(node, w, value_of) if is_over_rows(node) else _called(node, w)
        case n.All() | n.Either() | n.Not() | n.Comparison() | n.OneOf() | n.Within() | n.Given():
            return truth_of(node, w)
    raise Unfit(type(node).__name__)


def truth_of(node: n.Expression, w: ColumnWriter) -> Term:
    """A condition as a mask."""
    match node:
        case n.All():
            return decided([truth_of(part, w) for part in node.parts], w, decisive=False)
        case n.Either():
            return decided([truth_of(part, w) for part in node.parts], w, decisive=True)
        case n.Not():
            value = truth_of(node.value, w)
            return Term(opposite(value.code), BOOLEAN, doubts=value.doubts)
        case n.Comparison():
            return compared(value_of(node.left, w), node.operator, value_of(node.right, w), w)
        case n.OneOf():
            return one_of(node, value_of(node.subject, w), w)
        case n.Within():
            return _within(node, value_of(node.subject, w), value_of(node.since, w), w)
        case n.Given() if w.is_group(node.name.path):
            rows = w.row_count(node.name.path)
            return w.spread(replace(rows, code=w.hold(f"{rows.code} > 0", "given"), kind=BOOLEAN, scale=None))
        case n.Given():
            fact = w.fact(node.name.path)
            unknown = tuple(doubt for doubt in fact.doubts if doubt.of == UNKNOWN)
            return Term(opposite(missing(fact, of=(ABSENT,))), BOOLEAN, doubts=unknown)
    return value_of(node, w)


def _chain(node: n.Sum | n.Product, w: ColumnWriter) -> Term:
    result = value_of(node.first, w)
    for sign, part in node.rest:
        if isinstance(part, n.Period):
            result = _moved(result, sign, part, w)
        else:
            result = operated(result, sign, value_of(part, w), w)
    return result


def _moved(day: Term, sign: str, period: n.Period, w: ColumnWriter) -> Term:
    unit = UNITS.get(period.unit)
    if day.kind != DATE or unit is None:
        raise Unfit("only days, working days and months are added, to a day")
    amount = period.amount if sign == "+" else -period.amount
    return _asked_day(lambda on: called.moved(on, amount, unit, w.reference), "moved", day, w)


def _converted(node: n.Converted, w: ColumnWriter) -> Term:
    """The amount in the other currency, at the rate of each day."""
    rule = w.kinds.rates[node.rate.path]
    value = value_of(node.value, w)
    if value.kind != Kind("money", rule.source):
        raise Unfit(f"{rule.name} converts {rule.source}")
    rate = rate_of(rule, value_of(rule.on, w), w)
    return operated(rate, "*", value, w, kind=Kind("money", rule.target))


def _asked_day(question: Callable[[Any], Any], name: str, day: Term, w: ColumnWriter) -> Term:
    def answer(on: Any) -> Any:
        found = question(on)
        return found if isinstance(found, Unknown) else found.toordinal() - EPOCH

    return w.ask(name, known_only(answer), [day], day_term())


def _within(node: n.Within, day: Term, since: Term, w: ColumnWriter) -> Term:
    unit = UNITS.get(node.period.unit)
    if unit is None or day.kind != DATE or since.kind != DATE:
        raise Unfit("a legal period lies between days")
    amount = node.period.amount

    def question(on: Any, begin: Any) -> Any:
        return called.within(on, amount, unit, begin, w.reference)

    return w.ask("within", known_only(question), [day, since], Term("", BOOLEAN))


def _minutes(at: datetime) -> int:
    local = at.astimezone(ZONE)
    return local.hour * 60 + local.minute


def _called(node: n.Call, w: ColumnWriter) -> Term:
    values = [value_of(argument, w) for argument in node.arguments]
    match node.function, values:
        case "age", [born_on, on] if born_on.kind == on.kind == DATE:
            return w.ask("age", known_only(called.years), values, Term("", INTEGER, 0, -(10**4), 10**4))
        case "rounded" | "rounded_up" | "rounded_down", [value, unit]:
            return rounded(node.function, value, unit, w)
        case "time_of", [_]:
            return w.ask("time_of", known_only(_minutes), values, Term("", TIME))
        case "last_working_day", [day]:
            return _asked_day(lambda on: called.working_day_until(on, w.reference), "working_day", day, w)
        case "next_working_day", [day]:
            return _asked_day(lambda on: called.working_day_from(on, w.reference), "working_day", day, w)
        case "largest" | "smallest", _:
            return extreme(node.function, values, w)
    raise Unfit(node.function)
