"""Generates what an expression means: its value, or Unknown because something it needs is not known.

Nothing is read before its value can matter, and everything in the order written: that is what the log shows.
"""

from dataclasses import replace

from rules_dsl import nodes as n
from rules_dsl.generator.days import age, moved, time_of, within, working_day
from rules_dsl.generator.lookups import converted
from rules_dsl.generator.names import named
from rules_dsl.generator.operations import (
    compared,
    constant_term,
    extreme,
    negated,
    one_of,
    operated,
    rounded,
)
from rules_dsl.generator.rows import over_rows, rows_given
from rules_dsl.generator.source import INDENT, tests, why
from rules_dsl.generator.term import Doubt, Term
from rules_dsl.generator.ways import Ways
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import BOOLEAN, DATE, INSTANT, TEXT, TIME
from rules_dsl.moment import RulesNotChecked
from rules_dsl.rows import is_over_rows

# Python cannot read a sum of thousands of parts.
LONGEST_SUM = 100


def value_of(node: n.Expression, w: Writer) -> Term:
    """The value of the expression."""
    match node:
        case n.Number() | n.Percentage() | n.Amount():
            return constant_term(node)
        case n.Day():
            return Term(w.program.constant(node.value, f"day_{node.value}"), DATE)
        case n.Instant():
            return Term(w.program.constant(node.value, f"at_{node.value:%Y-%m-%d_%H:%M}"), INSTANT)
        case n.ClockTime():
            return Term(w.program.constant(node.value, f"at_{node.value:%H:%M}"), TIME)
        case n.Word():
            return Term(repr(node.value), TEXT)
        case n.Truth():
            return Term(repr(node.value), BOOLEAN)
        case n.Name():
            return named(node.path, w, value_of)
        case n.Whole() | n.Excess():
            return _bracketed(node, w)
        case n.Sum() | n.Product():
            return _chain(node, w)
        case n.Share():
            return operated(constant_term(node.percentage), "*", value_of(node.whole, w), w)
        case n.Converted():
            return converted(node, w, value_of)
        case n.Minus():
            return negated(value_of(node.value, w))
        case n.Fallback():
            return _fallback(node, w)
        case n.Call():
            return _called(node, w)
        case n.Period():
            raise RulesNotChecked("a period stands where a value is needed")
    return truth_of(node, w)


def truth_of(node: n.Expression, w: Writer) -> Term:
    """The value of a condition."""
    match node:
        case n.All():
            return _decided(node.parts, False, w)
        case n.Either():
            return _decided(node.parts, True, w)
        case n.Not():
            return _opposite(truth_of(node.value, w))
        case n.Comparison():
            left, right = value_of(node.left, w), value_of(node.right, w)
            return compared(left, node.operator, right, w)
        case n.OneOf():
            return one_of(node, value_of(node.subject, w))
        case n.Within():
            return within(node, value_of(node.subject, w), value_of(node.since, w), w)
        case n.Given():
            return _given(node.name.path, w)
    term = value_of(node, w)
    if term.kind != BOOLEAN:
        raise RulesNotChecked("a condition is neither yes nor no")
    return term


def _opposite(term: Term) -> Term:
    return replace(term, code=f"not {term.within(1)}", binding=0)


def _decided(parts: tuple[n.Expression, ...], decisive: bool, w: Writer) -> Term:
    """`and`, `or`: the first decisive part decides, and only if there is none does an unknown one matter."""
    truth = w.fresh("either" if decisive else "every")
    w.line(f"{truth} = {not decisive}")
    doubtful = _part(parts[0], truth, decisive, w)
    for part in parts[1:]:
        with w.block(f"if {truth} is not {decisive}:"):
            doubtful = _part(part, truth, decisive, w) or doubtful
    return Term(truth, BOOLEAN, doubts=(Doubt(truth),) if doubtful else ())


def _part(node: n.Expression, truth: str, decisive: bool, w: Writer) -> bool:
    """What one part does to the whole; tells whether it may be unknown."""
    term = truth_of(node, w)
    if term.raises:
        term = w.hold(term, "part")
    pending = w.pending(term)
    if pending:
        w.line(f"if {tests(pending)}:")
        w.line(f"{INDENT}{truth} = also({truth}, {why(pending)})")
    w.line(f"{'elif' if pending else 'if'} {term.code if decisive else _opposite(term).code}:")
    w.line(f"{INDENT}{truth} = {decisive}")
    return bool(pending)


def _given(path: str, w: Writer) -> Term:
    """Whether the fact was answered; a repeated group is given when it has rows."""
    fact = w.program.kinds.fact(path)
    if fact is not None and fact.kind == "rows":
        return rows_given(path, w)
    term = w.fact(path)
    if not w.pending(term):
        return Term("True", BOOLEAN)
    (doubt,) = term.doubts
    return w.asked(Term(f"{doubt.variable} is not None or ungiven(facts, {path!r})", BOOLEAN), "given")


def _fallback(node: n.Fallback, w: Writer) -> Term:
    """The value, or what stands instead where it was lawfully not given."""
    value = value_of(node.value, w)
    if not w.pending(value) and not value.raises:
        return value
    ways = Ways(w, w.fresh("value"))
    ways.put(value)
    with w.block(f"if type({ways.variable}) is Unknown and {ways.variable}.code == ABSENT:"):
        ways.put(value_of(node.instead, w))
    ways.doubtful = True
    return ways.end()


def _bracketed(node: n.Whole | n.Excess, w: Writer) -> Term:
    if w.bracket is None:
        raise RulesNotChecked("whole and excess stand in brackets only")
    return w.bracket[isinstance(node, n.Excess)]


def _chain(node: n.Sum | n.Product, w: Writer) -> Term:
    result = value_of(node.first, w)
    for number, (sign, part) in enumerate(node.rest, 1):
        if number % LONGEST_SUM == 0:
            result = w.hold(result)
        if isinstance(part, n.Period):
            result = moved(result, sign, part, w)
        else:
            result = operated(result, sign, value_of(part, w), w)
    return result


def _called(node: n.Call, w: Writer) -> Term:
    if is_over_rows(node):
        return over_rows(node, w, value_of)
    values = [value_of(argument, w) for argument in node.arguments]
    match node.function, values:
        case "age", [born_on, on]:
            return age(born_on, on, w)
        case "rounded" | "rounded_up" | "rounded_down", [value, unit]:
            return rounded(node.function, value, unit, w)
        case "last_working_day" | "next_working_day", [day]:
            return working_day(node.function, day, w)
        case "time_of", [instant]:
            return time_of(instant)
        case "largest" | "smallest", _:
            return extreme(node.function, values, w)
    raise RulesNotChecked(f"{node.function} of {len(values)} values")
