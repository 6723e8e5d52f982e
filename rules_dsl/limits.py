"""Limits of brackets, cells and points: a bare number is in the unit of what it limits."""

from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.arithmetic import compared
from rules_dsl.unknown import ABSENT, Unknown
from rules_dsl.values import ExactMoney, Value

TESTS = {"below": "<", "up_to": "<=", "from": ">=", "above": ">"}


def limit_of(limit: n.Number | n.Amount | n.Day, quantity: Value) -> Value:
    """The limit as a value that compares with the quantity."""
    match limit:
        case n.Amount():
            return ExactMoney(limit.number.value, limit.currency)
        case n.Day():
            return limit.value
    return like(limit.value, quantity)


def like(number: Decimal, quantity: Value) -> Value:
    """The number in the currency of the quantity, if it has one."""
    return ExactMoney(number, quantity.currency) if isinstance(quantity, ExactMoney) else number


def fits(cell: n.Cell, value: Value | Unknown) -> bool | Unknown:
    """Whether the cell of a table holds. A fact that was not answered is `blank` and nothing else."""
    if isinstance(cell, n.AnyCell):
        return True
    if isinstance(value, Unknown):
        return isinstance(cell, n.BlankCell) if value.code == ABSENT else value
    match cell:
        case n.BlankCell():
            return False
        case n.ValuesCell():
            members = [member.value for member in cell.members]
            chosen = value if isinstance(value, tuple) else (value,)
            return any(one in members for one in chosen)
    return all(compared(value, TESTS[bound.kind], limit_of(bound.limit, value)) for bound in cell.bounds)
