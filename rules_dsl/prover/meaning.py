"""What an expression means to the solver: `rules_dsl.meaning`, said in terms instead of values.

Whoever changes one of the two changes the other: a test compares them on answers drawn at random, and every
counter-example is worked out by the reference meaning before it is shown.
"""

from collections.abc import Callable
from datetime import datetime
from functools import reduce

from common.clock import ZONE
from rules_dsl import nodes as n
from rules_dsl.prover import logic, periods
from rules_dsl.prover.admitted_values import SECONDS_A_DAY
from rules_dsl.prover.cells import is_among
from rules_dsl.prover.constants import constant
from rules_dsl.prover.logic import Term
from rules_dsl.prover.lookups import converted, interpolated, table_value
from rules_dsl.prover.parameters import parameter_value
from rules_dsl.prover.rounding import WAYS, to_a_multiple
from rules_dsl.prover.rows import is_over_rows, over_rows
from rules_dsl.prover.symbols import Symbol, both, either, joined, opposite
from rules_dsl.prover.world import At, NotEncoded, World

_CHAIN: dict[str, Callable[[Term, Term], Term]] = {
    "+": logic.plus,
    "-": logic.minus,
    "/": logic.divided,
}
ORDER: dict[str, Callable[[Term, Term], Term]] = {
    "=": logic.equal,
    "<>": lambda a, b: logic.negated(logic.equal(a, b)),
    "<": logic.less,
    "<=": logic.at_most,
    ">": lambda a, b: logic.less(b, a),
    ">=": lambda a, b: logic.at_most(b, a),
}


def value_of(node: n.Expression, at: At, world: World) -> Symbol:
    """The value of the expression."""
    match node:
        case n.Number() | n.Percentage() | n.Amount():
            return Symbol(constant(node))
        case n.Word():
            return Symbol(world.words.number(node.value))
        case n.Truth():
            return Symbol(node.value)
        case n.Day():
            return Symbol(node.value.toordinal())
        case n.Instant():
            return Symbol(seconds(node.value))
        case n.ClockTime():
            return Symbol(node.value.hour * 60 + node.value.minute)
        case n.Name():
            return named(node.path, at, world)
        case n.Whole() | n.Excess():
            return Symbol(at.bracket[isinstance(node, n.Excess)]) if at.bracket else _not_encoded()
        case n.Sum() | n.Product():
            return _chain(node, at, world)
        case n.Share():
            share, whole = value_of(node.percentage, at, world), value_of(node.whole, at, world)
            return joined(logic.times(share.term, whole.term), share, whole)
        case n.Converted():
            return converted(node, at, world, value_of)
        case n.Minus():
            value = value_of(node.value, at, world)
            return joined(logic.minus(0, value.term), value)
        case n.Fallback():
            return _fallback(value_of(node.value, at, world), value_of(node.instead, at, world))
        case n.Call():
            return _called(node, at, world)
    return truth_of(node, at, world)


def truth_of(node: n.Expression, at: At, world: World) -> Symbol:
    """The value of a condition."""
    match node:
        case n.All():
            return both(*(truth_of(part, at, world) for part in node.parts))
        case n.Either():
            return either(*(truth_of(part, at, world) for part in node.parts))
        case n.Not():
            return opposite(truth_of(node.value, at, world))
        case n.Comparison():
            left, right = value_of(node.left, at, world), value_of(node.right, at, world)
            return joined(ORDER[node.operator](left.term, right.term), left, right)
        case n.OneOf():
            return _is_one_of(node, at, world)
        case n.Within():
            day, since = value_of(node.subject, at, world), value_of(node.since, at, world)
            found = periods.within(day.term, node.period, since.term, world)
            return joined(found.term, day, since).but_unknown(
                logic.all_of(found.unknown, day.known, since.known)
            )
        case n.Given():
            return Symbol(world.given(node.name.path, at))
        case n.Name() | n.Truth() | n.Fallback() | n.Call():
            return value_of(node, at, world)
    return _not_encoded()


def named(path: str, at: At, world: World) -> Symbol:
    """What a name stands for: a rule of the file, or else a fact."""
    rule = world.rules.get(path)
    if rule is None:
        return world.fact(path, at)
    key = (path, at.key)
    if key not in world.kept:
        world.kept[key] = _of_rule(rule, at, world)
    found: Symbol = world.kept[key]
    return found


def _of_rule(rule: n.AnyRule, at: At, world: World) -> Symbol:
    match rule:
        case n.Let():
            return value_of(rule.value, at, world)
        case n.Parameter():
            return parameter_value(rule, at, world)
        case n.AmountRule() | n.Choice():
            return world.another(rule, at, world)
        case n.Table():
            return table_value(rule, at, world, value_of)
        case n.Interpolation():
            return interpolated(rule, at, world, value_of)
    return _not_encoded()


def _fallback(value: Symbol, instead: Symbol) -> Symbol:
    return Symbol(
        logic.chosen(value.absent, instead.term, value.term),
        logic.all_of(value.absent, instead.absent),
        logic.any_of(value.unknown, logic.all_of(value.absent, instead.unknown)),
    )


def _not_encoded() -> Symbol:
    raise NotEncoded("rules.reason.not_readable")


def _chain(node: n.Sum | n.Product, at: At, world: World) -> Symbol:
    result = value_of(node.first, at, world)
    for sign, part in node.rest:
        if isinstance(part, n.Period):
            moved = periods.moved(result.term, sign, part, world)
            result = joined(moved.term, result).but_unknown(logic.all_of(moved.unknown, result.known))
            continue
        value = value_of(part, at, world)
        product = world.product(result.term, value.term, at) if sign == "*" else None
        term = _CHAIN[sign](result.term, value.term) if product is None else product
        result = joined(term, result, value)
        if sign == "/":
            result = result.but_unknown(logic.all_of(logic.equal(value.term, 0), result.known))
    return result


def _is_one_of(node: n.OneOf, at: At, world: World) -> Symbol:
    subject = value_of(node.subject, at, world)
    found = is_among(subject.term, [member.value for member in node.members], world)
    return joined(logic.negated(found) if node.negated else found, subject)


def _called(node: n.Call, at: At, world: World) -> Symbol:
    if is_over_rows(node):
        return over_rows(node, at, world, value_of)
    parts = [value_of(part, at, world) for part in node.arguments]
    return _of_values(node.function, parts, world)


def _of_values(function: n.Function, parts: list[Symbol], world: World) -> Symbol:
    terms = [part.term for part in parts]
    match function, terms:
        case "age", [born_on, on]:
            return joined(world.civil.full_years(born_on, on), *parts)
        case "rounded" | "rounded_up" | "rounded_down", [value, unit]:
            return joined(to_a_multiple(value, unit, WAYS[function]), *parts)
        case "last_working_day" | "next_working_day", [day]:
            found = periods.working_day(function, day, world)
            return joined(found.term, *parts).but_unknown(logic.all_of(found.unknown, parts[0].known))
        case "time_of", [instant]:
            return joined(logic.quotient(logic.remainder(instant, SECONDS_A_DAY), 60), *parts)
        case "largest" | "smallest", _:
            return joined(_extreme(function, terms), *parts)
    return _not_encoded()


def _extreme(function: str, terms: list[Term]) -> Term:
    return reduce(logic.larger if function == "largest" else logic.smaller, terms)


def seconds(instant: datetime) -> int:
    """The instant as seconds of the unit's own clock."""
    here = instant.astimezone(ZONE) if instant.tzinfo else instant
    return here.toordinal() * SECONDS_A_DAY + here.hour * 3600 + here.minute * 60 + here.second
