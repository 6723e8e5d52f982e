"""Fields of a repeated group are read row by row, never as if there were one."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked, Occurrence
from rules_dsl.walk import names_in, parts_of

OVER_ROWS = ("count", "sum", "any", "every")


def misplaced_rows(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        if isinstance(rule, n.AmountRule) and rule.each:
            kind = checked.kinds.of_name(rule.each)
            if kind.is_known and kind.name != "rows":
                yield checked.finding("rules.not_rows", rule, name=rule.each)
    for occurrence in checked.occurrences():
        yield from _in(occurrence.node, occurrence, occurrence.each, checked)


def _in(node: n.Expression, at: Occurrence, rows: str | None, checked: Checked) -> Iterator[Finding]:
    """Misplaced parts below `node`; `rows` is the group whose rows are being read there."""
    match node:
        case n.Name():
            fact = checked.kinds.fact(node.path)
            if fact is not None and fact.rows is not None and fact.rows != rows:
                yield checked.finding("rules.row_outside", node, name=node.path, rows=fact.rows)
            return
        case n.Whole() | n.Excess() if not at.in_bracket:
            yield checked.finding("rules.outside_bracket", node)
        case n.Call() if is_over_rows(node):
            yield from _over_rows(node, at, checked)
            return
    for part in parts_of(node):
        yield from _in(part, at, rows, checked)


def _over_rows(node: n.Call, at: Occurrence, checked: Checked) -> Iterator[Finding]:
    argument = node.arguments[0]
    if isinstance(argument, n.Name) and checked.kinds.of_name(argument.path).name == "rows":
        return
    facts = [checked.kinds.fact(name.path) for name in names_in(argument)]
    groups = list(dict.fromkeys(fact.rows for fact in facts if fact is not None and fact.rows))
    if len(groups) > 1:
        yield checked.finding("rules.two_groups", node, first=groups[0], second=groups[1])
    elif not groups and checked.scope is not None and None not in facts:
        yield checked.finding("rules.no_rows", node)
    elif _has_rows_inside(argument):
        yield checked.finding("rules.rows_in_rows", node)
    else:
        yield from _in(argument, at, groups[0] if groups else None, checked)


def is_over_rows(node: n.Call) -> bool:
    """Whether the call asks about the rows of a group; `largest(a, b)` compares values instead."""
    return node.function in OVER_ROWS or (node.function != "age" and len(node.arguments) == 1)


def _has_rows_inside(node: n.Expression) -> bool:
    return any(
        (isinstance(part, n.Call) and is_over_rows(part)) or _has_rows_inside(part) for part in parts_of(node)
    ) or (isinstance(node, n.Call) and is_over_rows(node))
