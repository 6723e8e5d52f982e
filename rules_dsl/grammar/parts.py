"""What the grammar found of a rule, before it is put together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from pyparsing import (
    Empty,
    MatchFirst,
    Opt,
    ParseFatalException,
    ParserElement,
    ParseResults,
    Suppress,
    ZeroOrMore,
)

from rules_dsl.grammar import figures as f
from rules_dsl.grammar import tokens as t
from rules_dsl.grammar.expressions import expression
from rules_dsl.grammar.piece import place_at
from rules_dsl.nodes import NO_LAW, Clause, DatedConstant, Language, Law, Place, TableRow

OTHERWISE = "otherwise"
# Lines that no condition and no `otherwise` goes with.
UNCONDITIONAL = TableRow | DatedConstant


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said about a rule or a line: its key, its value, and where."""

    key: str
    value: Any
    place: Place


def said(
    key: str, element: ParserElement, read: Callable[..., Any] = lambda *found: found[0]
) -> ParserElement:
    """The element's tokens as one thing said."""

    def action(text: str, loc: int, found: ParseResults) -> Said:
        return Said(key, read(*found), place_at(text, loc))

    return element.copy().add_parse_action(action)


def law_parts(language: Language) -> ParserElement:
    """`cites "…", "…"`, `from` and `until` a day, in any order."""
    texts = t.needed(t.text(), "text") + ZeroOrMore(Suppress(",") + t.needed(t.text(), "text"))
    cites = said("cites", t.keyword("cites", language) + texts, lambda *found: found)
    begins = said("from_on", t.keyword("from_on", language) + f.day_text())
    ends = said("until_on", t.keyword("until_on", language) + t.needed(f.day_text(), "day"))
    return cites | begins | ends


def day_of_law(language: Language) -> ParserElement:
    """`as of filing`: the day whose law counts for the whole rule."""
    days = t.needed(t.any_keyword(("filing", "reception", "decision"), language), "moment")
    return said("as_of", t.keyword("as_of", language) + days)


def modifiers(language: Language) -> ParserElement:
    """What may follow a line: its law, and once its condition.

    Behind a condition, `otherwise` belongs to the next line; `20 calendar days otherwise` is one line.
    """
    law = ZeroOrMore(law_parts(language))
    word_when = t.keyword("when", language)
    when = said("when", word_when + t.needed(expression(language), "condition"))
    otherwise = said("otherwise", t.keyword("otherwise", language), lambda: None)
    again = Opt(t.failing(word_when, "rules.two_conditions"))
    return law + Opt((when | otherwise) + law + again)


def law_of(parts: Iterable[Said]) -> Law:
    """The law that the parts state."""
    found = NO_LAW
    for part in parts:
        if part.key == "cites":
            found = Law((*found.cites, *part.value), found.from_on, found.until_on)
        elif part.key == "from_on":
            found = Law(found.cites, part.value, found.until_on)
        elif part.key == "until_on":
            found = Law(found.cites, found.from_on, part.value)
    return found


def clause(
    node: Callable[..., Any], element: ParserElement, language: Language, *, rows: ParserElement | None = None
) -> ParserElement:
    """A line with modifiers behind it, and rows behind those."""

    def build(text: str, loc: int, found: ParseResults) -> Any:
        parts = [token for token in found if isinstance(token, Said)]
        values = [token for token in found if not isinstance(token, Said)]
        when = next((part.value for part in parts if part.key == "when"), None)
        return node(*values, when=when, law=law_of(parts), place=place_at(text, loc))

    whole = element + modifiers(language)
    return (whole if rows is None else whole + rows).set_parse_action(build)


def law_clause(node: Callable[..., Any], element: ParserElement, language: Language) -> ParserElement:
    """A line that has a law of its own, and no condition."""

    def build(text: str, loc: int, found: ParseResults) -> Any:
        parts = [token for token in found if isinstance(token, Said)]
        values = [token for token in found if not isinstance(token, Said)]
        return node(*values, law=law_of(parts), place=place_at(text, loc))

    return (element + ZeroOrMore(law_parts(language))).set_parse_action(build)


def first_match(lines: list[ParserElement], language: Language) -> ParserElement:
    """One of the lines; `otherwise` may stand before one that has no condition."""

    def build(text: str, loc: int, found: ParseResults) -> Any:
        if len(found) > 1 and found[0] == OTHERWISE:
            line = found[1]
            if not isinstance(line, Clause) or isinstance(line, UNCONDITIONAL):
                raise ParseFatalException(text, loc, "rules.misplaced_word")
            if line.when is not None:
                raise ParseFatalException(text, loc, "rules.two_conditions")
            return [replace(line, place=place_at(text, loc))]
        return list(found)

    before = t.keyword("otherwise", language).set_parse_action(lambda: OTHERWISE)
    return (Opt(before) + MatchFirst(lines)).set_parse_action(build)


def with_end(element: ParserElement) -> ParserElement:
    """The element, and last the offset behind it."""
    return (element + Empty().set_parse_action(lambda text, loc, found: loc)).parse_with_tabs()
