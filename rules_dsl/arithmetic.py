"""Exact arithmetic on numbers, amounts and days."""

import operator
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext
from typing import Any, Literal

from common.money import Money, rounded
from rules_dsl.moment import RulesNotChecked
from rules_dsl.unknown import Unknown
from rules_dsl.values import EXACT, ExactMoney, Value

# A quotient may have no end. Forty digits are far finer than the đồng that any amount is rounded to.
DIVISION = Context(prec=40, traps=[InvalidOperation, Overflow, DivisionByZero])
OUT_OF_RANGE = Unknown((), "rules.out_of_range")
NOTHING = Decimal(0)
Way = Literal["half_up", "up", "down"]
Point = tuple[Decimal, Decimal]

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def combined(left: Value, sign: str, right: Value) -> Value | Unknown:
    """`left sign right`. A day less a day is a number of days."""
    if sign in "+-" and type(left) is date and type(right) is date and sign == "-":
        return Decimal((left - right).days)
    one, other = _alike(left, right) if sign in "+-" else (left, right)
    match one, sign, other:
        case Decimal(), "+" | "-" | "*", Decimal():
            return _exact(one, sign, other)
        case Decimal(), "/", Decimal():
            return _quotient(one, other)
        case ExactMoney(), "+" | "-", ExactMoney() if one.currency == other.currency:
            return _money(_exact(one.amount, sign, other.amount), one)
        case ExactMoney(), "*", Decimal():
            return _money(_exact(one.amount, sign, other), one)
        case Decimal(), "*", ExactMoney():
            return _money(_exact(one, sign, other.amount), other)
        case ExactMoney(), "/", Decimal():
            return _money(_quotient(one.amount, other), one)
        case ExactMoney(), "/", ExactMoney() if one.currency == other.currency:
            return _quotient(one.amount, other.amount)
    raise RulesNotChecked(f"{type(left).__name__} {sign} {type(right).__name__}")


def shared(share: Value, whole: Value) -> Value | Unknown:
    """`share` of `whole`."""
    return combined(share, "*", whole)


def negated(value: Value) -> Value:
    match value:
        case Decimal():
            return value.copy_negate()
        case ExactMoney():
            return ExactMoney(value.amount.copy_negate(), value.currency)
    raise RulesNotChecked(f"minus {type(value).__name__}")


def compared(left: Value, sign: str, right: Value) -> bool:
    """Whether the comparison holds; values of two kinds, or of two currencies, are never compared."""
    one, other = _alike(left, right)
    if isinstance(one, ExactMoney) and isinstance(other, ExactMoney) and one.currency == other.currency:
        return _ORDER[sign](one.amount, other.amount)
    is_ordered = isinstance(one, Decimal | date | datetime | time)
    if (
        type(one) is not type(other)
        or isinstance(one, ExactMoney)
        or (sign not in ("=", "<>") and not is_ordered)
    ):
        raise RulesNotChecked(f"{type(left).__name__} {sign} {type(right).__name__}")
    return _ORDER[sign](one, other)


def between(low: Point, high: Point, at: Decimal) -> Decimal | Unknown:
    """The value at `at` on the straight line from `low` to `high`: exact, but for the one quotient."""
    (x0, y0), (x1, y1) = low, high
    try:
        weighted = EXACT.multiply(y0, EXACT.subtract(x1, at)), EXACT.multiply(y1, EXACT.subtract(at, x0))
        return _quotient(EXACT.add(*weighted), EXACT.subtract(x1, x0))
    except (Inexact, InvalidOperation, Overflow):
        return OUT_OF_RANGE


def to_a_multiple(value: Value, unit: Value, way: Way) -> Value | Unknown:
    """The value as a multiple of the unit: the nearest, a half away from zero; or the next up, the next down."""
    one, other = _alike(value, unit)
    match one, other:
        case Decimal(), Decimal():
            return _multiple(one, other, way)
        case ExactMoney(), ExactMoney() if one.currency == other.currency:
            return _money(_multiple(one.amount, other.amount, way), one)
    raise RulesNotChecked(f"{type(value).__name__} to a multiple of {type(unit).__name__}")


def _multiple(value: Decimal, unit: Decimal, way: Way) -> Decimal | Unknown:
    if unit <= NOTHING:
        raise RulesNotChecked("one rounds to a unit above zero")
    try:
        whole = EXACT.divide_int(value, unit)
        rest = EXACT.subtract(value, EXACT.multiply(whole, unit))
        return EXACT.multiply(EXACT.add(whole, _carried(rest, unit, way)), unit)
    except (Inexact, InvalidOperation, Overflow):
        return OUT_OF_RANGE


def _carried(rest: Decimal, unit: Decimal, way: Way) -> int:
    """What the rest, which has the sign of the value, adds to the number of whole units."""
    match way:
        case "up":
            return int(rest > 0)
        case "down":
            return -int(rest < 0)
    away = 1 if rest > 0 else -1
    return away if 2 * abs(rest) >= unit else 0


def extreme(function: str, values: list[Value]) -> Value:
    """The largest or smallest of values of one kind; there is at least one."""
    best, wanted = values[0], ">" if function == "largest" else "<"
    for value in values[1:]:
        if compared(value, wanted, best):
            best = value
    return best


def to_the_unit(exact: ExactMoney) -> Money:
    """The amount half up to the currency's smallest unit: the one place where anything is rounded."""
    with localcontext(Context(prec=EXACT.prec + 10)):
        return rounded(exact.amount, exact.currency)


def _alike(left: Value, right: Value) -> tuple[Value, Value]:
    """The sum of no rows is nothing, in whatever the other side is counted in."""
    if isinstance(left, ExactMoney) and right == NOTHING:
        return left, ExactMoney(NOTHING, left.currency)
    if isinstance(right, ExactMoney) and left == NOTHING:
        return ExactMoney(NOTHING, right.currency), right
    return left, right


def _exact(left: Decimal, sign: str, right: Decimal) -> Decimal | Unknown:
    operation = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}[sign]
    try:
        return operation(left, right)
    except (Inexact, InvalidOperation, Overflow):
        return OUT_OF_RANGE


def _quotient(left: Decimal, right: Decimal) -> Decimal | Unknown:
    if right == NOTHING:
        return Unknown((), "rules.divided_by_zero")
    try:
        return DIVISION.divide(left, right)
    except (InvalidOperation, Overflow):
        return OUT_OF_RANGE


def _money(amount: Decimal | Unknown, like: ExactMoney) -> ExactMoney | Unknown:
    return amount if isinstance(amount, Unknown) else ExactMoney(amount, like.currency)
