"""Nothing is defined by itself, nor by a chain of names longer than anyone can follow."""

from collections import deque
from collections.abc import Iterator, Mapping

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.kinds import NAMED
from rules_dsl.walk import depth_of, expressions_of, outermost_in

LONGEST_CHAIN = 40
# Expressions within each other, through all the names of a chain: far below what Python's stack holds.
DEEPEST_CHAIN = 100
# Each way round is looked for by itself; a person mends these before reading on.
MOST_WAYS = 50
Leads = Mapping[str, set[str]]


def circular_names(checked: Checked) -> Iterator[Finding]:
    """No other check can follow names that lead back to themselves: this one goes first, and alone if it finds."""
    named = {rule.name: rule for rule in checked.rules.rules if isinstance(rule, NAMED)}
    leads_to = {name: _names(rule) & set(named) for name, rule in named.items()}
    lengths = _lengths(leads_to, dict.fromkeys(named, 1))
    unending = [name for name in named if name not in lengths]
    for name in unending[:MOST_WAYS]:
        way = _way_back(name, leads_to)
        if way:
            yield checked.finding("rules.circular", named[name], name=name, way=" → ".join(way))
    for name, length in lengths.items():
        if length == LONGEST_CHAIN + 1:
            yield checked.finding("rules.long_chain", named[name], name=name, most=LONGEST_CHAIN)
    depths = _lengths(leads_to, {name: _depth(rule) for name, rule in named.items()})
    for name, depth in depths.items():
        if depth > DEEPEST_CHAIN and all(depths[other] <= DEEPEST_CHAIN for other in leads_to[name]):
            yield checked.finding("rules.deep_chain", named[name], name=name, most=DEEPEST_CHAIN)
    for rule in checked.rules.rules:
        reached = _depth(rule) + max((depths.get(name, 0) for name in _names(rule)), default=0)
        if not isinstance(rule, NAMED) and reached > DEEPEST_CHAIN:
            yield checked.finding("rules.deep_chain", rule, name=rule.name, most=DEEPEST_CHAIN)


def _depth(rule: n.AnyRule) -> int:
    return max(map(depth_of, outermost_in(rule)), default=0)


def _names(rule: n.AnyRule) -> set[str]:
    """The names that the rule reads, the rates that it converts by among them."""
    found = set()
    for part in expressions_of(rule):
        if isinstance(part, n.Name):
            found.add(part.path)
        elif isinstance(part, n.Converted):
            found.add(part.rate.path)
    return found


def _lengths(leads_to: Leads, own: Mapping[str, int]) -> dict[str, int]:
    """The longest way that each name leads, every name on it counted as long as `own` says.

    Without those that lead to a name that leads back to itself.
    """
    waiting = {name: len(following) for name, following in leads_to.items()}
    readers: dict[str, list[str]] = {name: [] for name in leads_to}
    for name, following in leads_to.items():
        for other in following:
            readers[other].append(name)
    lengths: dict[str, int] = {}
    ready = deque(name for name, count in waiting.items() if not count)
    while ready:
        name = ready.popleft()
        lengths[name] = own[name] + max((lengths[other] for other in leads_to[name]), default=0)
        for reader in readers[name]:
            waiting[reader] -= 1
            if not waiting[reader]:
                ready.append(reader)
    return lengths


def _way_back(start: str, leads_to: Leads) -> tuple[str, ...]:
    """The shortest way from a name back to itself; empty when there is none."""
    came_from = {start: ""}
    ahead = deque([start])
    while ahead:
        name = ahead.popleft()
        for following in sorted(leads_to[name]):
            if following == start:
                return (*_way_to(name, came_from), start)
            if following not in came_from:
                came_from[following] = name
                ahead.append(following)
    return ()


def _way_to(name: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [name]
    while came_from[way[-1]]:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
