"""The lines of each kind of rule."""

from collections.abc import Callable
from functools import cache

from pyparsing import DelimitedList, Opt, ParserElement, ParseResults, Suppress, ZeroOrMore

from rules_dsl.grammar import tokens as t
from rules_dsl.grammar.expressions import expression, total
from rules_dsl.grammar.parts import Said, clause, first_match, law_of, law_parts, said, with_end
from rules_dsl.grammar.piece import place_at
from rules_dsl.nodes import (
    Amount,
    Assignee,
    AtLeast,
    AtMost,
    Bound,
    Bracket,
    Brackets,
    DatedConstant,
    Exempt,
    Grade,
    Grades,
    Language,
    LocalSetting,
    Number,
    Option,
    Pay,
    Percentage,
    Period,
    Plus,
    Prolongation,
    Reduce,
    Rows,
    Setting,
    TermClause,
    Times,
)


@cache
def header(kind: str, language: Language) -> ParserElement:
    """The first words of a rule: its kind, name, title, and the law of the whole."""
    return with_end(_header(kind, language))


def _header(kind: str, language: Language) -> ParserElement:
    title = said("title", t.text())
    english = said("english", t.keyword("english", language) + t.needed(t.text(), "text"))
    words = Opt(title) + Opt(english)
    begin = t.keyword(kind, language)
    if kind == "example":
        return begin + t.needed(title, "text") + Opt(english) + ZeroOrMore(law_parts(language))
    name = said("name", t.needed(t.rule_name(language), "rule_name"))
    if kind == "let":
        value = said("value", t.needed(Suppress("="), "equals") + t.needed(expression(language), "value"))
        return begin + name + words + value
    return begin + name + words + ZeroOrMore(law_parts(language))


@cache
def line(kind: str, language: Language) -> ParserElement:
    """Any line that may stand in a rule of this kind."""
    return with_end(first_match(_LINES[kind](language), language))


def _amount_lines(language: Language) -> list[ParserElement]:
    value = t.needed(total(language), "amount")
    simple = {
        "pay": Pay,
        "at_most": AtMost,
        "at_least": AtLeast,
        "times": Times,
        "plus": Plus,
        "reduce": Reduce,
    }
    lines = [clause(node, t.keyword(key, language) + value, language) for key, node in simple.items()]
    exempt = clause(Exempt, t.keyword("exempt", language), language)
    each = said("each", t.keyword("for_each", language) + t.needed(t.path(language), "name"))
    days = t.needed(t.any_keyword(("filing", "reception", "decision"), language), "moment")
    as_of = said("as_of", t.keyword("as_of", language) + days)
    ways = t.needed(t.any_keyword(("highest", "sequence", "waiver_first"), language), "combination")
    combine = said("combine", t.keyword("reductions", language) + ways)
    return [exempt, *lines, _brackets(language), _grades(language), each, as_of, combine]


def _brackets(language: Language) -> ParserElement:
    limit = t.only((Number, Amount), language)
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
    row = (t.keyword("from", language) + t.needed(t.whole_number(), "count") + amount).set_parse_action(
        t.placed(Grade)
    )
    quantity = t.keyword("per", language) + t.needed(total(language), "value")
    return clause(Grades, quantity, language, rows=_rows(t.needed(row, "from") + ZeroOrMore(row)))


def _rows(rows: ParserElement) -> ParserElement:
    return rows.set_parse_action(lambda found: tuple(found))


def _term_lines(language: Language) -> list[ParserElement]:
    cut_off = t.keyword("received_after", language) + t.needed(t.time_text(), "time")
    cut_off += t.needed(t.keyword("counts_as_next", language), "next_working_day")
    cause = t.needed(t.keyword("supplement_requested", language), "cause")
    effects = {"suspended": "pause", "restarted": "restart", "continues": "continue"}
    effect = t.any_keyword(effects, language) + cause
    return [
        clause(TermClause, t.only(Period, language), language),
        clause(lambda **given: TermClause(None, **given), t.keyword("same_day", language), language),
        said("cut_off", cut_off),
        said("supplement", effect, lambda found: effects[found]),
        said("hours", _hours(language), lambda *found: tuple(found)),
        said("extension", _extension(language)),
    ]


def _hours(language: Language) -> ParserElement:
    end = t.needed(t.keyword("to", language), "to") + t.needed(t.time_text(), "time")
    window = (t.needed(t.time_text(), "time") + end).set_parse_action(lambda found: tuple(found))
    return t.keyword("by_hours", language) + window + ZeroOrMore(t.keyword("and", language) + window)


def _extension(language: Language) -> ParserElement:
    def build(text: str, loc: int, found: ParseResults) -> Prolongation:
        parts = [token for token in found if isinstance(token, Said)]
        times = next((token for token in found if isinstance(token, int)), 1)
        return Prolongation(found[0], times, law_of(parts), place=place_at(text, loc))

    often = t.any_keyword(("once",), language).add_parse_action(lambda: 1)
    several = t.whole_number() + t.keyword("times_over", language)
    period = t.keyword("extendable", language) + t.needed(t.only(Period, language), "period")
    return (period + Opt(often | several) + ZeroOrMore(law_parts(language))).set_parse_action(build)


def _condition_lines(language: Language) -> list[ParserElement]:
    requires = t.keyword("requires", language) + t.needed(expression(language), "condition")
    return [said("requires", requires), law_parts(language)]


def _component_lines(language: Language) -> list[ParserElement]:
    sorts = t.needed(t.any_keyword(("original", "certified", "photocopy"), language), "sort_of_copy")
    copies = said("copies", t.whole_number() + sorts, lambda count, sort: (sort, count)) + Opt(Suppress(","))
    when = said("when", t.keyword("when", language) + t.needed(expression(language), "condition"))
    one_of = said("one_of", t.keyword("one_of", language) + t.needed(t.rule_name(language), "rule_name"))
    return [copies, when, one_of, law_parts(language)]


def _choice_lines(language: Language) -> list[ParserElement]:
    return [clause(Option, t.rule_name(language), language), law_parts(language)]


def _assign_lines(language: Language) -> list[ParserElement]:
    role = t.needed(t.rule_name(language), "rule_name")
    area = t.keyword("area", language) + t.needed(total(language), "value")
    return [clause(Assignee, t.keyword("role", language) + role + Opt(area), language)]


def _parameter_lines(language: Language) -> list[ParserElement]:
    constant = t.only((Number, Amount, Percentage), language)
    return [clause(DatedConstant, constant, language), said("local", _local(constant, language))]


def _local(constant: ParserElement, language: Language) -> ParserElement:
    def build(text: str, loc: int, found: ParseResults) -> LocalSetting:
        setter, lowest, highest, *by = found
        return LocalSetting(setter, lowest, highest, tuple(by), place=place_at(text, loc))

    setter = t.needed(t.any_keyword(("province", "unit"), language), "setter")
    needed = t.needed(constant, "limit")
    bounds = t.needed(t.keyword("between", language), "between") + needed
    bounds += t.needed(t.keyword("and", language), "and") + needed
    by = t.keyword("by", language) + DelimitedList(t.needed(t.name(language), "name"))
    return (t.keyword("set_by", language) + setter + bounds + Opt(by)).set_parse_action(build)


def _example_lines(language: Language) -> list[ParserElement]:
    setting = _setting(language)
    settings = DelimitedList(t.needed(setting, "setting"))
    given = said("given", t.keyword("given_facts", language) + settings, lambda *found: found)
    expected = said("expected", t.keyword("expect", language) + settings, lambda *found: found)
    return [given, expected]


def _setting(language: Language) -> ParserElement:
    equals = t.needed(Suppress("="), "equals")
    cell = (t.path(language) + equals + t.needed(t.literal(language), "literal")).set_parse_action(
        t.placed(Setting)
    )
    row = DelimitedList(t.needed(cell, "setting")).set_parse_action(lambda found: tuple(found))
    closing = t.needed(Suppress("]"), "closing_bracket")
    rows = Suppress("[") + DelimitedList(row, delim=";") + closing
    rows.set_parse_action(lambda text, loc, found: Rows(tuple(found), place=place_at(text, loc)))
    value = t.needed(rows | t.literal(language), "literal")
    return (t.path(language) + equals + value).set_parse_action(t.placed(Setting))


_LINES: dict[str, Callable[[Language], list[ParserElement]]] = {
    "charge": _amount_lines,
    "fee": _amount_lines,
    "term": _term_lines,
    "condition": _condition_lines,
    "component": _component_lines,
    "choice": _choice_lines,
    "assign": _assign_lines,
    "parameter": _parameter_lines,
    "let": lambda language: [],
    "example": _example_lines,
}
