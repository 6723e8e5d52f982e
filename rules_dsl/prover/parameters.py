"""The value of a parameter for the solver: what the law or a province says, or else any value it may set."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from common.money import EXPONENTS, Money
from rules_dsl import nodes as n
from rules_dsl.evaluation import ParameterValue
from rules_dsl.parameters import is_inside
from rules_dsl.prover.constants import constant, exact
from rules_dsl.prover.logic import Term, all_of, at_most, between, equal, negated, times
from rules_dsl.prover.symbols import Symbol, first_of, joined
from rules_dsl.prover.world import At, Free, World


def parameter_value(rule: n.Parameter, at: At, world: World) -> Symbol:
    """Its value on the day whose law counts."""
    day, in_force = world.day(at), world.in_force(rule.law, at)
    found = _local(rule, rule.local, at, world) if rule.local else _dated(rule, day.term, world)
    lapsed = world.lapsed(negated(in_force.term))
    return joined(found.term, found, day, in_force).but_unknown(lapsed)


def _dated(rule: n.Parameter, day: Term, world: World) -> Symbol:
    """The constant in force: of several the one that began last."""
    lines = sorted(rule.values, key=lambda line: line.law.from_on or date.min, reverse=True)
    return first_of(
        [
            (_in_force(line.law.from_on, line.law.until_on, day), Symbol(constant(line.value)))
            for line in lines
        ],
        Symbol(0, unknown=world.lapsed(True)),
    )


def _in_force(from_on: date | None, until_on: date | None, day: Term) -> Term:
    begun = True if from_on is None else at_most(from_on.toordinal(), day)
    return all_of(begun, True if until_on is None else at_most(day, until_on.toordinal()))


def _local(rule: n.Parameter, setting: n.LocalSetting, at: At, world: World) -> Symbol:
    keys = [world.fact(fact.path, at) for fact in setting.by]
    rows = world.reference.parameters.get(rule.name, ())
    value = _set(rows, setting, keys, at, world) if rows else _free(rule, setting, keys, at, world)
    return joined(value.term, value, *keys)


def _set(
    rows: Sequence[ParameterValue], setting: n.LocalSetting, keys: list[Symbol], at: At, world: World
) -> Symbol:
    """What was set: the row that answers the keys most exactly, among equals the one that began last."""
    ranked = sorted(rows, key=_rank, reverse=True)
    day = world.day(at).term
    cases = []
    for row in ranked:
        answers = [
            _answers(said, key, fact.path, world)
            for said, key, fact in zip(row.keys, keys, setting.by, strict=False)
        ]
        fits = all_of(len(row.keys) <= len(keys), *answers, _in_force(row.from_on, row.until_on, day))
        cases.append((fits, Symbol(_value(row, setting), unknown=world.lapsed(not is_inside(row, setting)))))
    return first_of(cases, Symbol(0, unknown=world.lapsed(True)))


def _rank(row: ParameterValue) -> tuple[int, date, int]:
    return sum(key != "*" for key in row.keys), row.from_on or date.min, row.version


def _answers(said: str, key: Symbol, path: str, world: World) -> Term:
    """Whether the fact is what a row's key says."""
    if said == "*":
        return True
    match world.scope.facts[path].kind:
        case "boolean":
            return equal(key.term, said == "yes") if said in ("yes", "no") else False
        case "integer" | "decimal":
            try:
                return equal(key.term, exact(Decimal(said)))
            except InvalidOperation:
                return False
    return equal(key.term, world.words.number(said))


def _value(row: ParameterValue, setting: n.LocalSetting) -> Term:
    if isinstance(row.value, Money):
        return exact(row.value.amount)
    return exact(row.value.scaleb(-2) if isinstance(setting.lowest, n.Percentage) else row.value)


def _free(rule: n.Parameter, setting: n.LocalSetting, keys: list[Symbol], at: At, world: World) -> Symbol:
    """Any value within the bounds, the same wherever the rules ask for it by the same keys, day and row."""
    asked = " ".join(map(str, (*at.key, *(key.term for key in keys))))
    is_money = isinstance(setting.lowest, n.Amount)
    term = world.planting.unknown("integer" if is_money else "real", f"@{rule.name}", asked)
    if isinstance(setting.lowest, n.Amount):
        term = times(term, Fraction(1, 10 ** EXPONENTS.get(setting.lowest.currency, 0)))
    world.planting.unknowns.assume(between(constant(setting.lowest), term, constant(setting.highest)))
    world.free[rule.name, at.key] = Free(at, term)
    return Symbol(term)
