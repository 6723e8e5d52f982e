"""What a rule file says and may read, for its author: the facts of the form, and each rule with its law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from common.text import Text
from rules_dsl.fact_types import FactType
from rules_dsl.facts import scope
from rules_dsl.formatter import format_rules
from rules_dsl.nodes import AmountRule, Language, Rule, RuleFile
from rules_dsl.nodes.clauses import NO_COMMENTS, Law


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


def cards(rules: RuleFile, language: Language) -> Iterator[RuleCard]:
    """The named rules in the order of the file, in the reader's spelling."""
    for rule in rules.rules:
        if isinstance(rule, Rule) and rule.name:
            kind = rule.kind if isinstance(rule, AmountRule) else type(rule).__name__.lower()
            yield RuleCard(rule.name, kind, rule.title, rule.law, _lines(rule, language), rule.place.line)


def _lines(rule: Rule, language: Language) -> tuple[str, ...]:
    """The rule as the formatter prints it, without language, title, English title, law and dates."""
    bare = replace(rule, comments=NO_COMMENTS)
    printed = format_rules(RuleFile(language, (bare,)), language).splitlines()
    above = 3 + bool(rule.law.cites) + bool(rule.law.from_on) + bool(rule.law.until_on)
    body = [line.removeprefix("  ") for line in printed[above:]]
    return tuple(body) or tuple(printed[2:3])
