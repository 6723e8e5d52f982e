"""What the other files of a draft offer to a step: pages to show, amounts to collect, choices to go by."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from common.text import Text
from form_builder.schema import read_form
from procedure_library.canonical import parsed
from procedure_library.compiled import read_rules
from procedure_library.package import FORM, RULES
from rules_dsl.nodes import AmountRule, Choice, Rule


@dataclass(frozen=True, slots=True)
class Offers:
    """By key: pages of the form, amounts and choices among the rules, and the values of each choice."""

    pages: Mapping[str, Text]
    amounts: Mapping[str, Text]
    choices: Mapping[str, Text]
    values: Mapping[str, tuple[str, ...]]


def offers(files: Mapping[str, str]) -> Offers:
    """Read from files that may be half written: what cannot be read offers nothing."""
    rules = {rule.name: rule for rule in read_rules(files.get(RULES, "")).rules.rules if rule.name}
    choices = {name: rule for name, rule in rules.items() if isinstance(rule, Choice)}
    return Offers(
        pages=_pages(files.get(FORM, "")),
        amounts={name: _title(rule) for name, rule in rules.items() if isinstance(rule, AmountRule)},
        choices={name: _title(rule) for name, rule in choices.items()},
        values={name: _values(rule) for name, rule in choices.items()},
    )


def _pages(text: str) -> Mapping[str, Text]:
    try:
        schema = parsed(text)
    except json.JSONDecodeError:
        return {}
    if not isinstance(schema, Mapping):
        return {}
    return {page.key: page.title for page in read_form(schema).pages}


def _title(rule: Rule) -> Text:
    return rule.title if rule.title.vi else Text(rule.name)


def _values(rule: Choice) -> tuple[str, ...]:
    return tuple(dict.fromkeys(option.value for option in rule.options))
