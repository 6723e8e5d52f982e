"""Amounts that go by a rate of exchange, told: by which law, and at which rate of which day."""

from collections.abc import Collection, Iterator
from datetime import date

from rules_dsl.evaluation import PublishedRate
from rules_dsl.nodes import RuleFile
from runtime.happening import Happening


def laws_of(rules: RuleFile, name: str, rates: Collection[str]) -> tuple[str, ...]:
    """What the rule cites, and then what the rates in it cite; each law once."""
    cited = {rule.name: rule.law.cites for rule in rules.rules}
    return tuple(dict.fromkeys(cite for each in (name, *sorted(rates)) for cite in cited.get(each, ())))


def rates_of(happening: Happening, name: str) -> Iterator[tuple[str, date, PublishedRate]]:
    """The rates that the act read for the rule, by name and day, as they had been published."""
    published = happening.context.reference.rates
    for reading in happening.record.readings:
        if reading.rule == name:
            for each in reading.rates:
                rate, _, day = each.rpartition(".")
                on = date.fromisoformat(day)
                yield rate, on, published[rate][on]
