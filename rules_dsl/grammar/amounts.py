"""The lines of charges and fees."""

from pyparsing import Opt, ParserElement, ParseResults, ZeroOrMore

from rules_dsl.grammar import figures as f
from rules_dsl.grammar import tokens as t
from rules_dsl.grammar.expressions import total
from rules_dsl.grammar.parts import clause, day_of_law, said
from rules_dsl.grammar.piece import place_at
from rules_dsl.nodes import (
    Amount,
    AtLeast,
    AtMost,
    Bound,
    Bracket,
    Brackets,
    Exempt,
    Grade,
    Grades,
    Language,
    Less,
    Number,
    Pay,
    Plus,
    Reduce,
    Rounded,
    Times,
)


def amount_lines(language: Language) -> list[ParserElement]:
    value = t.needed(total(language), "amount")
    simple = {
        "pay": Pay,
        "at_most": AtMost,
        "at_least": AtLeast,
        "times": Times,
        "plus": Plus,
        "less": Less,
        "reduce": Reduce,
    }
    lines = [clause(node, t.keyword(key, language) + value, language) for key, node in simple.items()]
    exempt = clause(Exempt, t.keyword("exempt", language), language)
    return [exempt, *lines, _rounded(language), _brackets(language), _grades(language), *_whole(language)]


def _whole(language: Language) -> list[ParserElement]:
    """What is said of the rule as a whole."""
    each = said("each", t.keyword("for_each", language) + t.needed(t.path(language), "name"))
    ways = t.needed(t.any_keyword(("highest", "sequence", "waiver_first"), language), "combination")
    combine = said("combine", t.keyword("reductions", language) + ways)
    return [each, day_of_law(language), combine]


def _rounded(language: Language) -> ParserElement:
    unit = t.needed(f.only(Amount, language), "amount")
    way = t.any_keyword(("up", "down"), language)
    return clause(Rounded, t.keyword("rounded_to", language) + unit + Opt(way), language)


def _brackets(language: Language) -> ParserElement:
    limit = f.only((Number, Amount), language)
    sides = t.any_keyword(("below", "up_to", "from"), language) + t.needed(limit, "limit")
    above = t.any_keyword(("above",), language) + Opt(limit)
    bound = (sides | above).set_parse_action(
        lambda found: Bound(found[0], found[1]) if len(found) > 1 else []
    )
    amount = t.needed(t.keyword("pay", language), "pay") + t.needed(total(language), "amount")

    def build(text: str, loc: int, found: ParseResults) -> Bracket:
        return Bracket(tuple(found[:-1]), found[-1], place=place_at(text, loc))

    row = (bound + Opt(bound) + amount).set_parse_action(build)
    quantity = t.keyword("by", language) + t.needed(total(language), "value")
    return clause(Brackets, quantity, language, rows=_rows(t.needed(row, "bound") + ZeroOrMore(row)))


def _grades(language: Language) -> ParserElement:
    amount = t.needed(t.keyword("pay", language), "pay") + t.needed(total(language), "amount")
    row = (t.keyword("from", language) + t.needed(f.whole_number(), "count") + amount).set_parse_action(
        t.placed(Grade)
    )
    quantity = t.keyword("per", language) + t.needed(total(language), "value")
    return clause(Grades, quantity, language, rows=_rows(t.needed(row, "from") + ZeroOrMore(row)))


def _rows(rows: ParserElement) -> ParserElement:
    return rows.set_parse_action(lambda found: tuple(found))
