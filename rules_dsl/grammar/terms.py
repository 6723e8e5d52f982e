"""The lines of terms."""

from pyparsing import Opt, ParserElement, ParseResults, ZeroOrMore

from rules_dsl.grammar import figures as f
from rules_dsl.grammar import tokens as t
from rules_dsl.grammar.parts import Said, clause, day_of_law, law_of, law_parts, said
from rules_dsl.grammar.piece import place_at
from rules_dsl.nodes import Language, Period, Prolongation, TermClause


def term_lines(language: Language) -> list[ParserElement]:
    cut_off = t.keyword("received_after", language) + t.needed(f.time_text(), "time")
    cut_off += t.needed(t.keyword("counts_as_next", language), "next_working_day")
    cause = t.needed(t.keyword("supplement_requested", language), "cause")
    effects = {"suspended": "pause", "restarted": "restart", "continues": "continue"}
    effect = t.any_keyword(effects, language) + cause
    since = t.keyword("counted_from", language) + t.needed(t.name(language), "name")
    return [
        clause(TermClause, f.only(Period, language), language),
        clause(lambda **given: TermClause(None, **given), t.keyword("same_day", language), language),
        day_of_law(language),
        said("cut_off", cut_off),
        said("supplement", effect, lambda found: effects[found]),
        said("hours", _hours(language), lambda *found: tuple(found)),
        said("since", since),
        said("extension", _extension(language)),
    ]


def _hours(language: Language) -> ParserElement:
    end = t.needed(t.keyword("to", language), "to") + t.needed(f.time_text(), "time")
    window = (t.needed(f.time_text(), "time") + end).set_parse_action(lambda found: tuple(found))
    return t.keyword("by_hours", language) + window + ZeroOrMore(t.keyword("and", language) + window)


def _extension(language: Language) -> ParserElement:
    def build(text: str, loc: int, found: ParseResults) -> Prolongation:
        parts = [token for token in found if isinstance(token, Said)]
        times = next((token for token in found if isinstance(token, int)), 1)
        return Prolongation(found[0], times, law_of(parts), place=place_at(text, loc))

    often = t.any_keyword(("once",), language).add_parse_action(lambda: 1)
    several = f.whole_number() + t.keyword("times_over", language)
    period = t.keyword("extendable", language) + t.needed(f.only(Period, language), "period")
    return (period + Opt(often | several) + ZeroOrMore(law_parts(language))).set_parse_action(build)
