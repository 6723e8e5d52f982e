"""Values as an official writes them: amounts, days and terms in Vietnamese or English."""

from datetime import date, datetime, time
from decimal import Decimal

from common.clock import ZONE
from common.money import EXPONENTS, Money
from common.text import Text
from rules_dsl.allowance import Allowance, Unit
from rules_dsl.unknown import Unknown
from rules_dsl.values import EXACT, Assignment, ComponentNeed, ExactMoney, Outcome, Value, plain

_UNITS: dict[Unit, tuple[Text, Text]] = {
    "working_day": (Text("ngày làm việc", "working day"), Text("ngày làm việc", "working days")),
    "calendar_day": (Text("ngày", "calendar day"), Text("ngày", "calendar days")),
    "month": (Text("tháng", "month"), Text("tháng", "months")),
    "working_hour": (Text("giờ làm việc", "working hour"), Text("giờ làm việc", "working hours")),
    "hour": (Text("giờ", "hour"), Text("giờ", "hours")),
}
_CURRENCIES = {"VND": Text("đồng", "VND")}
_YES, _NO = Text("có", "yes"), Text("không", "no")
_SAME_DAY = Text("trong ngày", "the same day")
_SORTS = (
    (Text("bản chính", "original"), Text("bản chính", "originals")),
    (Text("bản chứng thực", "certified copy"), Text("bản chứng thực", "certified copies")),
    (Text("bản chụp", "photocopy"), Text("bản chụp", "photocopies")),
)


class Wording:
    """Writes in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def number(self, number: Decimal, decimals: int = 0) -> str:
        """Grouped by thousands: "1.000.000,5" in Vietnamese, "1,000,000.5" in English."""
        whole, _, rest = plain(number).partition(".")
        grouped = f"{int(whole):,}"
        if whole.startswith("-") and not grouped.startswith("-"):
            grouped = f"-{grouped}"
        rest = rest.ljust(decimals, "0") if rest else rest
        text = f"{grouped}.{rest}" if rest else grouped
        return text if self.language == "en" else text.translate(str.maketrans(",.", ".,"))

    def percentage(self, share: Decimal) -> str:
        """ "2,5%" of 0.025, "2.5%"."""
        return f"{self.number(share.scaleb(2, EXACT))}%"

    def money(self, money: Money | ExactMoney) -> str:
        """ "36.000 đồng", "36,000 VND"."""
        name = _CURRENCIES.get(money.currency, Text(money.currency)).in_(self.language)
        return f"{self.number(money.amount, EXPONENTS[money.currency])} {name}"

    def day(self, day: date) -> str:
        return f"{day:%d/%m/%Y}"

    def instant(self, at: datetime) -> str:
        """ "15:30 ngày 02/03/2026", "15:30 on 02/03/2026"."""
        joint = "on" if self.language == "en" else "ngày"
        local = at.astimezone(ZONE)
        return f"{local:%H:%M} {joint} {local:%d/%m/%Y}"

    def value(self, value: Value | None) -> str:
        match value:
            case bool():
                return (_YES if value else _NO).in_(self.language)
            case Decimal():
                return self.number(value)
            case Money() | ExactMoney():
                return self.money(value)
            case datetime():
                return self.instant(value)
            case date():
                return self.day(value)
            case time():
                return f"{value:%H:%M}"
            case tuple():
                return ", ".join(value)
        return str(value or "")

    def allowance(self, allowance: Allowance) -> str:
        """ "15 ngày làm việc", "15 working days"."""
        if allowance.same_day:
            return _SAME_DAY.in_(self.language)
        return self.span(allowance.amount, allowance.unit)

    def span(self, amount: int, unit: Unit) -> str:
        return f"{amount} {_UNITS[unit][amount != 1].in_(self.language)}"

    def copies(self, need: ComponentNeed) -> str:
        """ "2 bản chính, 1 bản chụp"."""
        counts = (need.originals, need.certified, need.photocopies)
        said = (
            f"{count} {_SORTS[sort][count != 1].in_(self.language)}"
            for sort, count in enumerate(counts)
            if count
        )
        return ", ".join(said)

    def outcome(self, outcome: Outcome) -> str:
        match outcome:
            case Allowance():
                return self.allowance(outcome)
            case ComponentNeed():
                return self.copies(outcome) or self.value(outcome.needed)
            case Assignment():
                return outcome.role
            case Unknown():
                return "?"
        return self.value(outcome)
