"""Generates what a name stands for: a rule of the file, or else a fact."""

from collections.abc import Callable
from dataclasses import replace

from rules_dsl import nodes as n
from rules_dsl.generator.lookups import interpolated
from rules_dsl.generator.parameters import parameter_value
from rules_dsl.generator.tables import table_value
from rules_dsl.generator.term import Doubt, Term
from rules_dsl.generator.writer import Writer
from rules_dsl.moment import RulesNotChecked

ValueOf = Callable[[n.Expression, Writer], Term]


def named(path: str, w: Writer, value_of: ValueOf) -> Term:
    rule = w.program.kinds.rule(path)
    match rule:
        case None:
            return w.fact(path)
        case n.Let():
            return w.part("let", path, lambda inner: _let(rule, inner, value_of))
        case n.Parameter():
            return w.part("parameter", path, lambda inner: parameter_value(rule, inner))
        case n.Table():
            return w.part("table", path, lambda inner: table_value(rule, inner, value_of))
        case n.Interpolation():
            return w.part("interpolation", path, lambda inner: interpolated(rule, inner, value_of))
        case n.AmountRule() | n.Choice():
            return _another(rule, w)
    raise RulesNotChecked(f"{path} is no value")


def _let(let: n.Let, w: Writer, value_of: ValueOf) -> Term:
    term = w.hold(value_of(let.value, w), "value")
    w.line(f"return {term.code}")
    return term


def _another(rule: n.AmountRule | n.Choice, w: Writer) -> Term:
    """The value of another rule, an amount rounded; both read the same facts, each on its own day."""
    made = w.program.function(w.program, rule, w.traced)
    variable = w.called(made.name, rule.name, another_rule=True)
    code = f"{variable}.minor" if isinstance(rule, n.AmountRule) else variable
    return replace(made.result, code=code, doubts=(Doubt(variable),))
