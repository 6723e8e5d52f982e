"""Amounts by the size of one quantity: brackets of the whole, and grades for each unit."""

from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.arithmetic import NOTHING, combined, compared
from rules_dsl.limits import TESTS, like, limit_of
from rules_dsl.meaning import value_of
from rules_dsl.moment import RulesNotChecked
from rules_dsl.unknown import Unknown
from rules_dsl.values import EXACT, ExactMoney, Value
from rules_dsl.working import Working, as_money


def bracketed(clause: n.Brackets, rule: n.AmountRule, work: Working) -> ExactMoney | Unknown:
    """What the first bracket that holds the quantity gives."""
    quantity = value_of(clause.quantity, work.moment)
    if isinstance(quantity, Unknown):
        return quantity
    floor: Value = like(NOTHING, quantity)
    for row in clause.rows:
        bounds = [(bound.kind, limit_of(bound.limit, quantity)) for bound in row.bounds]
        floor = next((limit for kind, limit in bounds if kind in ("from", "above")), floor)
        if all(compared(quantity, TESTS[kind], limit) for kind, limit in bounds):
            return _rate(clause, row, (quantity, floor), rule, work)
        floor = next((limit for kind, limit in bounds if kind in ("below", "up_to")), floor)
    return Unknown((rule.name,), "rules.no_clause")


def _rate(
    clause: n.Brackets, row: n.Bracket, sizes: tuple[Value, Value], rule: n.AmountRule, work: Working
) -> ExactMoney | Unknown:
    quantity, floor = sizes
    excess = combined(quantity, "-", floor)
    if isinstance(excess, Unknown):
        return excess
    work.moment.bracket = (quantity, excess)
    amount = as_money(value_of(row.amount, work.moment), work.nothing)
    work.moment.bracket = None
    return work.noted("trace.bracket", clause, amount, {"quantity": quantity, "floor": floor})


def graded(clause: n.Grades, rule: n.AmountRule, work: Working) -> ExactMoney | Unknown:
    """The sum over the units, each at the price of the last grade that its index has reached."""
    quantity = value_of(clause.quantity, work.moment)
    if isinstance(quantity, Unknown):
        return quantity
    if not isinstance(quantity, Decimal):
        raise RulesNotChecked("units are counted by a whole number")
    total: ExactMoney | Unknown = work.nothing
    parts: dict[str, Value] = {"quantity": quantity}
    ends = [Decimal(row.start - 1) for row in clause.rows[1:]] + [quantity]
    for number, (row, end) in enumerate(zip(clause.rows, ends, strict=True), 1):
        units = max(NOTHING, EXACT.subtract(min(quantity, end), Decimal(row.start - 1)))
        price = as_money(value_of(row.amount, work.moment), work.nothing)
        if isinstance(price, Unknown) or isinstance(total, Unknown):
            return price if isinstance(price, Unknown) else total
        part = combined(price, "*", units)
        total = part if isinstance(part, Unknown) else as_money(combined(total, "+", part), price)
        parts |= {f"units_{number}": units, f"price_{number}": price}
    return work.noted("trace.graded", clause, total, parts)
