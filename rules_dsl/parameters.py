"""The value of a parameter on a day: a dated constant of the law, or what a province or unit has set."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from common.money import Money
from rules_dsl import nodes as n
from rules_dsl.arithmetic import compared
from rules_dsl.evaluation import ParameterValue, UsedParameter
from rules_dsl.moment import Moment
from rules_dsl.unknown import Unknown, joined
from rules_dsl.values import EXACT, ExactMoney, Value, plain


def parameter_value(parameter: n.Parameter, moment: Moment) -> Value | Unknown:
    """Its value on the day whose law counts; Unknown by the parameter's name when nobody has set it."""
    on = moment.lapsed(parameter) or moment.day()
    if isinstance(on, Unknown):
        return on
    if parameter.local is None:
        return _constant(parameter, on, moment)
    keys = [moment.fact(fact.path) for fact in parameter.local.by]
    unknowns = [key for key in keys if isinstance(key, Unknown)]
    if unknowns:
        return joined(unknowns)
    rows = moment.reference.parameters.get(parameter.name, ())
    row = best_row(rows, on, [written(key) for key in keys])  # type: ignore[arg-type]
    if row is None:
        return Unknown((parameter.name,), "rules.unknown_parameter")
    return _local(parameter, parameter.local, row, moment)


def best_row(rows: Sequence[ParameterValue], on: date, keys: Sequence[str]) -> ParameterValue | None:
    """The row in force that answers the keys most exactly; among equals the one that began last."""
    fitting = [row for row in rows if row.in_force(on) and _fits(row.keys, keys)]
    return max(fitting, key=_rank, default=None)


def _fits(row: Sequence[str], keys: Sequence[str]) -> bool:
    return len(row) <= len(keys) and all(mine in ("*", key) for mine, key in zip(row, keys, strict=False))


def _rank(row: ParameterValue) -> tuple[int, date, int]:
    return sum(key != "*" for key in row.keys), row.from_on or date.min, row.version


def written(key: Value) -> str:
    """How a fact's value stands in the `keys` of a row."""
    if isinstance(key, bool):
        return "yes" if key else "no"
    return plain(key) if isinstance(key, Decimal) else str(key)


def _constant(parameter: n.Parameter, on: date, moment: Moment) -> Value | Unknown:
    in_force = [line for line in parameter.values if line.law.in_force(on)]
    if not in_force:
        return Unknown((parameter.name,), "rules.not_in_force")
    line = max(in_force, key=lambda line: line.law.from_on or date.min)
    value = constant(line.value)
    cites = line.law.cites or parameter.law.cites
    moment.parameters[parameter.name] = UsedParameter(parameter.name, value, 0, cites)
    return value


def _local(
    parameter: n.Parameter, setting: n.LocalSetting, row: ParameterValue, moment: Moment
) -> Value | Unknown:
    value = local_value(row, setting)
    if not is_inside(row, setting):
        return Unknown((parameter.name,), "rules.parameter_out_of_bounds")
    moment.parameters[parameter.name] = UsedParameter(parameter.name, value, row.version, row.cites)
    return value


def is_inside(row: ParameterValue, setting: n.LocalSetting) -> bool:
    """Whether the row's value is of the parameter's kind and currency, and within its bounds."""
    value = local_value(row, setting)
    return _same_kind(value, setting) and bool(
        compared(constant(setting.lowest), "<=", value) and compared(value, "<=", constant(setting.highest))
    )


def local_value(row: ParameterValue, setting: n.LocalSetting) -> Value:
    """The row's value as rules compute with it: a percentage as a fraction."""
    if isinstance(row.value, Money):
        return ExactMoney.of(row.value)
    return row.value.scaleb(-2, EXACT) if isinstance(setting.lowest, n.Percentage) else row.value


def _same_kind(value: Value, setting: n.LocalSetting) -> bool:
    lowest = constant(setting.lowest)
    if isinstance(value, ExactMoney):
        return isinstance(lowest, ExactMoney) and lowest.currency == value.currency
    return isinstance(lowest, Decimal)


def constant(node: n.Constant) -> Value:
    match node:
        case n.Amount():
            return ExactMoney(node.number.value, node.currency)
        case n.Percentage():
            return node.number.value.scaleb(-2, EXACT)
        case n.Number():
            return node.value
