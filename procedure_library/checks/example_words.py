"""What an example compares, as people read it: money, days, and things by the names that people gave them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.money import EXPONENTS, Money
from common.text import Text
from form_builder.faults import called
from form_builder.form import Form
from procedure_library.checks.titles import Titles

MONEY = re.compile(r"(-?\d+(?:\.\d+)?) ([A-Z]{3})")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
UNKNOWN = re.compile(r"\? \((.*)\)")
WORDS = {"": "nothing", "None": "nothing", "true": "met", "false": "not_met"}
# What is not the value of a rule.
OTHERS = ("total", "components", "due_on", "problems")


@dataclass(frozen=True, slots=True)
class ExampleWords:
    """Reads the texts that trials compare (`procedure_library.trial`) with the names of one definition."""

    titles: Titles
    form: Form

    def thing(self, what: str) -> Text:
        """What is compared: "amounts.issue" is the title of that rule."""
        if what in OTHERS:
            return _word(what)
        title = self.titles.rule(what.partition(".")[2])
        return Text(f"«{title.vi}»", f"“{title.in_('en')}”")

    def value(self, what: str, text: str) -> Text:
        """One of the two texts compared."""
        if text in WORDS:
            return _word(WORDS[text])
        if what in ("components", "problems"):
            name = self.titles.rule if what == "components" else self._field
            return _row([self._part(part, name) for part in text.split(", ")])
        return self._plain(text)

    def _part(self, text: str, name: Callable[[str], Text]) -> Text:
        """A paper or a place; of a paper that cannot be told, what is missing as well."""
        key, colon, missing = text.partition(": ")
        return _row([name(key), self._plain(missing)]) if colon else name(key)

    def _plain(self, text: str) -> Text:
        if (found := MONEY.fullmatch(text)) and found[2] in EXPONENTS:
            amount = Money(int(Decimal(found[1]).scaleb(EXPONENTS[found[2]])), found[2])
            return Text(amount.in_("vi"), amount.in_("en"))
        if DAY.fullmatch(text):
            return Text(f"{date.fromisoformat(text):%d/%m/%Y}")
        if found := UNKNOWN.fullmatch(text):
            facts = _row([self._field(fact) for fact in found[1].split(", ")])
            return Text(*(f"@procedures.example.unknown|{facts.in_(speak)}" for speak in ("vi", "en")))
        return Text(text)

    def _field(self, where: str) -> Text:
        return Text(called(self.form, where, "vi"), called(self.form, where, "en"))


def _word(name: str) -> Text:
    return Text(f"@procedures.example.{name}", f"@procedures.example.{name}")


def _row(names: list[Text]) -> Text:
    return Text(", ".join(each.vi for each in names), ", ".join(each.in_("en") for each in names))
