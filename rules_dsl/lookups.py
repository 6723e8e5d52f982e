"""Values that are looked up: the row of a table, a place between two points, a published rate of exchange.

Each leaves a step in the trace, told before the line that needed it.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

from rules_dsl import nodes as n
from rules_dsl.arithmetic import NOTHING, between, combined
from rules_dsl.evaluation import TraceLine, UsedRate
from rules_dsl.limits import fits, limit_of
from rules_dsl.moment import Moment, RulesNotChecked
from rules_dsl.parameters import constant
from rules_dsl.unknown import Unknown, joined
from rules_dsl.values import ExactMoney, Value

Known = Value | Unknown
ValueOf = Callable[[n.Expression, Moment], Known]


def table_value(table: n.Table, moment: Moment, value_of: ValueOf) -> Known:
    """What the row that applies gives; of a `unique` table two rows that apply give nothing."""
    row = moment.lapsed(table) or _row(table, moment, value_of)
    if isinstance(row, Unknown):
        return row
    value = constant(row.value)
    cites = row.law.cites or table.law.cites
    moment.look_up(
        TraceLine("trace.table", row.place.line, value, cites=cites, parameters={"name": table.name})
    )
    return value


def _row(table: n.Table, moment: Moment, value_of: ValueOf) -> n.TableRow | Unknown:
    """The row that applies. A row that would, but for its dates, says that the table is not in force."""
    applying: list[n.TableRow] = []
    doubts: list[Unknown] = []
    code = "rules.no_row"
    keys = [_key(number, table, moment, value_of) for number in range(len(table.keys))]
    if any(row.law.is_dated for row in table.rows):
        # Whatever row it is: a table with dates depends on the day.
        moment.day()
    for row in table.rows:
        fitting = _fitting(row, table, keys)
        applies = moment.in_force(row.law) if fitting is True else fitting
        if isinstance(applies, Unknown):
            doubts.append(applies)
        elif applies:
            applying.append(row)
        elif fitting is True:
            code = "rules.not_in_force"
        if table.policy == "first" and (applying or doubts):
            break
    if len(applying) > 1:
        return Unknown((table.name,), "rules.two_rows")
    if doubts:
        return joined(doubts)
    return applying[0] if applying else Unknown((table.name,), code)


def _key(number: int, table: n.Table, moment: Moment, value_of: ValueOf) -> Known | None:
    """The value of a key; None where no row asks about it. Keys are read from left to right, once."""
    cells = (row.cells[number] for row in table.rows if number < len(row.cells))
    idle = all(isinstance(cell, n.AnyCell) for cell in cells)
    return None if idle else value_of(table.keys[number], moment)


def _fitting(row: n.TableRow, table: n.Table, keys: list[Known | None]) -> bool | Unknown:
    """Whether every cell holds."""
    if len(row.cells) != len(table.keys):
        raise RulesNotChecked(f"a row of {table.name} has not one cell for each key")
    doubts = []
    for cell, key in zip(row.cells, keys, strict=True):
        held = isinstance(cell, n.AnyCell) or key is None or fits(cell, key)
        if isinstance(held, Unknown):
            doubts.append(held)
        elif not held:
            return False
    return joined(doubts) if doubts else True


def interpolated(rule: n.Interpolation, moment: Moment, value_of: ValueOf) -> Known:
    """The value on the line between the two points around the quantity; beyond the ends that of the end."""
    quantity = moment.lapsed(rule) or value_of(rule.quantity, moment)
    value = quantity if isinstance(quantity, Unknown) else _on_the_line(rule.points, quantity)
    if isinstance(value, Unknown):
        return value
    told = {"name": rule.name, "quantity": quantity}
    moment.look_up(
        TraceLine("trace.interpolated", rule.place.line, value, cites=rule.law.cites, parameters=told)  # type: ignore[arg-type]
    )
    return value


def _on_the_line(points: tuple[n.Point, ...], quantity: Value) -> Known:
    corners = [(limit_of(point.at, quantity), constant(point.value)) for point in points]
    x = _number(quantity)
    if x <= _number(corners[0][0]):
        return corners[0][1]
    for (at, low), (after, high) in pairwise(corners):
        if x < _number(after):
            value = between((_number(at), _number(low)), (_number(after), _number(high)), x)
            is_money = isinstance(low, ExactMoney) and not isinstance(value, Unknown)
            return ExactMoney(value, low.currency) if is_money else value  # type: ignore[arg-type, union-attr]
    return corners[-1][1]


def _number(value: Value) -> Decimal:
    match value:
        case ExactMoney():
            return value.amount
        case Decimal():
            return value
    raise RulesNotChecked("an interpolation goes by numbers or amounts")


def converted(node: n.Converted, moment: Moment, value_of: ValueOf) -> Known:
    """The amount in the other currency, at the rate published for exactly the day that the rule says."""
    rule = moment.definitions.rates.get(node.rate.path)
    if rule is None:
        raise RulesNotChecked(f"{node.rate.path} is no rate of exchange")
    with moment.working_out(rule.name):
        on = value_of(rule.on, moment)
    value = value_of(node.value, moment)
    read = moment.lapsed(rule), value, on
    unknowns = [part for part in read if isinstance(part, Unknown)]
    if unknowns:
        return joined(unknowns)
    amount = ExactMoney(NOTHING, rule.source) if value == NOTHING else value
    if type(on) is not date or not isinstance(amount, ExactMoney) or amount.currency != rule.source:
        raise RulesNotChecked(f"{rule.name} converts {rule.source} at the rate of a day")
    rate = _published(rule, on, moment)
    if isinstance(rate, Unknown):
        return rate
    product = combined(amount.amount, "*", rate.value)
    if isinstance(product, Unknown):
        return product
    result = ExactMoney(product, rule.target)  # type: ignore[arg-type]
    told: dict[str, Value] = {"name": rule.name, "amount": amount, "rate": rate.value, "on": on}
    moment.look_up(TraceLine("trace.converted", rule.place.line, result, cites=rate.cites, parameters=told))
    return result


def _published(rule: n.Rate, on: date, moment: Moment) -> UsedRate | Unknown:
    """The rate of that day, noted as read."""
    published = moment.reference.rates.get(rule.name, {}).get(on)
    if published is None:
        return Unknown((f"{rule.name}.{on.isoformat()}",), "rules.unknown_rate")
    cites = published.cites or rule.law.cites
    used = UsedRate(rule.name, on, published.value, published.version, cites)
    moment.rates[rule.name, on] = used
    return used
