"""Rules and the file they stand in, as frozen records."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

from common.text import Text
from rules_dsl.allowance import Hours
from rules_dsl.nodes.clauses import (
    NO_COMMENTS,
    NO_LAW,
    UNTITLED,
    AmountClause,
    Assignee,
    Combination,
    Comments,
    DatedConstant,
    Law,
    LocalSetting,
    Option,
    Point,
    Prolongation,
    TableRow,
    TermClause,
)
from rules_dsl.nodes.expressions import (
    Amount,
    ClockTime,
    Day,
    Expression,
    Instant,
    Name,
    Node,
    Number,
    Percentage,
    Period,
    Truth,
    Word,
)

Language = Literal["vi", "en"]
# The day whose law counts.
AsOf = Literal["reception", "filing", "decision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Node):
    """A named rule with its law. `title` is the sentence people read; empty where none was written."""

    name: str
    title: Text = UNTITLED
    law: Law = NO_LAW
    comments: Comments = NO_COMMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuedRule(Rule):
    """A rule that has a value for each dossier. `as_of` is the day whose law and amounts count."""

    as_of: AsOf = "reception"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRule(ValuedRule):
    """A charge (phí) or a fee (lệ phí): lines are read from top to bottom.

    `each` names rows of the form: the lines are worked out for each row and the results added up.
    `combine` says how several reductions meet.
    """

    kind: Literal["charge", "fee"]
    clauses: tuple[AmountClause, ...] = ()
    each: str | None = None
    combine: Combination | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(ValuedRule):
    """How long the authority may take. `hours` given: counted by working hours within them.

    `since` names the fact (a day or an instant) whose coming starts the clock; None: reception.
    """

    clauses: tuple[TermClause, ...] = ()
    cut_off: time | None = None
    hours: Hours | None = None
    supplement: Literal["restart", "pause", "continue"] | None = None
    extension: Prolongation | None = None
    since: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(ValuedRule):
    """What must hold; `title` is what the applicant reads when it does not."""

    requires: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(ValuedRule):
    """A paper to hand in, and when. `one_of` groups papers of which one is enough."""

    originals: int = 0
    certified: int = 0
    photocopies: int = 0
    when: Expression | None = None
    one_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(ValuedRule):
    """Names a value that a branch or an assignment uses: the first line that applies.

    Other rules read the value by the choice's name.
    """

    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(ValuedRule):
    """Which role in which area takes a task: the first line that applies."""

    assignees: tuple[Assignee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Rule):
    """A dated constant of the law, or a value that a province or unit sets: one of `values` and `local`."""

    values: tuple[DatedConstant, ...] = ()
    local: LocalSetting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Let(Rule):
    """A name for an expression."""

    value: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Rule):
    """A value by facts: `table card_fee (request.kind, dossier.channel) unique`, then rows.

    `unique`: no two rows may apply at once (proved); `first`: the first row that applies counts. An expression
    reads the table by its name alone, since its keys are named here.
    """

    keys: tuple[Name, ...]
    policy: Literal["unique", "first"] = "unique"
    rows: tuple[TableRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpolation(Rule):
    """A value between points: `interpolate rate by project.investment`, then points in rising order.

    Linear from point to point and exact; below the first and above the last it stays as it is there.
    """

    quantity: Expression
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Rule):
    """A published rate of exchange: `rate usd_buying USD to VND on last_working_day(payment.paid_on)`.

    The rate of exactly that day is reference data; where it is missing the amount is not known.
    """

    source: str
    target: str
    on: Expression


@dataclass(frozen=True, slots=True)
class Monotony(Node):
    """`notarisation never falls as contract.value rises`, all other facts staying as they are."""

    amount: Name
    direction: Literal["never_falls", "never_rises"]
    quantity: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Always(Rule):
    """What must hold for all answers the form admits: proved, never evaluated. It has no name."""

    claim: Expression | Monotony


@dataclass(frozen=True, slots=True)
class Rows(Node):
    """`[pages = 3, copies = 2; pages = 1, copies = 1]`: rows of a repeated group, in an example."""

    rows: tuple[tuple["Setting", ...], ...]


@dataclass(frozen=True, slots=True)
class Setting(Node):
    """`child.born_on = 2024-01-02`."""

    name: str
    value: "Literal_ | Rows"


Literal_ = Number | Amount | Percentage | Day | Instant | ClockTime | Period | Word | Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Rule):
    """A situation and what must come out of it; `name` is empty, the title says what it shows."""

    given: tuple[Setting, ...] = ()
    expected: tuple[Setting, ...] = ()


AnyRule = (
    AmountRule
    | Term
    | Condition
    | Component
    | Choice
    | Assign
    | Parameter
    | Table
    | Interpolation
    | Rate
    | Let
    | Always
    | Example
)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A whole file. `opening` stands before the language line, `closing` after the last rule."""

    language: Language
    rules: tuple[AnyRule, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
