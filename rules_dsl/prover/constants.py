"""Written values as terms."""

from decimal import Decimal
from fractions import Fraction

from rules_dsl import nodes as n
from rules_dsl.prover.logic import Term


def exact(number: Decimal) -> int | Fraction:
    """The number, whole ones as such."""
    fraction = Fraction(number)
    return fraction.numerator if fraction.denominator == 1 else fraction


def constant(node: n.Constant) -> Term:
    """An amount in whole units of its currency, a percentage as a fraction."""
    match node:
        case n.Amount():
            return exact(node.number.value)
        case n.Percentage():
            return exact(node.number.value.scaleb(-2))
        case n.Number():
            return exact(node.value)


def limit(node: n.Number | n.Amount | n.Day) -> Term:
    """A limit of a bracket, cell or point, in the unit of what it limits."""
    return node.value.toordinal() if isinstance(node, n.Day) else constant(node)
