"""Rates of exchange by day: which days rules would ask for, so that whoever evaluates them fetches no others."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.evaluation import PublishedRate, Reference
from rules_dsl.kinds import Kinds
from rules_dsl.meaning import value_of
from rules_dsl.moment import DAY_FACTS, Definitions, Moment
from rules_dsl.reading import Facts
from rules_dsl.written import definitions_of


def rate_days(kinds: Kinds, facts: Facts, reference: Reference) -> Mapping[n.Rate, frozenset[date]]:
    """For each rate rule the days that some rule could ask it for; none where its day is not known.

    `reference` needs no rates. A day that stands in the rows of a repeated group is asked for each row.
    """
    definitions = definitions_of(kinds)
    return {
        rate: frozenset(
            day for moment in _moments(definitions, facts, reference) for day in _days(rate, moment)
        )
        for rate in kinds.rates.values()
    }


def _moments(definitions: Definitions, facts: Facts, reference: Reference) -> Iterator[Moment]:
    """What the day reads may depend on the law of either day: of filing, of reception, of decision."""
    for as_of in DAY_FACTS:
        yield Moment(definitions, facts, reference, as_of)


def _days(rate: n.Rate, moment: Moment) -> Iterator[date]:
    found = [value_of(rate.on, moment)]
    for group in moment.facts.rows:
        found += [value_of(rate.on, moment) for _number in moment.each_row(group)]
    yield from (day for day in found if type(day) is date)


class EveryDay(Mapping[date, PublishedRate]):
    """The rate of whatever day is asked for: for examples, and to compare two laws at one rate."""

    def __init__(self, rate: Decimal) -> None:
        self.rate = PublishedRate(rate)

    def __getitem__(self, _on: date) -> PublishedRate:
        return self.rate

    def __iter__(self) -> Iterator[date]:
        return iter(())

    def __len__(self) -> int:
        return 0
