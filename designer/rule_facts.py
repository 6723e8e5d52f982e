"""What a rule file says and may read, for its author: the facts of the form, and each rule with its law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from common.text import Text
from rules_dsl.fact_types import FactType, Scope
from rules_dsl.facts import scope
from rules_dsl.nodes import AmountRule, Language, Law, Rule, RuleFile
from rules_dsl.telling import told


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
    known = Scope(facts or {})
    for rule in rules.rules:
        if isinstance(rule, Rule) and rule.name:
            kind = rule.kind if isinstance(rule, AmountRule) else type(rule).__name__.lower()
            yield RuleCard(
                rule.name, kind, rule.title, rule.law, told(rule, rules, known, language), rule.place.line
            )
