"""An amount with its currency: never a bare number, never a float."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_PREC, ROUND_HALF_UP, Context, Decimal
from functools import total_ordering
from typing import Any

# ISO 4217 exponents of the currencies that Vietnamese fee law uses. Adding one is adding a line.
EXPONENTS = {"VND": 0, "USD": 2}
# Moving the point loses no digit, however many there are.
_EXACT = Context(prec=MAX_PREC)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`minor` counts the currency's smallest unit: đồng for VND, cents for USD."""

    minor: int
    currency: str = "VND"

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise ValueError(f"unknown currency {self.currency}")

    @property
    def amount(self) -> Decimal:
        """The amount in whole units of the currency, exact."""
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency], _EXACT)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.minor * count, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} does not mix with {other.currency}")
        return other

    def in_(self, language: str) -> str:
        """36.000 đồng or VND 36,000; other currencies 12,50 USD or USD 12.50."""
        digits = f"{self.amount:,.{EXPONENTS[self.currency]}f}"
        if language == "en":
            return f"{self.currency} {digits}"
        unit = "đồng" if self.currency == "VND" else self.currency
        return f"{digits.translate(str.maketrans(',.', '.,'))} {unit}"

    def to_json(self) -> dict[str, Any]:
        return {"amount": self.minor, "currency": self.currency}

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> "Money":
        return cls(int(body["amount"]), str(body["currency"]))


def rounded(amount: Decimal, currency: str = "VND") -> Money:
    """The amount in the currency's smallest unit, half up: the circulars are silent, the portal rounds so."""
    minor = amount.scaleb(EXPONENTS[currency]).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Money(int(minor), currency)


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum for each currency among the amounts, đồng first; currencies are never turned into one another."""
    sums: dict[str, Money] = {}
    for each in amounts:
        sums[each.currency] = sums.get(each.currency, Money(0, each.currency)) + each
    return tuple(sums[currency] for currency in EXPONENTS if currency in sums)
