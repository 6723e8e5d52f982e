"""Nothing is defined by itself."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.walk import expressions_of


def circular_names(checked: Checked) -> Iterator[Finding]:
    named = {rule.name: rule for rule in checked.rules.rules if isinstance(rule, n.Let | n.AmountRule)}
    leads_to = {name: _names(rule) & set(named) for name, rule in named.items()}
    for name, rule in named.items():
        way = _way(name, name, leads_to, ())
        if way:
            yield checked.finding("rules.circular", rule, name=name, way=" → ".join(way))


def _names(rule: n.AnyRule) -> set[str]:
    return {part.path for part in expressions_of(rule) if isinstance(part, n.Name)}


def _way(start: str, target: str, leads_to: dict[str, set[str]], seen: tuple[str, ...]) -> tuple[str, ...]:
    """A way from `start` back to `target`; empty when there is none."""
    for following in sorted(leads_to[start]):
        if following == target:
            return (*seen, start, target)
        if following not in seen and following != start:
            way = _way(following, target, leads_to, (*seen, start))
            if way:
                return way
    return ()
