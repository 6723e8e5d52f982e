"""Fields of a repeated group are read row by row, never as if there were one."""

from collections.abc import Iterable, Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked, Occurrence
from rules_dsl.rows import is_over_rows
from rules_dsl.walk import names_in, parts_of


def misplaced_rows(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        if isinstance(rule, n.AmountRule) and rule.each:
            kind = checked.kinds.of_name(rule.each)
            if kind.is_known and kind.name != "rows":
                yield checked.finding("rules.not_rows", rule, name=rule.each)
    for occurrence in checked.occurrences():
        rows = (
            own_rows(occurrence.rule, checked) if isinstance(occurrence.rule, LOOKED_UP) else occurrence.each
        )
        yield from _in(occurrence.node, occurrence, rows, checked)


LOOKED_UP = n.Table | n.Interpolation | n.Rate


def own_rows(rule: n.AnyRule | None, checked: Checked) -> str | None:
    """The repeated group whose fields a table, interpolation or rate goes by: it is read row by row, as they are."""
    match rule:
        case n.Table():
            names: Iterable[n.Expression] = rule.keys
        case n.Interpolation():
            names = (rule.quantity,)
        case n.Rate():
            names = (rule.on,)
        case _:
            return None
    found = (_rows_of(name.path, checked) for part in names for name in _read_directly(part))
    return next(filter(None, found), None)


def _rows_of(path: str, checked: Checked) -> str | None:
    fact = checked.kinds.fact(path)
    return fact.rows if fact is not None else own_rows(checked.kinds.rule(path), checked)


def _read_directly(node: n.Expression) -> Iterator[n.Name]:
    """The names in the expression but those that a question over rows asks about; rates among them."""
    match node:
        case n.Name():
            yield node
        case n.Call() if is_over_rows(node):
            return
        case n.Converted():
            yield node.rate
    for part in parts_of(node):
        yield from _read_directly(part)


def _in(node: n.Expression, at: Occurrence, rows: str | None, checked: Checked) -> Iterator[Finding]:
    """Misplaced parts below `node`; `rows` is the group whose rows are being read there."""
    match node:
        case n.Name():
            yield from _name(node, rows, checked)
            return
        case n.Converted():
            yield from _name(node.rate, rows, checked)
        case n.Whole() | n.Excess() if not at.in_bracket:
            yield checked.finding("rules.outside_bracket", node)
        case n.Call() if is_over_rows(node):
            yield from _over_rows(node, at, checked)
            return
    for part in parts_of(node):
        yield from _in(part, at, rows, checked)


def _name(node: n.Name, rows: str | None, checked: Checked) -> Iterator[Finding]:
    group = _rows_of(node.path, checked)
    if group is not None and group != rows:
        yield checked.finding("rules.row_outside", node, name=node.path, rows=group)


def _over_rows(node: n.Call, at: Occurrence, checked: Checked) -> Iterator[Finding]:
    argument = node.arguments[0]
    if isinstance(argument, n.Name) and checked.kinds.of_name(argument.path).name == "rows":
        return
    names = list(names_in(argument))
    facts = [checked.kinds.fact(name.path) for name in names]
    groups = list(dict.fromkeys(fact.rows for fact in facts if fact is not None and fact.rows))
    if len(groups) > 1:
        yield checked.finding("rules.two_groups", node, first=groups[0], second=groups[1])
    elif not groups and checked.scope is not None and all(_is_known(name, checked) for name in names):
        yield checked.finding("rules.no_rows", node)
    elif _has_rows_inside(argument):
        yield checked.finding("rules.rows_in_rows", node)
    else:
        yield from _in(argument, at, groups[0] if groups else None, checked)


def _is_known(name: n.Name, checked: Checked) -> bool:
    return checked.kinds.rule(name.path) is not None or checked.kinds.fact(name.path) is not None


def _has_rows_inside(node: n.Expression) -> bool:
    return any(
        (isinstance(part, n.Call) and is_over_rows(part)) or _has_rows_inside(part) for part in parts_of(node)
    ) or (isinstance(node, n.Call) and is_over_rows(node))
