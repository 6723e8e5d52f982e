"""Expressions of the rules language, as frozen records."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

Scale = Literal["one", "thousand", "million", "billion"]
SCALES: dict[Scale, Decimal] = {
    "one": Decimal(1),
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
}
PeriodUnit = Literal["day", "calendar_day", "working_day", "month", "working_hour", "hour"]
Comparator = Literal["=", "<>", "<", "<=", ">", ">="]
Function = Literal[
    "count",
    "sum",
    "any",
    "every",
    "largest",
    "smallest",
    "age",
    # To a multiple of a written unit: the nearest (half up), the next larger, the next smaller.
    "rounded",
    "rounded_up",
    "rounded_down",
    # The day itself when the administration works, else the last such day before it, or the first after it.
    "last_working_day",
    "next_working_day",
    # The clock of an instant where the unit is, to the minute.
    "time_of",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text: line and column from 1."""

    line: int = 0
    column: int = 0


NOWHERE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything that stands somewhere in the text."""

    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """`1_000_000`, `2.5`, `50 million`: `digits` as written, `scale` as written."""

    digits: Decimal
    scale: Scale = "one"

    @property
    def value(self) -> Decimal:
        return self.digits * SCALES[self.scale]


@dataclass(frozen=True, slots=True)
class Percentage(Node):
    """`2.5%`."""

    number: Number


@dataclass(frozen=True, slots=True)
class Amount(Node):
    """`8_000 VND`."""

    number: Number
    currency: str


@dataclass(frozen=True, slots=True)
class Day(Node):
    """`2024-01-31`."""

    value: date


@dataclass(frozen=True, slots=True)
class Instant(Node):
    """`2024-01-31 09:00`, where the unit is; seconds are not written."""

    value: datetime


@dataclass(frozen=True, slots=True)
class ClockTime(Node):
    """`23:00`: a time of day, to the minute."""

    value: time


@dataclass(frozen=True, slots=True)
class Period(Node):
    """`60 days`, `15 calendar days`. Unit "day" is a bare day: fine in a legal period, an error in a term."""

    amount: int
    unit: PeriodUnit


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A value of a list (`online`), or a text ("Hà Nội")."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """`yes` or `no`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A field of the form, a dossier fact, a let, a parameter, or the amount of another rule."""

    path: str


@dataclass(frozen=True, slots=True)
class Whole(Node):
    """`whole`: the quantity a bracket speaks of."""


@dataclass(frozen=True, slots=True)
class Excess(Node):
    """`excess`: what the quantity has above the lower bound of its bracket."""


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """`a + b - c`. Subtracting dates counts days; a period added to a date gives a date."""

    first: "Expression"
    rest: tuple[tuple[Literal["+", "-"], "Expression"], ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """`a * b / c`."""

    first: "Expression"
    rest: tuple[tuple[Literal["*", "/"], "Expression"], ...]


@dataclass(frozen=True, slots=True)
class Share(Node):
    """`10% of a`."""

    percentage: Percentage
    whole: "Expression"


@dataclass(frozen=True, slots=True)
class Converted(Node):
    """`145 USD at usd_buying`: the amount in the other currency, at the rate that the rule `rate` names."""

    value: "Expression"
    rate: Name


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """`-a`."""

    value: "Expression"


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    left: "Expression"
    operator: Comparator
    right: "Expression"


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    """`a is x`, `a in {x, y}`, and their opposites. A list of choices is "one of" when any chosen one is."""

    subject: "Expression"
    members: tuple[Word | Number | Truth, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Within(Node):
    """`a within 60 days of b`: the legal period of Civil Code 147–148, which reads the calendar."""

    subject: "Expression"
    period: Period
    since: "Expression"


@dataclass(frozen=True, slots=True)
class Given(Node):
    """`given x`: whether the applicant answered x. The only way to ask about a fact that may be absent."""

    name: Name


@dataclass(frozen=True, slots=True)
class Fallback(Node):
    """`(x otherwise y)`: y where x was not given."""

    value: "Expression"
    instead: "Expression"


@dataclass(frozen=True, slots=True)
class Not(Node):
    value: "Expression"


@dataclass(frozen=True, slots=True)
class All(Node):
    """`a and b and c`."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Either(Node):
    """`a or b or c`."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`count(documents)`, `sum(documents.pages)`, `age(born_on, on)`, `largest(a, b)`."""

    function: Function
    arguments: tuple["Expression", ...]


Expression = (
    Number
    | Percentage
    | Amount
    | Day
    | Instant
    | ClockTime
    | Period
    | Word
    | Truth
    | Name
    | Whole
    | Excess
    | Sum
    | Product
    | Share
    | Converted
    | Minus
    | Comparison
    | OneOf
    | Within
    | Given
    | Fallback
    | Not
    | All
    | Either
    | Call
)
