"""What an expression means: its value at one moment, or Unknown because something it needs is not known.

This is the reference meaning of the language, written to be read. It never guesses, never rounds, and asks a
fact only where its value matters.
"""

from collections.abc import Callable, Iterable

from rules_dsl import nodes as n
from rules_dsl.arithmetic import Way, combined, compared, extreme, negated, shared, to_a_multiple
from rules_dsl.lookups import converted, interpolated, table_value
from rules_dsl.moment import Moment, RulesNotChecked
from rules_dsl.parameters import constant, parameter_value
from rules_dsl.periods import age, moved, time_of, within, working_day
from rules_dsl.rows import is_over_rows, over_rows
from rules_dsl.unknown import ABSENT, Unknown, joined
from rules_dsl.values import Value

Known = Value | Unknown


def value_of(node: n.Expression, moment: Moment) -> Known:
    """The value of the expression."""
    match node:
        case n.Number() | n.Percentage() | n.Amount():
            return constant(node)
        case n.Day() | n.Instant() | n.ClockTime() | n.Word() | n.Truth():
            return node.value
        case n.Name():
            return named(node.path, moment)
        case n.Whole() | n.Excess():
            return _bracketed(node, moment)
        case n.Sum() | n.Product():
            return _chain(node, moment)
        case n.Share():
            return _both(node.percentage, node.whole, moment, shared)
        case n.Converted():
            return converted(node, moment, value_of)
        case n.Minus():
            value = value_of(node.value, moment)
            return value if isinstance(value, Unknown) else negated(value)
        case n.Fallback():
            value = value_of(node.value, moment)
            is_absent = isinstance(value, Unknown) and value.code == ABSENT
            return value_of(node.instead, moment) if is_absent else value
        case n.Call():
            return _called(node, moment)
        case n.Period():
            raise RulesNotChecked("a period stands where a value is needed")
    return truth_of(node, moment)


def truth_of(node: n.Expression, moment: Moment) -> bool | Unknown:
    """The value of a condition. An unknown part leaves the whole unknown only where it could decide it."""
    match node:
        case n.All():
            return _any_of((_opposite(truth_of(part, moment)) for part in node.parts), opposite=True)
        case n.Either():
            return _any_of(truth_of(part, moment) for part in node.parts)
        case n.Not():
            return _opposite(truth_of(node.value, moment))
        case n.Comparison():
            return _truth(_both(node.left, node.right, moment, lambda a, b: compared(a, node.operator, b)))
        case n.OneOf():
            return _is_one_of(node, moment)
        case n.Within():
            return _truth(_both(node.subject, node.since, moment, lambda a, b: within(node, a, b, moment)))
        case n.Given():
            return moment.is_given(node.name.path)
    return _truth(value_of(node, moment))


def named(path: str, moment: Moment) -> Known:
    """What a name stands for: a rule of the file, or else a fact."""
    known = moment.definitions
    if path in known.lets:
        return moment.once(path, lambda: value_of(known.lets[path].value, moment))
    if path in known.parameters:
        return parameter_value(known.parameters[path], moment)
    another = known.amounts.get(path) or known.choices.get(path)
    if another is not None:
        with moment.working_out(path):
            return known.another(another, moment)
    if path in known.tables:
        return moment.once(path, lambda: table_value(known.tables[path], moment, value_of))
    if path in known.interpolations:
        return moment.once(path, lambda: interpolated(known.interpolations[path], moment, value_of))
    return moment.fact(path)


def _truth(value: Known) -> bool | Unknown:
    if isinstance(value, bool | Unknown):
        return value
    raise RulesNotChecked("a condition is neither yes nor no")


def _opposite(value: bool | Unknown) -> bool | Unknown:
    return value if isinstance(value, Unknown) else not value


def _any_of(values: Iterable[bool | Unknown], *, opposite: bool = False) -> bool | Unknown:
    unknowns = []
    for value in values:
        if isinstance(value, Unknown):
            unknowns.append(value)
        elif value:
            return not opposite
    return joined(unknowns) if unknowns else opposite


def _both(
    left: n.Expression, right: n.Expression, moment: Moment, join: Callable[[Value, Value], Known]
) -> Known:
    one, other = value_of(left, moment), value_of(right, moment)
    unknowns = [value for value in (one, other) if isinstance(value, Unknown)]
    if unknowns:
        return joined(unknowns)
    return join(one, other)  # type: ignore[arg-type]


def _bracketed(node: n.Whole | n.Excess, moment: Moment) -> Value:
    if moment.bracket is None:
        raise RulesNotChecked("whole and excess stand in brackets only")
    return moment.bracket[isinstance(node, n.Excess)]


def _chain(node: n.Sum | n.Product, moment: Moment) -> Known:
    result = value_of(node.first, moment)
    for sign, part in node.rest:
        if isinstance(part, n.Period):
            result = result if isinstance(result, Unknown) else moved(result, sign, part, moment)
            continue
        value = value_of(part, moment)
        unknowns = [known for known in (result, value) if isinstance(known, Unknown)]
        result = joined(unknowns) if unknowns else combined(result, sign, value)  # type: ignore[arg-type]
    return result


def _is_one_of(node: n.OneOf, moment: Moment) -> bool | Unknown:
    subject = value_of(node.subject, moment)
    if isinstance(subject, Unknown):
        return subject
    members = [value_of(member, moment) for member in node.members]
    chosen = subject if isinstance(subject, tuple) else (subject,)
    return any(value in members for value in chosen) != node.negated


def _called(node: n.Call, moment: Moment) -> Known:
    if is_over_rows(node):
        return over_rows(node, moment, value_of)
    values = [value_of(part, moment) for part in node.arguments]
    unknowns = [value for value in values if isinstance(value, Unknown)]
    return joined(unknowns) if unknowns else _of_values(node.function, values, moment)  # type: ignore[arg-type]


def _of_values(function: n.Function, values: list[Value], moment: Moment) -> Known:
    """The function of its arguments, of which there are as many as the checks ask for."""
    match function, values:
        case "age", [born_on, on]:
            return age(born_on, on)
        case "rounded" | "rounded_up" | "rounded_down", [value, unit]:
            return to_a_multiple(value, unit, WAYS[function])
        case "last_working_day" | "next_working_day", [day]:
            return working_day(function, day, moment)
        case "time_of", [instant]:
            return time_of(instant)
        case "largest" | "smallest", _:
            return extreme(function, values)
    raise RulesNotChecked(f"{function} of {len(values)} values")


WAYS: dict[str, Way] = {"rounded": "half_up", "rounded_up": "up", "rounded_down": "down"}
