"""The type of a fact, and when it may be absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from common.text import Text

FactKind = Literal[
    "text",
    "integer",
    "decimal",
    "money",
    "date",
    "instant",
    "time",
    "boolean",
    "choice",
    "choices",
    "rows",
    "group",
]
Answer = str | bool | Decimal
UNTITLED = Text("")


@dataclass(frozen=True, slots=True)
class Holds:
    """That the fact `name` was answered, and with one of `values`; None: with anything."""

    name: str
    values: frozenset[Answer] | None = None


# All of them hold together.
Condition = tuple[Holds, ...]


@dataclass(frozen=True, slots=True)
class FactType:
    """What may be said of a fact without knowing it.

    `values` are those of a choice, in the form's order, with `labels` beside them. `minimum` and `maximum`
    are inclusive, None: unbounded; of a repeated group they count its rows. The fact is present for certain
    when `always`, or when one of the conditions in `present_when` holds; otherwise it may be absent. `rows`
    names the repeated group it belongs to.
    """

    kind: FactKind
    title: Text = UNTITLED
    values: tuple[str, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    currency: str = "VND"
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    always: bool = True
    present_when: tuple[Condition, ...] = ()
    rows: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The facts a rule may read at one moment ("filing", "reception" or a step's key), by dotted name.

    `later` are fields of the whole form that nobody has filled by then.
    """

    facts: Mapping[str, FactType]
    moment: str = "filing"
    later: frozenset[str] = frozenset()

    def __contains__(self, name: object) -> bool:
        return name in self.facts
