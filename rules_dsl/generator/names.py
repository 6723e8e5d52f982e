"""Generates what a name stands for: a let, a parameter, the amount of another rule, or else a fact."""

from collections.abc import Callable
from dataclasses import replace

from rules_dsl import nodes as n
from rules_dsl.generator.parameters import parameter_value
from rules_dsl.generator.program import Function
from rules_dsl.generator.term import Doubt, Term
from rules_dsl.generator.writer import Writer

ValueOf = Callable[[n.Expression, Writer], Term]


def named(path: str, w: Writer, value_of: ValueOf) -> Term:
    kinds = w.program.kinds
    if path in kinds.lets:
        return _let(kinds.lets[path], w, value_of)
    if path in kinds.parameters:
        return parameter_value(kinds.parameters[path], w)
    if path in kinds.amounts:
        return _amount(kinds.amounts[path], w)
    return w.fact(path)


def _let(let: n.Let, w: Writer, value_of: ValueOf) -> Term:
    """The value of the let, worked out by a function of its own on the day that counts for this rule."""
    key = ("let", let.name, w.as_of, "traced" if w.traced else "")
    made = w.program.once(key, lambda: _let_function(let, w, value_of))
    variable = w.fresh(let.name)
    w.line(f"{variable} = {made.name}({w.arguments})")
    return replace(made.result, code=variable, doubts=(Doubt(variable),) if made.doubtful else ())


def _let_function(let: n.Let, outer: Writer, value_of: ValueOf) -> Function:
    w = outer.another()
    term = w.hold(value_of(let.value, w), "value")
    w.line(f"return {term.code}")
    name = w.finish("let", let.name, w.as_of)
    return Function(name, replace(term, constant=None), bool(term.doubts))


def _amount(rule: n.AmountRule, w: Writer) -> Term:
    """The rounded amount of another rule; both read the same facts, each on its own day."""
    made = w.program.amount(w.program, rule, w.traced)
    variable = w.fresh(rule.name)
    if w.traced:
        log = w.fresh("inner")
        w.line(f"{log} = []")
        w.line(f"{variable} = {made.name}(facts, reference, {log})")
        w.line(f"log.append({log})")
    else:
        w.line(f"{variable} = {made.name}(facts, reference)")
    return replace(made.result, code=f"{variable}.minor", doubts=(Doubt(variable),))
