"""The kinds of values, and which go together."""

from dataclasses import dataclass
from typing import Literal

from rules_dsl.fact_types import FactType

KindName = Literal[
    "integer",
    "decimal",
    "percentage",
    "money",
    "date",
    "instant",
    "time",
    "boolean",
    "text",
    "choice",
    "choices",
    "rows",
    "group",
    "period",
    "rate",
    "any",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` "any": not known, for want of the name or because the parts do not fit; it proves nothing."""

    name: KindName
    currency: str = ""
    values: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.name in ("integer", "decimal")

    @property
    def is_known(self) -> bool:
        return self.name != "any"

    @property
    def term(self) -> str:
        """The code of its name in sentences."""
        return f"@rules.kind.{self.name}"


ANY, INTEGER, DECIMAL, PERCENTAGE = Kind("any"), Kind("integer"), Kind("decimal"), Kind("percentage")
BOOLEAN, TEXT, PERIOD, RATE = Kind("boolean"), Kind("text"), Kind("period"), Kind("rate")
DATE, INSTANT, TIME = Kind("date"), Kind("instant"), Kind("time")


def kind_of_fact(fact: FactType) -> Kind:
    match fact.kind:
        case "money":
            return Kind("money", fact.currency)
        case "choice" | "choices":
            return Kind(fact.kind, values=fact.values)
    return Kind(fact.kind)


def joined(one: Kind, other: Kind) -> Kind:
    """The kind that holds both; any when there is none."""
    if one == other or not other.is_known:
        return one
    if not one.is_known:
        return other
    if one.is_number and other.is_number:
        return DECIMAL
    return TEXT if {one.name, other.name} <= {"text", "choice"} else ANY


def combined(left: Kind, sign: str, right: Kind) -> Kind:
    """The kind of `left sign right`; any when the two do not go together, or one is not known."""
    if sign in "+-":
        return _added(left, sign, right)
    if left.name == "money" and right.name == "money":
        return DECIMAL if sign == "/" and left.currency == right.currency else ANY
    for kind, factor in ((left, right), (right, left)):
        if kind.name == "money" and (factor.is_number or factor.name == "percentage"):
            return kind if sign == "*" or kind is left else ANY
    numeric = (left.is_number or left.name == "percentage") and (
        right.is_number or right.name == "percentage"
    )
    if not numeric:
        return ANY
    return INTEGER if left == right == INTEGER and sign == "*" else DECIMAL


def _added(left: Kind, sign: str, right: Kind) -> Kind:
    if left == DATE and right == PERIOD:
        return DATE
    if left == DATE and right == DATE and sign == "-":
        return INTEGER
    addable = left.is_number or left.name in ("money", "percentage")
    return joined(left, right) if addable and left.is_known and right.is_known else ANY
