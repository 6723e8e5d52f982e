"""Generates the value of a parameter: the constant of the day, or what a province or unit has set."""

from dataclasses import replace
from datetime import date
from math import ceil, floor

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.evaluation import UsedParameter
from rules_dsl.generator.operations import constant_term
from rules_dsl.generator.program import Function
from rules_dsl.generator.term import Doubt, Term, aligned
from rules_dsl.generator.writer import Writer, window
from rules_dsl.kinds import Kind
from rules_dsl.parameters import constant
from rules_dsl.unknown import Unknown


def parameter_value(parameter: n.Parameter, w: Writer) -> Term:
    """Its value on the day whose law counts."""
    on = w.day()
    if parameter.local is not None:
        return _local(parameter, parameter.local, on, w)
    key = ("parameter", parameter.name, "traced" if w.traced else "")
    made = w.program.once(key, lambda: _dated(parameter, w))
    log = ", log" if w.traced else ""
    return w.asked(
        replace(made.result, code=f"{made.name}({on.code}{log})", doubts=on.doubts), parameter.name
    )


def _dated(parameter: n.Parameter, outer: Writer) -> Function:
    """A function of the day: the line in force that began last."""
    w = outer.another()
    latest_first = sorted(parameter.values, key=lambda line: line.law.from_on or date.min, reverse=True)
    terms = aligned(*(constant_term(line.value) for line in latest_first))
    for line, term in zip(latest_first, terms, strict=True):
        with w.block(f"if {window(line.law, 'on', w.program)}:"):
            cites = line.law.cites or parameter.law.cites
            used = UsedParameter(parameter.name, constant(line.value), 0, cites)
            if w.traced:
                w.log(w.program.constant(used, f"{parameter.name}_used"))
            w.line(f"return {term.code}")
    not_in_force = Unknown((parameter.name,), "rules.not_in_force")
    w.line(f"return {w.program.constant(not_in_force, f'{parameter.name}_not_in_force')}")
    name = w.finish("parameter", parameter.name, arguments="on")
    low, high = min(term.low for term in terms), max(term.high for term in terms)
    kind = w.program.kinds.of_name(parameter.name)
    return Function(name, replace(terms[0], kind=kind, low=low, high=high, constant=None), doubtful=True)


def _local(parameter: n.Parameter, setting: n.LocalSetting, on: Term, w: Writer) -> Term:
    """What is set for the facts that choose among several amounts; they are read once the day is known."""
    row = w.fresh(parameter.name)
    log = ", log" if w.traced else ""
    with w.unless(w.pending(on), row):
        keys = [w.fact(fact.path) for fact in setting.by]
        with w.unless(w.pending(*keys), row):
            chosen = "".join(f"{key.code}, " for key in keys)
            w.line(
                f"{row} = set_locally(PARAMETERS[{parameter.name!r}], {on.code}, ({chosen}), reference{log})"
            )
    return _of_row(row, setting, w.program.kinds.of_name(parameter.name))


def _of_row(row: str, setting: n.LocalSetting, kind: Kind) -> Term:
    doubts = (Doubt(row),)
    if isinstance(setting.lowest, n.Amount) and isinstance(setting.highest, n.Amount):
        scale = EXPONENTS[setting.lowest.currency]
        least, most = (bound.number.value.scaleb(scale) for bound in (setting.lowest, setting.highest))
        return Term(f"{row}.value.minor", kind, scale, floor(least), ceil(most), doubts)
    if isinstance(setting.lowest, n.Percentage):
        return Term(f"{row}.value.scaleb(-2, EXACT)", kind, doubts=doubts)
    return Term(f"{row}.value", kind, doubts=doubts)
