"""Fields of a repeated group are read row by row, never as if there were one.

A table, an interpolation or a rate that goes by such fields is read row by row like them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked, Occurrence
from rules_dsl.rows import is_over_rows, read_directly
from rules_dsl.walk import names_in, parts_of

LookedUp = n.Table | n.Interpolation | n.Rate


def misplaced_rows(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        if isinstance(rule, n.AmountRule) and rule.each:
            kind = checked.kinds.of_name(rule.each)
            if kind.is_known and kind.name != "rows":
                yield checked.finding("rules.not_rows", rule, name=rule.each)
    groups = _Groups(checked)
    for rule in checked.rules.rules:
        own = groups.of_rule(rule) if isinstance(rule, LookedUp) else None
        for occurrence in checked.occurrences_in(rule):
            yield from _Reading(checked, groups, occurrence).of(occurrence.node, own or occurrence.each)


@dataclass(slots=True)
class _Groups:
    """The repeated group that what a name stands for belongs to, or is read by."""

    checked: Checked
    known: dict[str, str | None] = field(default_factory=dict)

    def of_name(self, path: str) -> str | None:
        if path not in self.known:
            fact, rule = self.checked.kinds.fact(path), self.checked.kinds.rule(path)
            if isinstance(rule, LookedUp):
                self.known[path] = self.of_rule(rule)
            else:
                self.known[path] = None if fact is None else fact.rows
        return self.known[path]

    def of_rule(self, rule: LookedUp) -> str | None:
        match rule:
            case n.Table():
                parts: tuple[n.Expression, ...] = rule.keys
            case n.Interpolation():
                parts = (rule.quantity,)
            case n.Rate():
                parts = (rule.on,)
        found = (self.of_name(name.path) for part in parts for name in read_directly(part))
        return next(filter(None, found), None)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One expression in its place."""

    checked: Checked
    groups: _Groups
    at: Occurrence

    def of(self, node: n.Expression, rows: str | None) -> Iterator[Finding]:
        """Misplaced parts below `node`; `rows` is the group whose rows are being read there."""
        match node:
            case n.Name():
                yield from self._name(node, rows)
                return
            case n.Converted():
                yield from self._name(node.rate, rows)
            case n.Whole() | n.Excess() if not self.at.in_bracket:
                yield self.checked.finding("rules.outside_bracket", node)
            case n.Call() if is_over_rows(node):
                yield from self._over_rows(node)
                return
        for part in parts_of(node):
            yield from self.of(part, rows)

    def _name(self, node: n.Name, rows: str | None) -> Iterator[Finding]:
        group = self.groups.of_name(node.path)
        if group is not None and group != rows:
            yield self.checked.finding("rules.row_outside", node, name=node.path, rows=group)

    def _over_rows(self, node: n.Call) -> Iterator[Finding]:
        argument, checked = node.arguments[0], self.checked
        if isinstance(argument, n.Name) and checked.kinds.of_name(argument.path).name == "rows":
            return
        names = list(names_in(argument))
        facts = [checked.kinds.fact(name.path) for name in names]
        groups = list(dict.fromkeys(fact.rows for fact in facts if fact is not None and fact.rows))
        if len(groups) > 1:
            yield checked.finding("rules.two_groups", node, first=groups[0], second=groups[1])
        elif not groups and checked.scope is not None and all(self._is_known(name) for name in names):
            yield checked.finding("rules.no_rows", node)
        elif _has_rows_inside(argument):
            yield checked.finding("rules.rows_in_rows", node)
        else:
            yield from self.of(argument, groups[0] if groups else None)

    def _is_known(self, name: n.Name) -> bool:
        kinds = self.checked.kinds
        return kinds.rule(name.path) is not None or kinds.fact(name.path) is not None


def _has_rows_inside(node: n.Expression) -> bool:
    return any(
        (isinstance(part, n.Call) and is_over_rows(part)) or _has_rows_inside(part) for part in parts_of(node)
    ) or (isinstance(node, n.Call) and is_over_rows(node))
