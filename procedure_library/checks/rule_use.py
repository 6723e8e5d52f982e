"""Which rules read which: a rule file cut down to what one moment evaluates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from rules_dsl.nodes import AmountRule, Name, Rule, RuleFile


def names_in(part: Any) -> Iterator[str]:
    """Every name that the rule, or a part of it, reads: facts, lets, parameters, other rules."""
    if isinstance(part, Name):
        yield part.path
    elif is_dataclass(part):
        if isinstance(part, AmountRule) and part.each:
            yield part.each
        for attribute in fields(part):
            yield from names_in(getattr(part, attribute.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from names_in(item)


def read_by(rules: Mapping[str, Rule], names: Iterable[str]) -> set[str]:
    """The names, and every name that these rules read, be it by way of others: of rules and of facts."""
    found: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(names_in(rules[name]) if name in rules else ())
    return found


def only(file: RuleFile, rules: Mapping[str, Rule], names: Iterable[str]) -> RuleFile:
    """The file with these rules alone and all they read, in the order of the file."""
    needed = read_by(rules, names)
    return replace(file, rules=tuple(rule for rule in file.rules if rule.name in needed))
