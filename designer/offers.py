"""What the other files of a draft offer to a step: pages to show, amounts to collect, choices to go by."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.text import Text
from designer.head_text import CASES, LETTERS, head_in, spoken
from form_builder.parts import FILLS, SHOWS, named_in
from form_builder.schema import read_form
from procedure_library.canonical import parsed
from procedure_library.compiled import read_rules
from procedure_library.definition import CASE_TYPE
from procedure_library.package import FORM, HEAD, RULES
from rules_dsl.facts import scope
from rules_dsl.labels import Labels
from rules_dsl.nodes import AmountRule, Assign, Choice, Component, Condition, Rule, Term


@dataclass(frozen=True, slots=True)
class Offers:
    """By key: pages of the form, amounts, choices, assignments, terms, conditions and components among the rules, and
    the values of each choice, and of the case type; the letters that officials print; by step the questions that name
    it, as (key, verb, title). `paths` are those of all questions, and the names of components.
    """

    pages: Mapping[str, Text]
    amounts: Mapping[str, Text]
    choices: Mapping[str, Text]
    assigns: Mapping[str, Text]
    terms: Mapping[str, Text]
    conditions: Mapping[str, Text]
    values: Mapping[str, Mapping[str, Text]]
    components: Mapping[str, Text]
    letters: Mapping[str, Text]
    questions: Mapping[str, Sequence[tuple[str, str, Text]]]
    paths: tuple[str, ...]


def offers(files: Mapping[str, str]) -> Offers:
    """Read from files that may be half written: what cannot be read offers nothing."""
    rules = {rule.name: rule for rule in read_rules(files.get(RULES, "")).rules.rules if rule.name}
    choices = {name: rule for name, rule in rules.items() if isinstance(rule, Choice)}
    return Offers(
        pages=_pages(files.get(FORM, "")),
        amounts={name: _title(rule) for name, rule in rules.items() if isinstance(rule, AmountRule)},
        choices={name: _title(rule) for name, rule in choices.items()},
        assigns={name: _title(rule) for name, rule in rules.items() if isinstance(rule, Assign)},
        terms={name: _title(rule) for name, rule in rules.items() if isinstance(rule, Term)},
        conditions={name: _title(rule) for name, rule in rules.items() if isinstance(rule, Condition)},
        values={
            **words_of_choices(files.get(RULES, ""), _schema(files.get(FORM, ""))),
            CASE_TYPE: _case_types(files.get(HEAD, "")),
        },
        components={name: _title(rule) for name, rule in rules.items() if isinstance(rule, Component)},
        letters=_letters(files.get(HEAD, "")),
        questions=questions_by_step(_schema(files.get(FORM, ""))),
        paths=(*_paths(_schema(files.get(FORM, ""))), *_named(rules, Component)),
    )


def _paths(schema: Mapping[str, Any]) -> Iterator[str]:
    yield from (field.path for field in read_form(schema).every_field()) if schema else ()


def _named(rules: Mapping[str, Rule], kind: type[Rule]) -> Iterator[str]:
    yield from (name for name, rule in rules.items() if isinstance(rule, kind))


def questions_by_step(schema: Mapping[str, Any]) -> Mapping[str, Sequence[tuple[str, str, Text]]]:
    """Key of each step that questions name → these, as (key, "fills" or "shows", title)."""
    found: dict[str, list[tuple[str, str, Text]]] = {}
    for field in read_form(schema).fields if schema else ():
        for verb in (FILLS, SHOWS):
            for step in named_in(field.schema, verb):
                found.setdefault(step, []).append((field.key, verb, field.title))
    return found


def words_of_choices(rules: str, schema: Mapping[str, Any]) -> Mapping[str, Mapping[str, Text]]:
    """The values of each choice, in the order of its lines, with what people call them."""
    read = read_rules(rules).rules
    labels = Labels.of(read, scope(schema))
    choices = [rule for rule in read.rules if isinstance(rule, Choice) and rule.name]
    return {
        rule.name: {option.value: labels.word(rule.name, option.value) for option in rule.options}
        for rule in choices
    }


def _case_types(text: str) -> Mapping[str, Text]:
    head = head_in(text) or {}
    return {kind.get("key", ""): Text(*spoken(kind.get("name", ""))) for kind in head.get(CASES, ())}


def _letters(text: str) -> Mapping[str, Text]:
    """Those that an official prints: no end does it by itself."""
    listed = (head_in(text) or {}).get(LETTERS, ())
    return {
        each.get("key", ""): Text(*spoken(each.get("name", ""))) for each in listed if not each.get("ending")
    }


def _pages(text: str) -> Mapping[str, Text]:
    schema = _schema(text)
    return {page.key: page.title for page in read_form(schema).pages} if schema else {}


def _schema(text: str) -> Mapping[str, Any]:
    """The form; empty while what is written is none."""
    try:
        schema = parsed(text)
    except json.JSONDecodeError:
        return {}
    return schema if isinstance(schema, Mapping) else {}


def _title(rule: Rule) -> Text:
    return rule.title if rule.title.vi else Text(rule.name)
