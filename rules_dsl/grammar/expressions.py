"""Expressions, from the loosest binding (`or`) to the tightest (a single name)."""

from functools import cache
from typing import Any, get_args

from pyparsing import (
    DelimitedList,
    Forward,
    MatchFirst,
    Opt,
    ParseFatalException,
    ParserElement,
    ParseResults,
    Regex,
    Suppress,
    ZeroOrMore,
)

from rules_dsl.grammar import figures as f
from rules_dsl.grammar import tokens as t
from rules_dsl.grammar.piece import place_at
from rules_dsl.keywords import KEYWORDS, clause_beginnings
from rules_dsl.nodes import (
    All,
    Call,
    Comparison,
    Converted,
    Either,
    Excess,
    Fallback,
    Function,
    Given,
    Language,
    Minus,
    Not,
    OneOf,
    Percentage,
    Period,
    Product,
    Share,
    Sum,
    Whole,
    Within,
    Word,
)

FUNCTIONS: tuple[Function, ...] = get_args(Function)
# Behind an amount `at` begins a conversion, unless it begins the next line: `at most`, `at 15 billion gives`.
OTHER_AT = r"(?!\s*(?:(?:most|least)(?![\w.])|\d))"
COMPARATORS = {"≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>", "==": "="}


@cache
def expression(language: Language) -> ParserElement:
    """Any expression. Whether it is a condition or an amount is for the checks to say."""
    whole = Forward()
    total = _sums(whole, language)
    predicate = _predicate(total, language)
    negation = Forward()
    word_not = t.keyword("not", language)
    negation <<= (word_not + (negation | t.missing("condition"))).set_parse_action(t.placed(Not)) | predicate
    conjunction = _series(negation, t.keyword("and", language), All)
    whole <<= _series(conjunction, t.keyword("or", language), Either)
    return whole


@cache
def total(language: Language) -> ParserElement:
    """An amount, number or day: sums and products, no comparison."""
    return _sums(expression(language), language)


def _series(part: ParserElement, joint: ParserElement, node: type[All] | type[Either]) -> ParserElement:
    def build(text: str, loc: int, found: ParseResults) -> Any:
        parts = tuple(found)
        return parts[0] if len(parts) == 1 else node(parts, place=place_at(text, loc))

    return (part + ZeroOrMore(joint + t.needed(part, "condition"))).set_parse_action(build)


def _predicate(total: ParserElement, language: Language) -> ParserElement:
    """A total, alone or with what is asked about it."""
    comparator = Regex(r"<=|>=|<>|!=|==|[=<>≤≥≠]").add_parse_action(
        lambda found: COMPARATORS.get(found[0], found[0])
    )
    compared = (comparator + t.needed(total, "value")).set_parse_action(_tail(Comparison))
    single, several = (
        member.copy().add_parse_action(lambda found: [tuple(found)])
        for member in (_member(language), _several(language))
    )
    asked = t.any_keyword(("is", "is_not"), language) + t.needed(single, "word") | t.any_keyword(
        ("in", "not_in"), language
    ) + t.needed(several, "set")
    one_of = asked.set_parse_action(lambda found: _Tail(OneOf, (found[1], "not" in found[0])))
    within = (
        t.keyword("within", language)
        + t.needed(f.only(Period, language), "period")
        + t.needed(t.keyword("since", language), "since")
        + t.needed(total, "value")
    ).set_parse_action(_tail(Within))
    return (total + Opt(compared | one_of | within)).set_parse_action(_joined)


def _member(language: Language) -> ParserElement:
    return t.truth(language) | f.number(language) | t.word(language)


def _several(language: Language) -> ParserElement:
    listed = DelimitedList(t.needed(_member(language), "word"))
    return Suppress("{") + listed + t.needed(Suppress("}"), "closing_brace")


def members(language: Language) -> ParserElement:
    """One value of a list, or several between braces."""
    return _several(language) | _member(language)


class _Tail:
    """What follows the subject of a predicate, until the subject is joined to it."""

    def __init__(self, node: Any, arguments: tuple[Any, ...]) -> None:
        self.node, self.arguments = node, arguments


def _tail(node: Any) -> Any:
    return lambda found: _Tail(node, tuple(found))


def _joined(text: str, loc: int, found: ParseResults) -> Any:
    subject = found[0]
    if len(found) == 1:
        return subject
    return found[1].node(subject, *found[1].arguments, place=place_at(text, loc))


def _sums(whole: ParserElement, language: Language) -> ParserElement:
    unary = Forward()
    product = _chain(unary, r"[*/×]", Product)
    minus = Suppress("-") + t.needed(unary, "value")
    of_what = t.keyword("of", language) + t.needed(unary, "value")
    share = _converted(_atom(whole, language), language) + Opt(of_what)
    unary <<= share.set_parse_action(_share) | minus.set_parse_action(t.placed(Minus))
    return _chain(product, r"[+\-]", Sum)


def _converted(atom: ParserElement, language: Language) -> ParserElement:
    """`145 USD at usd_buying`."""

    def build(text: str, loc: int, found: ParseResults) -> Any:
        return found[0] if len(found) == 1 else Converted(found[0], found[1], place=place_at(text, loc))

    # Only in English is the word for it the word that begins those lines.
    before = OTHER_AT if KEYWORDS["at_rate"].forms(language)[0] in clause_beginnings(language) else ""
    at = Suppress(t.any_keyword(("at_rate",), language, before=before))
    return (atom + Opt(at + t.needed(t.name(language), "rate"))).set_parse_action(build)


def _share(text: str, loc: int, found: ParseResults) -> Any:
    """`10% of x`; anything but a percentage before `of` is a mistake."""
    if len(found) == 1:
        return found[0]
    if not isinstance(found[0], Percentage):
        raise ParseFatalException(text, loc, "rules.expected_percentage")
    return Share(found[0], found[1], place=place_at(text, loc))


def _chain(part: ParserElement, operators: str, node: type[Sum] | type[Product]) -> ParserElement:
    def build(text: str, loc: int, found: ParseResults) -> Any:
        if len(found) == 1:
            return found[0]
        rest = tuple(zip(found[1::2], found[2::2], strict=True))
        return node(found[0], rest, place=place_at(text, loc))

    operator = Regex(operators).add_parse_action(lambda found: found[0].replace("×", "*"))
    return (part + ZeroOrMore(operator + t.needed(part, "value"))).set_parse_action(build)


def _atom(whole: ParserElement, language: Language) -> ParserElement:
    text = t.text().add_parse_action(t.placed(Word))
    given = t.keyword("given", language) + t.needed(t.name(language), "name")
    return MatchFirst(
        [
            # First, since telling it by its parenthesis costs next to nothing.
            _group(whole, language),
            _call(whole, language),
            t.name(language),
            f.clock_time(),
            f.quantity(language),
            f.day_or_instant(),
            t.truth(language),
            given.set_parse_action(t.placed(Given)),
            t.keyword("whole", language).set_parse_action(t.placed(Whole)),
            t.keyword("excess", language).set_parse_action(t.placed(Excess)),
            text,
        ]
    )


def _group(whole: ParserElement, language: Language) -> ParserElement:
    """`( … )`, or `(x otherwise y)` for a fact that may be absent."""

    def build(text: str, loc: int, found: ParseResults) -> Any:
        return found[0] if len(found) == 1 else Fallback(found[0], found[1], place=place_at(text, loc))

    instead = t.keyword("instead", language) + t.needed(whole, "value")
    closing = t.needed(Suppress(")"), "closing_parenthesis")
    return (Suppress("(") + t.needed(whole, "value") + Opt(instead) + closing).set_parse_action(build)


def _call(whole: ParserElement, language: Language) -> ParserElement:
    def build(text: str, loc: int, found: ParseResults) -> Call:
        return Call(found[0], tuple(found[1:]), place=place_at(text, loc))

    arguments = DelimitedList(t.needed(whole, "value")) + t.needed(Suppress(")"), "closing_parenthesis")
    return (t.any_keyword(FUNCTIONS, language, before=r"\s*\(") + Suppress("(") + arguments).set_parse_action(
        build
    )
