"""The rules as they are written, for whoever looks into one line by line instead of asking for its value.

Values come from generated code; the prover tries its cases, and the days of rates are found, by the meaning that
is written to be read (`rules_dsl.meaning` and what it stands on). Tests hold the two against each other.
"""

from rules_dsl import nodes as n
from rules_dsl.amounts import amount_of
from rules_dsl.kinds import Kinds, currency_of
from rules_dsl.moment import Definitions, Moment
from rules_dsl.outcomes import chosen_by
from rules_dsl.unknown import Unknown
from rules_dsl.values import ExactMoney, Value
from rules_dsl.working import Working


def definitions_of(kinds: Kinds) -> Definitions:
    """What the names of a file stand for."""
    return Definitions(
        kinds.lets,
        kinds.parameters,
        kinds.amounts,
        kinds.choices,
        kinds.tables,
        kinds.interpolations,
        kinds.rates,
        {name: currency_of(rule, kinds) for name, rule in kinds.amounts.items()},
        kinds,
        _for_another,
    )


def _for_another(rule: n.AmountRule | n.Choice, moment: Moment) -> Value | Unknown:
    """The value of a rule that another rule names; both read the same facts, each on its own day."""
    if rule.name not in moment.others:
        inner = Moment(moment.definitions, moment.facts, moment.reference, rule.as_of)
        inner.under_way, inner.others = moment.under_way, moment.others
        moment.others[rule.name] = _value_of(rule, inner), inner
    value, inner = moment.others[rule.name]
    moment.read |= inner.read
    moment.parameters |= inner.parameters
    moment.rates |= inner.rates
    moment.calendar_read = inner.calendar_read or moment.calendar_read
    moment.day_read = moment.day_read or inner.day_read
    return value


def _value_of(rule: n.AmountRule | n.Choice, moment: Moment) -> Value | Unknown:
    if isinstance(rule, n.Choice):
        return moment.lapsed(rule) or chosen_by(rule, Working(rule, moment))
    money, _ = amount_of(rule, moment)
    return money if isinstance(money, Unknown) else ExactMoney.of(money)
