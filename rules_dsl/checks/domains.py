"""The values of a table's key that make a difference to its cells: between them nothing changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.fact_types import FactType
from rules_dsl.keywords import spelled
from rules_dsl.kind import Kind
from rules_dsl.values import plain

# A text that no cell names, as the applicant may well write one.
OTHER = "…"
NEAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Atom:
    """A value of the key, numbers and amounts as Decimal; None: not answered. `text` is its name in findings.

    A tuple holds the values chosen of a list of choices.
    """

    value: str | bool | Decimal | date | tuple[str, ...] | None
    text: str

    @property
    def is_word(self) -> bool:
        """Whether it is a value of a list, or several."""
        return isinstance(self.value, str) or (isinstance(self.value, tuple) and bool(self.value))


def domain(key: n.Name, cells: Sequence[n.Cell], checked: Checked, *, blank: bool) -> list[Atom]:
    """The atoms of the key, as the form admits them; ordered ones in rising order, the blank one last."""
    language = checked.rules.language
    kind, fact = checked.kinds.of_name(key.path), checked.kinds.fact(key.path)
    atoms: list[Atom]
    match kind.name:
        case "boolean":
            atoms = [Atom(True, spelled("yes", language)), Atom(False, spelled("no", language))]
        case "choice" | "text":
            atoms = [Atom(word, word) for word in kind.values or (*_words(cells), OTHER)]
        case "choices":
            # Any set is taken by a cell that takes one of its members: none, each alone, and all tell all.
            chosen = ((), *((word,) for word in kind.values), kind.values)
            atoms = [Atom(words, "+".join(words) or "∅") for words in chosen]
        case "date":
            atoms = [Atom(day, day.isoformat()) for day in _days(cells)]
        case _:
            atoms = [Atom(point, _told(point, kind)) for point in _numbers(cells, kind, fact)]
    return [*atoms, Atom(None, spelled("blank", language))] if blank else atoms


def _told(point: Decimal, kind: Kind) -> str:
    return f"{plain(point)} {kind.currency}".rstrip()


def _words(cells: Sequence[n.Cell]) -> Iterator[str]:
    """Each word of the cells once."""
    members = (member for cell in cells if isinstance(cell, n.ValuesCell) for member in cell.members)
    return iter(dict.fromkeys(member.value for member in members if isinstance(member, n.Word)))


def _limits(cells: Sequence[n.Cell]) -> Iterator[n.Number | n.Amount | n.Day]:
    for cell in cells:
        match cell:
            case n.RangeCell():
                yield from (bound.limit for bound in cell.bounds)
            case n.ValuesCell():
                yield from (member for member in cell.members if isinstance(member, n.Number))


def _numbers(cells: Sequence[n.Cell], kind: Kind, fact: FactType | None) -> list[Decimal]:
    limits = {number_of(limit) for limit in _limits(cells) if not isinstance(limit, n.Day)}
    return points(limits, kind, fact)


def number_of(limit: n.Number | n.Amount) -> Decimal:
    return limit.value if isinstance(limit, n.Number) else limit.number.value


def points(limits: set[Decimal], kind: Kind, fact: FactType | None) -> list[Decimal]:
    """Each limit, a point between every two neighbours, and one beyond either end, as the form allows them.

    Between these points no bracket and no cell begins or ends, so what holds for them holds for all.
    """
    ordered = sorted(limits or {Decimal(0)})
    # An answer in cents has a hundredth as its step; a let may have any number.
    unit = Decimal(1).scaleb(-EXPONENTS.get(kind.currency, 0)) if fact is not None else Decimal(1)
    between = [(low + high) / 2 for low, high in pairwise(ordered)]
    found = {*ordered, *between, *(limit + step for limit in ordered for step in (-unit, unit))}
    if fact is not None:
        least, most = (end if end is None else end * unit for end in (fact.minimum, fact.maximum))
        found = {p for p in found if (least is None or p >= least) and (most is None or p <= most)}
        found |= {end for end in (least, most) if end is not None}
    stepped = kind.name == "integer" or (kind.name == "money" and fact is not None)
    return sorted(point for point in found if not stepped or point % unit == 0)


def _days(cells: Sequence[n.Cell]) -> list[date]:
    limits = {limit.value for limit in _limits(cells) if isinstance(limit, n.Day)} or {date(2000, 1, 1)}
    return sorted({*limits, *(near for limit in limits for near in _beside(limit))})


def _beside(day: date) -> Iterator[date]:
    if day > date.min:
        yield day - NEAR
    if day < date.max:
        yield day + NEAR
