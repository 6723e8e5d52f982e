"""What kind of value an expression gives, told from the form without knowing any answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType, Scope
from rules_dsl.kind import (
    ANY,
    BOOLEAN,
    DATE,
    DECIMAL,
    INSTANT,
    INTEGER,
    PERCENTAGE,
    PERIOD,
    RATE,
    TEXT,
    TIME,
    Kind,
    combined,
    joined,
    kind_of_fact,
)
from rules_dsl.walk import parts_of

Found = TypeVar("Found", bound=n.Rule)
# What an expression can read by its name, besides facts.
NAMED = n.Let | n.Parameter | n.Table | n.Interpolation | n.Rate | n.AmountRule | n.Choice


@dataclass(slots=True)
class Kinds:
    """Kinds within one file. Without a scope every fact is of a kind not known."""

    scope: Scope | None
    lets: Mapping[str, n.Let]
    parameters: Mapping[str, n.Parameter]
    amounts: Mapping[str, n.AmountRule]
    choices: Mapping[str, n.Choice]
    tables: Mapping[str, n.Table]
    interpolations: Mapping[str, n.Interpolation]
    rates: Mapping[str, n.Rate]
    known: dict[str, Kind] = field(default_factory=dict)

    @classmethod
    def of_file(cls, rules: n.RuleFile, scope: Scope | None) -> "Kinds":
        return cls(
            scope,
            named(rules, n.Let),
            named(rules, n.Parameter),
            named(rules, n.AmountRule),
            named(rules, n.Choice),
            named(rules, n.Table),
            named(rules, n.Interpolation),
            named(rules, n.Rate),
        )

    def rule(self, path: str) -> NAMED | None:
        """The rule of the file that the name stands for, as the evaluation looks it up."""
        for rules in (
            self.lets,
            self.parameters,
            self.amounts,
            self.choices,
            self.tables,
            self.interpolations,
            self.rates,
        ):
            if path in rules:
                return rules[path]
        return None

    def fact(self, path: str) -> FactType | None:
        """The fact of that name, unless a rule of the file takes the name."""
        if self.scope is None or self.rule(path) is not None:
            return None
        return self.scope.facts.get(path)

    def of_name(self, path: str) -> Kind:
        rule = self.rule(path)
        if rule is None:
            fact = self.fact(path)
            return ANY if fact is None else kind_of_fact(fact)
        if path not in self.known:
            # While it is being told, a name that leads back to itself is of no kind.
            self.known[path] = ANY
            self.known[path] = self._of_rule(rule)
        return self.known[path]

    def _of_rule(self, rule: NAMED) -> Kind:
        match rule:
            case n.Let():
                return self.of(rule.value)
            case n.AmountRule():
                return Kind("money", currency_of(rule, self))
            case n.Choice():
                return Kind("choice", values=tuple(dict.fromkeys(option.value for option in rule.options)))
            case n.Rate():
                return RATE
            case n.Interpolation():
                kind = of_constants([point.value for point in rule.points])
                return DECIMAL if kind == INTEGER else kind
            case n.Table():
                return of_constants([row.value for row in rule.rows])
            case n.Parameter() if rule.local:
                kind = of_literal(rule.local.lowest)
                return DECIMAL if kind == INTEGER else kind
        return of_constants([line.value for line in rule.values])

    def of(self, node: n.Expression, bracket: Kind = ANY) -> Kind:
        """The kind of the expression; `bracket` is that of the quantity whose bracket it stands in."""
        match node:
            case n.Name():
                return self.of_name(node.path)
            case n.Whole() | n.Excess():
                return bracket
            case n.Sum() | n.Product():
                return self._of_chain(node, bracket)
            case n.Share():
                return combined(PERCENTAGE, "*", self.of(node.whole, bracket))
            case n.Converted():
                rate = self.rates.get(node.rate.path)
                return Kind("money", rate.target) if rate else ANY
            case n.Minus():
                return self.of(node.value, bracket)
            case n.Fallback():
                return _either(self.of(node.value, bracket), self.of(node.instead, bracket), node.instead)
            case n.Call():
                return self._of_call(node, bracket)
        return of_literal(node)

    def _of_chain(self, node: n.Sum | n.Product, bracket: Kind) -> Kind:
        kind = self.of(node.first, bracket)
        for sign, part in node.rest:
            kind = combined(kind, sign, self.of(part, bracket))
        return kind

    def _of_call(self, node: n.Call, bracket: Kind) -> Kind:
        match node.function:
            case "any" | "every":
                return BOOLEAN
            case "count" | "age":
                return INTEGER
            case "last_working_day" | "next_working_day":
                return DATE
            case "time_of":
                return TIME
        kinds = [self.of(argument, bracket) for argument in node.arguments]
        if node.function in ROUNDINGS:
            whole = len(kinds) == 2 and kinds[1] == INTEGER and kinds[0].is_number
            return INTEGER if whole else kinds[0]
        result = kinds[0]
        for kind in kinds[1:]:
            result = joined(result, kind)
        return result


ROUNDINGS: tuple[n.Function, ...] = ("rounded", "rounded_up", "rounded_down")


def named(rules: n.RuleFile, kind: type[Found]) -> dict[str, Found]:
    """The rules of the kind by name; of two with one name the later one."""
    return {rule.name: rule for rule in rules.rules if isinstance(rule, kind)}


def of_constants(constants: list[n.Constant]) -> Kind:
    """The kind that holds them all."""
    kind = of_literal(constants[0])
    for constant in constants[1:]:
        kind = joined(kind, of_literal(constant))
    return kind


def of_literal(node: n.Expression) -> Kind:
    match node:
        case n.Number():
            return INTEGER if node.value == node.value.to_integral_value() else DECIMAL
        case n.Percentage():
            return PERCENTAGE
        case n.Amount():
            return Kind("money", node.currency)
        case n.Day():
            return DATE
        case n.Instant():
            return INSTANT
        case n.ClockTime():
            return TIME
        case n.Period():
            return PERIOD
        case n.Word():
            return TEXT
    return BOOLEAN


def _either(value: Kind, instead: Kind, node: n.Expression) -> Kind:
    """The kind of a fallback: a choice may fall back on a word that is none of its own values."""
    if value.name == "choice" and isinstance(node, n.Word):
        return Kind("choice", values=(*value.values, node.value))
    return joined(value, instead)


def currency_of(rule: n.AmountRule, kinds: Kinds) -> str:
    """The currency the rule is collected in: that of the first amount it pays, else đồng.

    Told from the file alone, whatever the facts are: what a fact is paid in must agree.
    """
    paid = (amount for clause in rule.clauses for amount in _paid(clause))
    return next((found for amount in paid for found in _currencies(amount, kinds)), "VND")


def _currencies(node: n.Expression, kinds: Kinds) -> Iterator[str]:
    """The currencies that stand in the expression, in the order written."""
    match node:
        case n.Amount():
            yield node.currency
        case n.Converted():
            rate = kinds.rates.get(node.rate.path)
            yield from (rate.target,) if rate else ()
        case n.Name():
            rule = kinds.rule(node.path)
            if isinstance(rule, n.Parameter | n.Table | n.Interpolation | n.AmountRule):
                found = kinds.of_name(node.path)
                yield from (found.currency,) if found.name == "money" else ()
        case _:
            for part in parts_of(node):
                yield from _currencies(part, kinds)


def _paid(clause: n.AmountClause) -> tuple[n.Expression, ...]:
    match clause:
        case n.Pay() | n.AtMost() | n.AtLeast() | n.Plus() | n.Less():
            return (clause.amount,)
        case n.Rounded():
            return (clause.unit,)
        case n.Brackets() | n.Grades():
            return tuple(row.amount for row in clause.rows)
    return ()
