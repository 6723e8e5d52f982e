"""Questions over the rows of a repeated group: count, sum, any, every, largest, smallest."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.arithmetic import NOTHING, combined, extreme
from rules_dsl.kinds import Kinds
from rules_dsl.moment import Moment, RulesNotChecked
from rules_dsl.unknown import ABSENT, Unknown, joined
from rules_dsl.values import ExactMoney, Value
from rules_dsl.walk import names_in, outermost_in, parts_of

Known = Value | Unknown
ValueOf = Callable[[n.Expression, Moment], Known]


OVER_ROWS: tuple[n.Function, ...] = ("count", "sum", "any", "every")


def is_over_rows(node: n.Call) -> bool:
    """Whether the call asks about the rows of a group; `largest(a, b)` compares values instead."""
    return node.function in OVER_ROWS or (
        node.function in ("largest", "smallest") and len(node.arguments) == 1
    )


def read_directly(node: n.Expression) -> Iterator[n.Name]:
    """The names in the expression, rates among them, but not those that a question over rows asks about."""
    match node:
        case n.Name():
            yield node
        case n.Call() if is_over_rows(node):
            return
        case n.Converted():
            yield node.rate
    for part in parts_of(node):
        yield from read_directly(part)


def is_row_by_row(node: n.Expression, kinds: Kinds, under_way: frozenset[str] = frozenset()) -> bool:
    """Whether the expression has a value for each row of a repeated group only."""
    names = {name.path for name in read_directly(node)} - under_way
    return any(_by_row(name, kinds, under_way | names) for name in names)


def _by_row(name: str, kinds: Kinds, under_way: frozenset[str]) -> bool:
    fact, rule = kinds.fact(name), kinds.rule(name)
    if fact is not None:
        return bool(fact.rows)
    parts = outermost_in(rule) if isinstance(rule, n.Let | n.Table | n.Interpolation) else ()
    return any(is_row_by_row(part, kinds, under_way) for part in parts)


def over_rows(node: n.Call, moment: Moment, value_of: ValueOf) -> Known:
    """The answer over every row of the group that the argument speaks of, wherever it is asked."""
    (argument,) = node.arguments
    if isinstance(argument, n.Name) and argument.path in moment.facts.rows:
        return Decimal(len(moment.facts.rows[argument.path]))
    group = next(filter(None, (moment.group_of(name.path) for name in names_in(argument))), None)
    if group is None:
        value = value_of(argument, moment)
        if isinstance(value, Unknown):
            return value
        raise RulesNotChecked(f"{node.function} speaks of no rows")
    if group not in moment.facts.rows:
        return moment.fact(group)
    values = [value_of(argument, moment) for _ in moment.each_row(group)]
    kind = moment.definitions.kinds.of(argument)
    nothing = ExactMoney(NOTHING, kind.currency) if kind.name == "money" else NOTHING
    return _answer(node.function, values, group, nothing)


def _answer(function: n.Function, values: list[Known], group: str, nothing: Value) -> Known:
    unknowns = [value for value in values if isinstance(value, Unknown)]
    known = [value for value in values if not isinstance(value, Unknown)]
    if function in ("any", "every"):
        decisive = function == "any"
        if decisive in known:
            return decisive
        return joined(unknowns) if unknowns else not decisive
    if unknowns:
        return joined(unknowns)
    if function == "count":
        return Decimal(sum(value is True for value in known))
    if function == "sum":
        return _sum(known, nothing)
    return extreme(function, known) if known else Unknown((group,), ABSENT)


def _sum(values: list[Value], nothing: Value) -> Known:
    total: Known = nothing
    for value in values:
        if not isinstance(total, Unknown):
            total = combined(total, "+", value)
    return total


def rows_of(group: str, moment: Moment) -> Iterator[int] | Unknown:
    """The rows of the group one by one, each worked out while it is given; Unknown when not answered."""
    if group not in moment.facts.rows:
        return Unknown((group,), "rules.unknown_fact")
    return moment.each_row(group)
