"""What a name stands for on columns: a rule of the file, or else a fact."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from common.money import EXPONENTS, Money
from rules_dsl import nodes as n
from rules_dsl.columns.masks import either, opposite
from rules_dsl.columns.operations import chosen, doubt_where
from rules_dsl.columns.questions import NOT_KNOWN, known_only
from rules_dsl.columns.ready import Unfit
from rules_dsl.columns.writer import ColumnWriter, missing
from rules_dsl.generator import called
from rules_dsl.generator import term as terms
from rules_dsl.generator.operations import constant_term
from rules_dsl.generator.term import Term
from rules_dsl.kind import DATE, DECIMAL
from rules_dsl.row_index import RowIndex
from rules_dsl.unknown import Unknown
from rules_dsl.values import EXACT

ValueOf = Callable[[n.Expression, ColumnWriter], Term]


def named(path: str, w: ColumnWriter, value_of: ValueOf) -> Term:
    match w.kinds.rule(path):
        case None:
            return w.fact(path)
        case n.Let() as let:
            return w.once(path, lambda: value_of(let.value, w))
        case n.Parameter() as parameter:
            return w.once(path, lambda: _parameter(parameter, w))
        case n.Table() as table:
            return w.once(path, lambda: _table(table, w, value_of))
        case n.AmountRule() | n.Choice() as rule:
            # Both are worked out for the whole dossier, wherever they are read.
            outside = w.outside
            return w.spread(outside.once(path, lambda: w.another(rule, outside)))
    raise Unfit(f"{path} is not worked out on columns")


def _parameter(parameter: n.Parameter, w: ColumnWriter) -> Term:
    if parameter.local is not None:
        return _local(parameter, parameter.local, w)
    latest_first = sorted(parameter.values, key=lambda line: line.law.from_on or date.min, reverse=True)
    windows = [w.in_force(line.law).code for line in latest_first]
    *earlier, value = (constant_term(line.value) for line in latest_first)
    for window, constant in reversed(list(zip(windows, earlier, strict=False))):
        value = chosen(window, constant, value, w)
    lapsed = opposite(w.in_force(parameter.law).code)
    unknown = either(missing(w.day()), lapsed, opposite(w.hold(either(*windows), "in_force")))
    kind = w.kinds.of_name(parameter.name)
    return replace(value, kind=kind, doubts=doubt_where(unknown, parameter.name, w))


def _local(parameter: n.Parameter, setting: n.LocalSetting, w: ColumnWriter) -> Term:
    """What a province or unit has set, asked once for each day and case."""
    highest, kind = constant_term(setting.highest), w.kinds.of_name(parameter.name)
    rows = w.reference.parameters.get(parameter.name, ())
    scale = EXPONENTS.get(kind.currency, _places(row.value for row in rows if isinstance(row.value, Decimal)))

    def question(on: date, *keys: Any) -> Any:
        if not parameter.law.in_force(on):
            return NOT_KNOWN
        row = called.set_locally(parameter, on, keys, w.reference)
        if isinstance(row, Unknown):
            return row
        return row.value.minor if isinstance(row.value, Money) else counted(row.value, scale)

    hundredths = 2 if isinstance(setting.lowest, n.Percentage) else 0
    parts = [w.day(), *(w.fact(fact.path) for fact in setting.by)]
    most = abs(terms.at_scale(highest, max(scale + hundredths, highest.scale or 0)).high)
    least = constant_term(setting.lowest)
    low = min(0, terms.at_scale(least, max(scale + hundredths, least.scale or 0)).low)
    like = Term("", kind, scale + hundredths, low, most)
    return w.ask(parameter.name, known_only(question), parts, like)


def rate_of(rule: n.Rate, on: Term, w: ColumnWriter) -> Term:
    """The rate of exchange of each day."""
    if on.kind != DATE:
        raise Unfit(f"{rule.name} is the rate of a day")
    published = w.reference.rates.get(rule.name, {})
    rates = [rate.value for rate in published.values()]
    scale = _places(rates)
    most = max((abs(counted(rate, scale)) for rate in rates), default=0)

    def question(day: date, counts: date) -> Any:
        if not rule.law.in_force(counts):
            return NOT_KNOWN
        rate = called.published(rule, day, w.reference)
        if isinstance(rate, Unknown):
            return rate
        count = counted(rate.value, scale)
        if abs(count) > most:
            raise Unfit(f"{rule.name} has rates that it does not list")
        return count

    parts = [on, w.day()] if rule.law.is_dated else [on]
    ask = question if rule.law.is_dated else lambda day: question(day, day)
    return w.ask(rule.name, known_only(ask), parts, Term("", DECIMAL, scale, -most, most))


def _places(values: Iterable[Decimal]) -> int:
    """How many digits behind the point all of them need."""
    return max((max(0, -int(value.as_tuple().exponent)) for value in values), default=0)


def counted(value: Decimal, scale: int) -> int:
    whole = value.scaleb(scale, EXACT)
    if whole != whole.to_integral_value():
        raise Unfit("more digits than were told")
    return int(whole)


def _table(table: n.Table, w: ColumnWriter, value_of: ValueOf) -> Term:
    """The value of the row that applies, asked once for each case of the keys."""
    index = RowIndex.of(table)
    asked = [column.asking != 0 for column in index.columns]
    keys = [value_of(key, w) for key, is_asked in zip(table.keys, asked, strict=True) if is_asked]
    values = terms.aligned(*(constant_term(row.value) for row in table.rows))
    dated = table.law.is_dated or bool(index.dated)

    def question(on: Any, *given: Any) -> Any:
        if table.law.is_dated and (isinstance(on, Unknown) or not table.law.in_force(on)):
            return NOT_KNOWN
        every = iter(given)
        told = [next(every) if is_asked else None for is_asked in asked]
        unknown = [value if isinstance(value, Unknown) else None for value in told]
        row = index.row(told, unknown, on)
        return row if isinstance(row, Unknown) else values[row].low

    low, high = min(value.low for value in values), max(value.high for value in values)
    like = Term("", w.kinds.of_name(table.name), values[0].scale, low, high)
    if dated:
        return w.ask(table.name, question, [w.day(), *keys], like)
    return w.ask(table.name, lambda *given: question(None, *given), keys, like)
