"""The smallest parts: keywords, names, texts, numbers, days; and the mistakes known by sight."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pyparsing import Empty, Literal, Opt, ParseFatalException, ParserElement, ParseResults, Regex, Suppress

from common.clock import ZONE
from common.money import EXPONENTS
from rules_dsl.grammar.piece import place_at
from rules_dsl.keywords import KEYWORDS, reserved
from rules_dsl.nodes import (
    Amount,
    Day,
    Instant,
    Language,
    Name,
    Node,
    Number,
    Percentage,
    Period,
    PeriodUnit,
    Truth,
    Word,
)

PATH = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*"
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
Action = Callable[[str, int, ParseResults], Any]


def missing(what: str) -> ParserElement:
    """Fails for good, here, with `rules.expected_<what>`."""
    return failing(Empty(), f"rules.expected_{what}")


def failing(element: ParserElement, code: str) -> ParserElement:
    """Fails for good with this code wherever the element matches: a mistake we know by sight."""

    def fail(text: str, loc: int, _found: ParseResults) -> None:
        raise ParseFatalException(text, loc, code)

    return element.copy().set_parse_action(fail)


def needed(element: ParserElement, what: str) -> ParserElement:
    """The element, or a finding that says what is expected here."""
    return element | missing(what)


def keyword(key: str, language: Language) -> ParserElement:
    """Any form of the keyword, as a whole word; gives nothing."""
    return Suppress(_forms(KEYWORDS[key].forms(language)))


def any_keyword(keys: Iterable[str], language: Language, before: str = "") -> ParserElement:
    """Any form of any of the keywords; gives the key. `before`: a pattern that must follow."""
    meant = {form: key for key in keys for form in KEYWORDS[key].forms(language)}
    longest_first = sorted(meant, key=len, reverse=True)
    return _forms(longest_first, before).add_parse_action(lambda found: meant[" ".join(found[0].split())])


def _forms(forms: Iterable[str], before: str = "") -> ParserElement:
    patterns = (r"\s+".join(map(re.escape, form.split())) for form in forms)
    return Regex(rf"(?<!\w)(?:{'|'.join(patterns)})(?![\w.])(?={before})")


def placed(build: Callable[..., Any]) -> Action:
    """A parse action that builds a node from the tokens and gives it its place."""

    def action(text: str, loc: int, found: ParseResults) -> Any:
        return build(*found, place=place_at(text, loc))

    return action


def path(language: Language) -> ParserElement:
    """A field, rule or parameter: dotted; a single keyword only between backticks. Gives its text."""
    words = reserved(language)
    unreserved = Regex(rf"{PATH}(?!\w)").add_condition(lambda found: found[0] not in words)
    quoted = Regex(rf"`{PATH}`").add_parse_action(lambda found: found[0][1:-1])
    return quoted | unreserved


def name(language: Language) -> ParserElement:
    return path(language).add_parse_action(placed(Name))


def text() -> ParserElement:
    """A text between straight double quotes, on one line; a backslash keeps a quote or backslash."""
    curly = failing(Regex("[“”‘’«»]"), "rules.curly_quotes")
    escaped = re.compile(r"\\(.)")
    straight = Regex(r'"(?:[^"\\\n]|\\["\\])*"').add_parse_action(
        lambda found: escaped.sub(r"\1", found[0][1:-1])
    )
    return straight | curly


def word(language: Language) -> ParserElement:
    """A value of a list: a bare word, or a text between quotes."""
    words = reserved(language)
    bare = Regex(r"[A-Za-z_][A-Za-z0-9_]*(?![\w.])").add_condition(lambda found: found[0] not in words)
    return (bare | text()).add_parse_action(placed(Word))


def truth(language: Language) -> ParserElement:
    either = any_keyword(("yes", "no"), language).add_parse_action(lambda found: found[0] == "yes")
    return either.add_parse_action(placed(Truth))


def number(language: Language) -> ParserElement:
    """`1_000_000`, `2.5`, `50 million`. What a reader could take for two different numbers is refused."""

    def refuse(text: str, loc: int, found: ParseResults) -> None:
        code = next(code for code, pattern in DOUBTFUL.items() if re.match(pattern, str(found[0])))
        raise ParseFatalException(text, loc, f"rules.{code}")

    doubtful = Regex("|".join(DOUBTFUL.values())).set_parse_action(refuse)
    digits = Regex(r"(?!\d{4}-\d\d-\d\d)\d[\d_]*(?:\.\d+)?").add_parse_action(
        lambda found: Decimal(found[0].replace("_", ""))
    )
    scale = any_keyword(("thousand", "million", "billion"), language)
    return (doubtful | digits + Opt(scale)).add_parse_action(placed(Number))


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

    units = Literal("%") | Regex("|".join(EXPONENTS) + r"(?!\w)") | any_keyword(PERIOD_UNITS, language)
    return (number(language) + Opt(units)).add_parse_action(build)


def _period(text: str, loc: int, figure: Number, unit: PeriodUnit) -> Period:
    if figure.value > LONGEST_PERIOD or figure.value != int(figure.value):
        raise ParseFatalException(text, loc, "rules.period_not_whole")
    return Period(int(figure.value), unit, place=place_at(text, loc))


def only(kind: type[Node] | tuple[type[Node], ...], language: Language) -> ParserElement:
    """A quantity of this kind and no other."""
    return quantity(language).add_condition(lambda found: isinstance(found[0], kind))


def whole_number() -> ParserElement:
    return Regex(r"\d{1,6}(?![\d_.])").add_parse_action(lambda found: int(found[0]))


def day_text() -> ParserElement:
    """`2024-01-31`, gives the date."""

    def read(text: str, loc: int, found: ParseResults) -> date:
        try:
            return date.fromisoformat(str(found[0]))
        except ValueError:
            raise ParseFatalException(text, loc, "rules.no_such_day") from None

    other_order = failing(Regex(r"\d{1,2}/\d{1,2}/\d{4}"), "rules.day_order")
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


def rule_name(language: Language) -> ParserElement:
    """The name of a rule: one word, no dots."""
    return path(language).add_condition(lambda found: "." not in found[0])


def literal(language: Language) -> ParserElement:
    """A value written out, as examples give them."""
    return day_or_instant() | quantity(language) | truth(language) | word(language)
