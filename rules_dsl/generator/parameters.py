"""Generates the value of a parameter: the constant of the day, or what a province or unit has set."""

from dataclasses import replace
from datetime import date
from math import ceil, floor

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.evaluation import UsedParameter
from rules_dsl.generator.operations import constant_term
from rules_dsl.generator.term import Doubt, Term, aligned
from rules_dsl.generator.writer import Writer, window
from rules_dsl.kind import Kind
from rules_dsl.parameters import constant


def parameter_value(parameter: n.Parameter, w: Writer) -> Term:
    """Writes a function that gives its value on the day whose law counts."""
    w.leave_if_lapsed(parameter)
    on = w.settle(w.day()).code
    if parameter.local is not None:
        return _local(parameter, parameter.local, on, w)
    return _dated(parameter, on, w)


def _dated(parameter: n.Parameter, on: str, w: Writer) -> Term:
    """The line in force that began last."""
    latest_first = sorted(parameter.values, key=lambda line: line.law.from_on or date.min, reverse=True)
    terms = aligned(*(constant_term(line.value) for line in latest_first))
    for line, term in zip(latest_first, terms, strict=True):
        with w.block(f"if {window(line.law, on, w.program)}:"):
            cites = line.law.cites or parameter.law.cites
            used = UsedParameter(parameter.name, constant(line.value), 0, cites)
            if w.traced:
                w.log(w.program.constant(used, f"{parameter.name}_used"))
            w.line(f"return {term.code}")
    w.line(f"return {w.own_unknown(parameter.name, 'rules.not_in_force')}")
    low, high = min(term.low for term in terms), max(term.high for term in terms)
    kind = w.program.kinds.of_name(parameter.name)
    return replace(terms[0], kind=kind, low=low, high=high, doubts=(Doubt("value"),))


def _local(parameter: n.Parameter, setting: n.LocalSetting, on: str, w: Writer) -> Term:
    """What is set for the facts that choose among several amounts; they are read once the day is known."""
    keys = [w.fact(fact.path) for fact in setting.by]
    w.leave_where(w.pending(*keys))
    chosen = "".join(f"{key.code}, " for key in keys)
    log = ", log" if w.traced else ""
    w.line(f"row = set_locally(PARAMETERS[{parameter.name!r}], {on}, ({chosen}), reference{log})")
    w.leave_where((Doubt("row"),))
    value = _of_row(setting, w.program.kinds.of_name(parameter.name))
    w.line(f"return {value.code}")
    return value


def _of_row(setting: n.LocalSetting, kind: Kind) -> Term:
    doubts = (Doubt("row"),)
    if isinstance(setting.lowest, n.Amount) and isinstance(setting.highest, n.Amount):
        scale = EXPONENTS[setting.lowest.currency]
        least, most = (bound.number.value.scaleb(scale) for bound in (setting.lowest, setting.highest))
        return Term("row.value.minor", kind, scale, floor(least), ceil(most), doubts)
    if isinstance(setting.lowest, n.Percentage):
        return Term("row.value.scaleb(-2, EXACT)", kind, doubts=doubts)
    return Term("row.value", kind, doubts=doubts)
