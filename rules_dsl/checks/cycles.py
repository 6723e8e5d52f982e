"""Nothing is defined by itself, nor by a chain of names longer than anyone can follow."""

from collections import deque
from collections.abc import Iterator, Mapping

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.walk import expressions_of

LONGEST_CHAIN = 40
Leads = Mapping[str, set[str]]


def circular_names(checked: Checked) -> Iterator[Finding]:
    """No other check can follow names that lead back to themselves: this one goes first, and alone if it finds."""
    named = {rule.name: rule for rule in checked.rules.rules if isinstance(rule, n.Let | n.AmountRule)}
    leads_to = {name: _names(rule) & set(named) for name, rule in named.items()}
    lengths = _lengths(leads_to)
    for name, rule in named.items():
        way = _way_back(name, leads_to) if name not in lengths else ()
        if way:
            yield checked.finding("rules.circular", rule, name=name, way=" → ".join(way))
        elif lengths.get(name) == LONGEST_CHAIN + 1:
            yield checked.finding("rules.long_chain", rule, name=name, most=LONGEST_CHAIN)


def _names(rule: n.AnyRule) -> set[str]:
    return {part.path for part in expressions_of(rule) if isinstance(part, n.Name)}


def _lengths(leads_to: Leads) -> dict[str, int]:
    """How many names each leads through; without those that lead back to themselves."""
    lengths: dict[str, int] = {}
    ready = True
    while ready:
        ready = False
        for name, following in leads_to.items():
            if name not in lengths and following <= lengths.keys():
                lengths[name] = 1 + max((lengths[other] for other in following), default=0)
                ready = True
    return lengths


def _way_back(start: str, leads_to: Leads) -> tuple[str, ...]:
    """The shortest way from a name back to itself; empty when there is none."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen: set[str] = set()
    while ways:
        way = ways.popleft()
        for following in sorted(leads_to[way[-1]]):
            if following == start:
                return (*way, start)
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
