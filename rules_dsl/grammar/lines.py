"""The head and the lines of each kind of rule."""

from collections.abc import Callable
from functools import cache

from pyparsing import DelimitedList, Opt, ParserElement, ParseResults, Suppress, ZeroOrMore

from common.text import Text
from rules_dsl.grammar import figures as f
from rules_dsl.grammar import tokens as t
from rules_dsl.grammar.amounts import amount_lines
from rules_dsl.grammar.expressions import expression, total
from rules_dsl.grammar.lookups import interpolation_lines, lookup_head, rate_lines, table_lines
from rules_dsl.grammar.parts import (
    clause,
    day_of_law,
    first_match,
    law_clause,
    law_parts,
    said,
    with_end,
)
from rules_dsl.grammar.piece import place_at
from rules_dsl.grammar.terms import term_lines
from rules_dsl.nodes import (
    UNTITLED,
    Assignee,
    DatedConstant,
    Language,
    LocalSetting,
    Monotony,
    Option,
    Rows,
    Setting,
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
    law = ZeroOrMore(law_parts(language))
    if kind == "example":
        return begin + t.needed(title, "text") + Opt(english) + law
    if kind == "always":
        return begin + said("claim", t.needed(_claim(language), "condition")) + law
    name = said("name", t.needed(t.rule_name(language), "rule_name"))
    if kind == "let":
        value = said("value", t.needed(Suppress("="), "equals") + t.needed(expression(language), "value"))
        return begin + name + words + value
    if kind in ("table", "interpolation", "rate"):
        return begin + name + words + law + lookup_head(kind, language) + law
    return begin + name + words + law


def _claim(language: Language) -> ParserElement:
    """A condition, or how an amount follows a fact."""
    rises = t.needed(t.keyword("rises", language), "rises")
    ways = t.any_keyword(("never_falls", "never_rises"), language) + t.needed(t.name(language), "name")
    return (t.name(language) + ways + rises).set_parse_action(t.placed(Monotony)) | expression(language)


@cache
def line(kind: str, language: Language) -> ParserElement:
    """Any line that may stand in a rule of this kind."""
    return with_end(first_match(_LINES[kind](language), language))


def _condition_lines(language: Language) -> list[ParserElement]:
    requires = t.keyword("requires", language) + t.needed(expression(language), "condition")
    return [said("requires", requires), day_of_law(language), law_parts(language)]


def _component_lines(language: Language) -> list[ParserElement]:
    sorts = t.needed(t.any_keyword(("original", "certified", "photocopy"), language), "sort_of_copy")
    copies = said("copies", f.whole_number() + sorts, lambda count, sort: (sort, count)) + Opt(Suppress(","))
    when = said("when", t.keyword("when", language) + t.needed(expression(language), "condition"))
    one_of = said("one_of", t.keyword("one_of", language) + t.needed(t.rule_name(language), "rule_name"))
    return [copies, when, one_of, day_of_law(language), law_parts(language)]


def _choice_lines(language: Language) -> list[ParserElement]:
    title = Opt(t.text()) + Opt(t.keyword("english", language) + t.needed(t.text(), "text"))
    words = title.set_parse_action(lambda found: Text(*found) if found else UNTITLED)
    option = clause(Option, t.rule_name(language) + words, language)
    return [option, day_of_law(language), law_parts(language)]


def _assign_lines(language: Language) -> list[ParserElement]:
    role = t.needed(t.rule_name(language), "rule_name")
    area = t.keyword("area", language) + t.needed(total(language), "value")
    return [clause(Assignee, t.keyword("role", language) + role + Opt(area), language), day_of_law(language)]


def _parameter_lines(language: Language) -> list[ParserElement]:
    constant = f.constant(language)
    return [law_clause(DatedConstant, constant, language), said("local", _local(language))]


def _local(language: Language) -> ParserElement:
    def build(text: str, loc: int, found: ParseResults) -> LocalSetting:
        setter, lowest, highest, *by = found
        return LocalSetting(setter, lowest, highest, tuple(by), place=place_at(text, loc))

    setter = t.needed(t.any_keyword(("province", "unit"), language), "setter")
    needed = t.needed(f.constant(language), "limit")
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
    cell = (t.path(language) + equals + t.needed(f.literal(language), "literal")).set_parse_action(
        t.placed(Setting)
    )
    row = DelimitedList(t.needed(cell, "setting")).set_parse_action(lambda found: tuple(found))
    closing = t.needed(Suppress("]"), "closing_bracket")
    rows = Suppress("[") + DelimitedList(row, delim=";") + closing
    rows.set_parse_action(lambda text, loc, found: Rows(tuple(found), place=place_at(text, loc)))
    value = t.needed(rows | f.literal(language), "literal")
    return (t.path(language) + equals + value).set_parse_action(t.placed(Setting))


_LINES: dict[str, Callable[[Language], list[ParserElement]]] = {
    "charge": amount_lines,
    "fee": amount_lines,
    "term": term_lines,
    "condition": _condition_lines,
    "component": _component_lines,
    "choice": _choice_lines,
    "assign": _assign_lines,
    "parameter": _parameter_lines,
    "table": table_lines,
    "interpolation": interpolation_lines,
    "rate": rate_lines,
    "let": lambda language: [],
    "always": lambda language: [law_parts(language)],
    "example": _example_lines,
}
