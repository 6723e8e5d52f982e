"""Figures: numbers with their units, days, times of day; and those that two people read differently."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from pyparsing import Literal, Opt, ParseFatalException, ParserElement, ParseResults, Regex

from common.clock import ZONE
from common.money import EXPONENTS
from rules_dsl.grammar import tokens as t
from rules_dsl.grammar.piece import place_at
from rules_dsl.nodes import (
    Amount,
    ClockTime,
    Day,
    Instant,
    Language,
    Node,
    Number,
    Percentage,
    Period,
    PeriodUnit,
)

MOST_DIGITS = 17
# Figures that two people read as two numbers, by the code that refuses them.
DOUBTFUL = {
    "comma_in_number": r"\d[\d_.]*,\d+",
    "day_order": r"\d{1,2}/\d{1,2}/\d{4}",
    "dots_in_number": r"[1-9]\d{0,2}(?:\.\d{3})+(?!\d)",
    "long_number": rf"(?:\d[_.]?){{{MOST_DIGITS + 1},}}",
}
LONGEST_PERIOD = 9999
PERIOD_UNITS = ("calendar_day", "working_day", "working_hour", "hour", "day", "month")


def number(language: Language) -> ParserElement:
    """`1_000_000`, `2.5`, `50 million`. What a reader could take for two different numbers is refused."""

    def refuse(text: str, loc: int, found: ParseResults) -> None:
        code = next(code for code, pattern in DOUBTFUL.items() if re.match(pattern, str(found[0])))
        raise ParseFatalException(text, loc, f"rules.{code}")

    doubtful = Regex("|".join(DOUBTFUL.values())).set_parse_action(refuse)
    digits = Regex(r"(?!\d{4}-\d\d-\d\d)\d[\d_]*(?:\.\d+)?").add_parse_action(
        lambda found: Decimal(found[0].replace("_", ""))
    )
    scale = t.any_keyword(("thousand", "million", "billion"), language)
    return (doubtful | digits + Opt(scale)).add_parse_action(t.placed(Number))


def quantity(language: Language) -> ParserElement:
    """A number, or what its unit makes of it: `8_000 VND`, `2.5%`, `60 days`."""

    def build(text: str, loc: int, found: ParseResults) -> Number | Percentage | Amount | Period:
        place = place_at(text, loc)
        match list(found):
            case [Number() as plain]:
                return plain
            case [figure, "%"]:
                return Percentage(figure, place=place)
            case [figure, str(currency)] if currency in EXPONENTS:
                return Amount(figure, currency, place=place)
            case [figure, unit]:
                return _period(text, loc, figure, unit)
        raise AssertionError(found)

    units = Literal("%") | currency() | t.any_keyword(PERIOD_UNITS, language)
    return (number(language) + Opt(units)).add_parse_action(build)


def currency() -> ParserElement:
    """`VND`, gives its code."""
    return Regex(rf"(?:{'|'.join(EXPONENTS)})(?!\w)")


def constant(language: Language) -> ParserElement:
    """A value that the law writes out: a number, an amount or a percentage."""
    return only((Number, Amount, Percentage), language)


def _period(text: str, loc: int, figure: Number, unit: PeriodUnit) -> Period:
    if figure.value > LONGEST_PERIOD or figure.value != int(figure.value):
        raise ParseFatalException(text, loc, "rules.period_not_whole")
    return Period(int(figure.value), unit, place=place_at(text, loc))


def only(kind: type[Node] | tuple[type[Node], ...], language: Language) -> ParserElement:
    """A quantity of this kind and no other."""
    return quantity(language).add_condition(lambda found: isinstance(found[0], kind))


def whole_number() -> ParserElement:
    return Regex(r"\d{1,6}(?![\d_.])").add_parse_action(lambda found: int(found[0]))


def day() -> ParserElement:
    return day_text().add_parse_action(t.placed(Day))


def clock_time() -> ParserElement:
    return time_text().add_parse_action(t.placed(ClockTime))


def day_text() -> ParserElement:
    """`2024-01-31`, gives the date."""

    def read(text: str, loc: int, found: ParseResults) -> date:
        try:
            return date.fromisoformat(str(found[0]))
        except ValueError:
            raise ParseFatalException(text, loc, "rules.no_such_day") from None

    other_order = t.failing(Regex(r"\d{1,2}/\d{1,2}/\d{4}"), "rules.day_order")
    return Regex(r"\d{4}-\d{2}-\d{2}").set_parse_action(read) | other_order


def time_text() -> ParserElement:
    """`15:00`, gives the time."""

    def read(text: str, loc: int, found: ParseResults) -> time:
        hours, minutes = map(int, str(found[0]).split(":"))
        if hours > 23 or minutes > 59:
            raise ParseFatalException(text, loc, "rules.no_such_time")
        return time(hours, minutes)

    return Regex(r"\d{1,2}:\d{2}(?!\d)").set_parse_action(read)


def day_or_instant() -> ParserElement:
    """`2024-01-31`, or with a time behind it an instant where the unit is."""

    def build(text: str, loc: int, found: ParseResults) -> Day | Instant:
        place = place_at(text, loc)
        if len(found) == 1:
            return Day(found[0], place=place)
        return Instant(datetime.combine(found[0], found[1], ZONE), place=place)

    return (day_text() + Opt(time_text())).set_parse_action(build)


def literal(language: Language) -> ParserElement:
    """A value written out, as examples give them."""
    return day_or_instant() | clock_time() | quantity(language) | t.truth(language) | t.word(language)
