"""Lines of a rule, as frozen records."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from common.text import Text
from rules_dsl.nodes.expressions import (
    Amount,
    Day,
    Expression,
    Name,
    Node,
    Number,
    Percentage,
    Period,
    Truth,
    Word,
)


@dataclass(frozen=True, slots=True)
class Comments:
    """What a person wrote beside the rule: lines before it, and the rest of its own last line ("": none)."""

    before: tuple[str, ...] = ()
    beside: str = ""


NO_COMMENTS = Comments()
UNTITLED = Text("")


@dataclass(frozen=True, slots=True)
class Law:
    """The law behind a rule or a line: what it cites, and the days it is in force, both inclusive."""

    cites: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None

    def in_force(self, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)

    @property
    def is_dated(self) -> bool:
        return self.from_on is not None or self.until_on is not None

    def ends_before(self, other: "Law") -> bool:
        """Whether it is over when the other comes into force."""
        return self.until_on is not None and other.from_on is not None and self.until_on < other.from_on


NO_LAW = Law()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Node):
    """A line of a rule. `when` None: it always applies (printed as `otherwise` after other lines)."""

    when: Expression | None = None
    law: Law = NO_LAW
    comments: Comments = NO_COMMENTS


@dataclass(frozen=True, slots=True)
class Pay(Clause):
    """`pay 8_000 VND when …`: the first `pay`, `exempt`, `by` or `per` line that applies gives the amount."""

    amount: Expression


@dataclass(frozen=True, slots=True)
class Exempt(Clause):
    """`exempt when …`: nothing is due, and no later line changes that."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One side of a bracket. `below` and `above` leave the limit out, `up_to` and `from` include it."""

    kind: Literal["below", "up_to", "from", "above"]
    limit: Number | Amount


@dataclass(frozen=True, slots=True)
class Bracket(Node):
    """`from 5 billion below 20 billion pay …`; no bound (`above` alone): all that the lines before left."""

    bounds: tuple[Bound, ...]
    amount: Expression
    comments: Comments = NO_COMMENTS


@dataclass(frozen=True, slots=True)
class Brackets(Clause):
    """`by contract.value …`: the first bracket that holds the quantity gives the amount."""

    quantity: Expression
    rows: tuple[Bracket, ...]


@dataclass(frozen=True, slots=True)
class Grade(Node):
    """`from 3 pay 1_000 VND`: each unit from the third on."""

    start: int
    amount: Expression
    comments: Comments = NO_COMMENTS


@dataclass(frozen=True, slots=True)
class Grades(Clause):
    """`per documents.pages from 1 pay … from 3 pay …`: an amount for each unit by its index."""

    quantity: Expression
    rows: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class AtMost(Clause):
    """`at most 200_000 VND`: caps what the lines above it gave."""

    amount: Expression


@dataclass(frozen=True, slots=True)
class AtLeast(Clause):
    amount: Expression


@dataclass(frozen=True, slots=True)
class Times(Clause):
    """`times documents.copies`: multiplies what the lines above it gave."""

    count: Expression


@dataclass(frozen=True, slots=True)
class Plus(Clause):
    """`plus 60_000 VND when …`: one more part of a sum."""

    amount: Expression


@dataclass(frozen=True, slots=True)
class Reduce(Clause):
    """`reduce by 50% when …`: by a share of what the lines above gave, or an amount; never below zero."""

    by: Expression


@dataclass(frozen=True, slots=True)
class Less(Clause):
    """`less dossier.charged_so_far`: takes away what was charged before; never below zero."""

    amount: Expression


@dataclass(frozen=True, slots=True)
class Rounded(Clause):
    """`rounded to 1_000 VND up`: to a multiple of the amount; half up unless it says up or down."""

    unit: Amount
    way: Literal["half_up", "up", "down"] = "half_up"


AmountClause = Pay | Exempt | Brackets | Grades | AtMost | AtLeast | Times | Plus | Less | Reduce | Rounded
# The first of these that applies gives the amount; the other lines change it.
GIVING = (Pay, Exempt, Brackets, Grades)
Combination = Literal["highest", "sequence", "waiver_first"]


@dataclass(frozen=True, slots=True)
class TermClause(Clause):
    """`15 calendar days when …`; `period` None is `same day`."""

    period: Period | None


@dataclass(frozen=True, slots=True)
class Prolongation(Node):
    """`extendable by 10 days once cites "…"`: a bare day here is a day of the term's own kind."""

    period: Period
    times: int = 1
    law: Law = NO_LAW


@dataclass(frozen=True, slots=True)
class Option(Clause):
    """`needed "Phải lấy ý kiến" when …`: the value a choice takes.

    `title` is what people read; where it is empty, the form may have a word for the value.
    """

    value: str
    title: Text = UNTITLED


@dataclass(frozen=True, slots=True)
class Assignee(Clause):
    """`role case_officer area residence.commune when …`; `area` None: the area of the receiving unit."""

    role: str
    area: Expression | None = None


Constant = Number | Amount | Percentage


@dataclass(frozen=True, slots=True)
class DatedConstant(Clause):
    """`2_340_000 VND from 2024-07-01`; no condition."""

    value: Constant


@dataclass(frozen=True, slots=True)
class AnyCell(Node):
    """`any`: whatever the fact is, absent included."""


@dataclass(frozen=True, slots=True)
class BlankCell(Node):
    """`blank`: the fact was not answered."""


@dataclass(frozen=True, slots=True)
class ValuesCell(Node):
    """`online`, `{online, post}`, `yes`, `3`: the fact is one of these (any chosen one, of a list of choices)."""

    members: tuple[Word | Number | Truth, ...]


@dataclass(frozen=True, slots=True)
class CellBound:
    """One side of a range: as in a bracket, of numbers, amounts or days."""

    kind: Literal["below", "up_to", "from", "above"]
    limit: Number | Amount | Day


@dataclass(frozen=True, slots=True)
class RangeCell(Node):
    """`from 3 below 10`, `above 5 billion`, `up to 2025-12-31`: the fact lies within every bound."""

    bounds: tuple[CellBound, ...]


Cell = AnyCell | BlankCell | ValuesCell | RangeCell


@dataclass(frozen=True, slots=True)
class TableRow(Clause):
    """`row renew, online gives 25_000 VND from 2025-07-01`: one cell for each key of the table; no condition."""

    cells: tuple[Cell, ...]
    value: Constant


@dataclass(frozen=True, slots=True)
class Point(Node):
    """`at 15 billion gives 0.00671%`: a corner of an interpolation."""

    at: Number | Amount
    value: Constant
    comments: Comments = NO_COMMENTS


@dataclass(frozen=True, slots=True)
class LocalSetting(Node):
    """`set by province between 0 VND and 500_000 VND by work.kind`: who decides, within which bounds.

    `by` names the facts whose values choose among several amounts of the same parameter.
    """

    setter: Literal["province", "unit"]
    lowest: Constant
    highest: Constant
    by: tuple[Name, ...] = ()
