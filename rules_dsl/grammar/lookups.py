"""What gives a value by other values: tables, interpolations, rates of exchange."""

from pyparsing import DelimitedList, Opt, ParserElement, ParseResults, Suppress, ZeroOrMore

from rules_dsl.grammar import figures as f
from rules_dsl.grammar import tokens as t
from rules_dsl.grammar.expressions import members, total
from rules_dsl.grammar.parts import law_clause, law_parts, said
from rules_dsl.grammar.piece import place_at
from rules_dsl.nodes import (
    Amount,
    AnyCell,
    BlankCell,
    CellBound,
    Language,
    Number,
    Point,
    RangeCell,
    TableRow,
    ValuesCell,
)

SIDES = ("below", "up_to", "from", "above")


def lookup_head(kind: str, language: Language) -> ParserElement:
    """What stands behind the name and title: keys, quantity or currencies."""
    return {"table": _keys, "interpolation": _quantity, "rate": _currencies}[kind](language)


def _keys(language: Language) -> ParserElement:
    names = DelimitedList(t.needed(t.name(language), "name")).set_parse_action(lambda found: [tuple(found)])
    closing = t.needed(Suppress(")"), "closing_parenthesis")
    keys = said("keys", t.needed(Suppress("("), "keys") + names + closing)
    return keys + Opt(said("policy", t.any_keyword(("unique", "first"), language)))


def _quantity(language: Language) -> ParserElement:
    by = t.needed(t.keyword("by", language), "by")
    return said("quantity", by + t.needed(total(language), "value"))


def _currencies(language: Language) -> ParserElement:
    source, target = (said(key, t.needed(f.currency(), "currency")) for key in ("source", "target"))
    law = ZeroOrMore(law_parts(language))
    on = said("on", t.needed(t.keyword("on", language), "on") + t.needed(total(language), "value"))
    return source + t.needed(t.keyword("to_currency", language), "to_currency") + target + law + on


def table_lines(language: Language) -> list[ParserElement]:
    cells = DelimitedList(t.needed(_cell(language), "cell")).set_parse_action(lambda found: [tuple(found)])
    gives = t.needed(t.keyword("gives", language), "gives") + t.needed(f.constant(language), "constant")
    row = t.keyword("row", language) + cells + gives
    return [law_clause(TableRow, row, language), law_parts(language)]


def _cell(language: Language) -> ParserElement:
    whatever = t.keyword("any_cell", language).set_parse_action(t.placed(AnyCell))
    blank = t.keyword("blank", language).set_parse_action(t.placed(BlankCell))
    limit = f.day() | f.only((Number, Amount), language)
    bound = (t.any_keyword(SIDES, language) + t.needed(limit, "limit")).set_parse_action(
        lambda found: CellBound(found[0], found[1])
    )
    stretch = (bound + Opt(bound)).set_parse_action(_gathered(RangeCell))
    values = members(language).copy().add_parse_action(_gathered(ValuesCell))
    return whatever | blank | stretch | values


def _gathered(cell: type[RangeCell] | type[ValuesCell]) -> t.Action:
    def build(text: str, loc: int, found: ParseResults) -> RangeCell | ValuesCell:
        return cell(tuple(found), place=place_at(text, loc))

    return build


def interpolation_lines(language: Language) -> list[ParserElement]:
    at = t.keyword("at", language) + t.needed(f.only((Number, Amount), language), "limit")
    gives = t.needed(t.keyword("gives", language), "gives") + t.needed(f.constant(language), "constant")
    return [said("points", (at + gives).set_parse_action(t.placed(Point))), law_parts(language)]


def rate_lines(language: Language) -> list[ParserElement]:
    return [law_parts(language)]
