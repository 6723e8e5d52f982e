"""What a rule reads, directly or through the rules it names."""

from collections.abc import Collection, Iterator

from rules_dsl.nodes import AmountRule, AnyRule, Converted, Name, RuleFile
from rules_dsl.walk import expressions_of


def read_by(rules: RuleFile, names: Collection[str]) -> frozenset[str]:
    """Every name that working out these rules may ask for: facts, parameters, and the rules in between."""
    return frozenset(names).union(*(read_by_rule(rules, rule) for rule in rules.rules if rule.name in names))


def read_by_rule(rules: RuleFile, rule: AnyRule) -> frozenset[str]:
    """The same for one rule, which may be a claim without a name."""
    by_name = {each.name: each for each in rules.rules if each.name}
    ahead, seen = [rule], set[str]()
    while ahead:
        read = set(_named(ahead.pop())) - seen
        ahead += [by_name[name] for name in read if name in by_name]
        seen |= read
    return frozenset(seen)


def _named(rule: AnyRule) -> Iterator[str]:
    if isinstance(rule, AmountRule) and rule.each:
        yield rule.each
    for part in expressions_of(rule):
        match part:
            case Name():
                yield part.path
            case Converted():
                yield part.rate.path
