"""A name means one thing: no two rules of one name, no rule with the name of a field."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.kinds import NAMED


def duplicate_names(checked: Checked) -> Iterator[Finding]:
    first: dict[str, int] = {}
    fields = checked.scope.facts if checked.scope else {}
    for rule in checked.rules.rules:
        if isinstance(rule, n.Example | n.Always):
            continue
        if rule.name in first:
            yield checked.finding("rules.duplicate_name", rule, name=rule.name, first=first[rule.name])
        elif rule.name in fields and isinstance(rule, NAMED):
            yield checked.finding("rules.name_of_field", rule, name=rule.name)
        first.setdefault(rule.name, rule.place.line)
