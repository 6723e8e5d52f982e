"""Values a fact or an evaluation may have, and their lasting JSON shape (docs/rules/evaluation.md)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from typing import Any

from common.money import EXPONENTS, Money
from rules_dsl.allowance import Allowance
from rules_dsl.unknown import Unknown

# Sums and products are exact or not at all: a result that would need more digits is out of range.
EXACT = Context(prec=400, traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])


@dataclass(frozen=True, slots=True)
class ExactMoney:
    """An amount before it is rounded, in whole units of its currency."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, money: Money) -> "ExactMoney":
        return cls(Decimal(money.minor).scaleb(-EXPONENTS[money.currency], EXACT), money.currency)


@dataclass(frozen=True, slots=True)
class ComponentNeed:
    """Whether a paper must be handed in, in how many copies of each sort, and which papers may stand for it.

    `alternative_of` names the group ("birth_proof") of which one paper is enough; None: no group.
    """

    needed: bool
    originals: int = 0
    certified: int = 0
    photocopies: int = 0
    alternative_of: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """The role that takes a task, and the code of its area; None: the area of the receiving unit."""

    role: str
    area: str | None = None


Value = bool | Decimal | Money | ExactMoney | date | datetime | time | str | tuple[str, ...]
Outcome = Money | Allowance | bool | ComponentNeed | str | Assignment | Unknown


def encode(value: Value | Outcome | None) -> Any:
    """JSON of a value: what JSON cannot tell apart is wrapped in an object that names its kind."""
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            return {"number": plain(value)}
        case Money():
            return value.to_json()
        case ExactMoney():
            return {"exact": plain(value.amount), "currency": value.currency}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat("minutes")}
        case tuple():
            return list(value)
        case Allowance():
            return {"allowance": value.to_json()}
        case ComponentNeed():
            return {
                "needed": value.needed,
                "originals": value.originals,
                "certified": value.certified,
                "photocopies": value.photocopies,
                "alternative_of": value.alternative_of,
            }
        case Assignment():
            return {"role": value.role, "area": value.area}
        case Unknown():
            return {"unknown": value.to_json()}


def plain(number: Decimal) -> str:
    """The digits of a number, without an exponent, without zeros that say nothing and without a minus zero."""
    digits = format(number, "f") if number else "0"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def decode(body: Any) -> Any:
    """The value that `encode` wrote; raises ValueError for anything else."""
    if body is None or isinstance(body, bool | str):
        return body
    if isinstance(body, list):
        return tuple(str(word) for word in body)
    if isinstance(body, Mapping):
        for key, read in _READERS.items():
            if key in body:
                return read(body)
    raise ValueError(f"not an encoded value: {body!r}")


_READERS: dict[str, Callable[[Any], Any]] = {
    "number": lambda body: Decimal(body["number"]),
    "exact": lambda body: ExactMoney(Decimal(body["exact"]), body["currency"]),
    "amount": Money.from_json,
    "instant": lambda body: datetime.fromisoformat(body["instant"]),
    "date": lambda body: date.fromisoformat(body["date"]),
    "time": lambda body: time.fromisoformat(body["time"]),
    "allowance": lambda body: Allowance.from_json(body["allowance"]),
    "needed": lambda body: ComponentNeed(**body),
    "role": lambda body: Assignment(**body),
    "unknown": lambda body: Unknown.from_json(body["unknown"]),
}
