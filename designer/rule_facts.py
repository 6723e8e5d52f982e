"""What a rule file says and may read, for its author: the facts of the form, and each rule with its law."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from common.text import Text
from rules_dsl.fact_types import FactType
from rules_dsl.facts import scope
from rules_dsl.formatter import format_rules
from rules_dsl.line_printing import LinePrinter
from rules_dsl.nodes import AmountRule, AnyRule, Language, Let, Rule, RuleFile
from rules_dsl.nodes.clauses import NO_COMMENTS, Law

# A text in quotes, a number with the unit or keyword behind it, or a word with its dots.
WORD = re.compile(r'"[^"]*"|\d[\d_]*(?:\s+[^\W\d]\w*)?|[^\W\d][\w.]*')


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule: `kind` is its family ("charge", "term" …), `lines` what it says below its title and law."""

    name: str
    kind: str
    title: Text
    law: Law
    lines: tuple[str, ...]
    line: int


def facts_of(form: Mapping[str, Any], case_types: tuple[str, ...] = ()) -> Mapping[str, FactType]:
    """Everything that rules may read once all pages are filled, by dotted name, in the order of the form."""
    return scope(form, case_types).facts


def cards(
    rules: RuleFile, language: Language, facts: Mapping[str, FactType] | None = None
) -> Iterator[RuleCard]:
    """The named rules in the order of the file, read aloud in the reader's language."""
    words = _Words(rules, facts or {}, language)
    for rule in rules.rules:
        if isinstance(rule, Rule) and rule.name:
            kind = rule.kind if isinstance(rule, AmountRule) else type(rule).__name__.lower()
            yield RuleCard(rule.name, kind, rule.title, rule.law, words.of(rule), rule.place.line)


class _Words:
    """Turns the lines of a rule into words: facts and rules by their titles, answers by their labels."""

    def __init__(self, rules: RuleFile, facts: Mapping[str, FactType], language: Language) -> None:
        self.language = language
        # A paper and an answer may share a name: within a rule it is nearly always the answer that is meant.
        self.names = {rule.name: rule.title.in_(language) for rule in rules.rules if isinstance(rule, Rule)}
        for name, fact in facts.items():
            self.names |= {value: label.in_(language) for value, label in fact.labels.items()}
            self.names[name] = fact.title.in_(language)

    def of(self, rule: AnyRule) -> tuple[str, ...]:
        """The rule without language, title, English title, law and dates, which stand beside it."""
        bare = replace(rule, comments=NO_COMMENTS)
        printed = format_rules(RuleFile(self.language, (bare,)), self.language).splitlines()
        above = 3 + bool(rule.law.cites) + bool(rule.law.from_on) + bool(rule.law.until_on)
        told = () if isinstance(rule, Let) else tuple(LinePrinter(self.language).told(rule))
        body = [*told, *printed[above:]] or printed[2:3]
        return tuple(self._spoken(line.removeprefix("  ")) for line in body)

    def _spoken(self, line: str) -> str:
        return WORD.sub(self._word, line)

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        if word.startswith('"'):
            return word
        if word[0].isdecimal():
            number, blank, unit = word.partition(" ")
            return number.replace("_", "," if self.language == "en" else ".") + blank + unit.replace("_", " ")
        named = self.names.get(word)
        return f"«{named}»" if named else word.replace("_", " ")
