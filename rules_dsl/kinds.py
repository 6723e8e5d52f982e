"""What kind of value an expression gives, told from the form without knowing any answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType, Scope
from rules_dsl.walk import every_part

KindName = Literal[
    "integer",
    "decimal",
    "percentage",
    "money",
    "date",
    "instant",
    "boolean",
    "text",
    "choice",
    "choices",
    "rows",
    "group",
    "period",
    "any",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` "any": not known, for want of the name or because the parts do not fit; it proves nothing."""

    name: KindName
    currency: str = ""
    values: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.name in ("integer", "decimal")

    @property
    def is_known(self) -> bool:
        return self.name != "any"

    @property
    def term(self) -> str:
        """The code of its name in sentences."""
        return f"@rules.kind.{self.name}"


ANY, INTEGER, DECIMAL, PERCENTAGE = Kind("any"), Kind("integer"), Kind("decimal"), Kind("percentage")
BOOLEAN, DATE, INSTANT, TEXT, PERIOD = (
    Kind("boolean"),
    Kind("date"),
    Kind("instant"),
    Kind("text"),
    Kind("period"),
)


def kind_of_fact(fact: FactType) -> Kind:
    match fact.kind:
        case "money":
            return Kind("money", fact.currency)
        case "choice" | "choices":
            return Kind(fact.kind, values=fact.values)
    return Kind(fact.kind)


@dataclass(slots=True)
class Kinds:
    """Kinds within one file. Without a scope every fact is of a kind not known."""

    scope: Scope | None
    lets: Mapping[str, n.Let]
    parameters: Mapping[str, n.Parameter]
    amounts: Mapping[str, n.AmountRule]
    under_way: set[str] = field(default_factory=set)

    @classmethod
    def of_file(cls, rules: n.RuleFile, scope: Scope | None) -> "Kinds":
        return cls(
            scope,
            {rule.name: rule for rule in rules.rules if isinstance(rule, n.Let)},
            {rule.name: rule for rule in rules.rules if isinstance(rule, n.Parameter)},
            {rule.name: rule for rule in rules.rules if isinstance(rule, n.AmountRule)},
        )

    def fact(self, path: str) -> FactType | None:
        """The fact of that name, unless a rule of the file takes the name."""
        if self.scope is None or path in self.lets or path in self.parameters or path in self.amounts:
            return None
        return self.scope.facts.get(path)

    def of_name(self, path: str) -> Kind:
        if path in self.lets:
            return self._of_let(self.lets[path])
        if path in self.parameters:
            return _of_parameter(self.parameters[path])
        if path in self.amounts:
            return Kind("money", currency_of(self.amounts[path], self.parameters))
        fact = self.fact(path)
        return ANY if fact is None else kind_of_fact(fact)

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
            case n.Minus():
                return self.of(node.value, bracket)
            case n.Fallback():
                return _either(self.of(node.value, bracket), self.of(node.instead, bracket), node.instead)
            case n.Call():
                return self._of_call(node, bracket)
        return _of_literal(node)

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
        kinds = [self.of(argument, bracket) for argument in node.arguments]
        result = kinds[0]
        for kind in kinds[1:]:
            result = joined(result, kind)
        return result

    def _of_let(self, let: n.Let) -> Kind:
        if let.name in self.under_way:
            return ANY
        self.under_way.add(let.name)
        try:
            return self.of(let.value)
        finally:
            self.under_way.remove(let.name)


def _of_parameter(parameter: n.Parameter) -> Kind:
    constants = [parameter.local.lowest] if parameter.local else [line.value for line in parameter.values]
    kind = _of_literal(constants[0])
    for constant in constants[1:]:
        kind = joined(kind, _of_literal(constant))
    return DECIMAL if parameter.local and kind == INTEGER else kind


def _of_literal(node: n.Expression) -> Kind:
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


def joined(one: Kind, other: Kind) -> Kind:
    """The kind that holds both; any when there is none."""
    if one == other or not other.is_known:
        return one
    if not one.is_known:
        return other
    if one.is_number and other.is_number:
        return DECIMAL
    return TEXT if {one.name, other.name} <= {"text", "choice"} else ANY


def combined(left: Kind, sign: str, right: Kind) -> Kind:
    """The kind of `left sign right`; any when the two do not go together, or one is not known."""
    if sign in "+-":
        return _added(left, sign, right)
    if left.name == "money" and right.name == "money":
        return DECIMAL if sign == "/" and left.currency == right.currency else ANY
    for kind, factor in ((left, right), (right, left)):
        if kind.name == "money" and (factor.is_number or factor.name == "percentage"):
            return kind if sign == "*" or kind is left else ANY
    numeric = (left.is_number or left.name == "percentage") and (
        right.is_number or right.name == "percentage"
    )
    if not numeric:
        return ANY
    return INTEGER if left == right == INTEGER and sign == "*" else DECIMAL


def _added(left: Kind, sign: str, right: Kind) -> Kind:
    if left == DATE and right == PERIOD:
        return DATE
    if left == DATE and right == DATE and sign == "-":
        return INTEGER
    addable = left.is_number or left.name in ("money", "percentage")
    return joined(left, right) if addable and left.is_known and right.is_known else ANY


def currency_of(rule: n.AmountRule, parameters: Mapping[str, n.Parameter]) -> str:
    """The currency the rule is collected in: that of the first amount or parameter it pays, else đồng."""
    for part in (part for clause in rule.clauses for paid in _paid(clause) for part in every_part(paid)):
        named = parameters.get(part.path) if isinstance(part, n.Name) else None
        kind = _of_parameter(named) if named else _of_literal(part)
        if kind.name == "money":
            return kind.currency
    return "VND"


def _paid(clause: n.AmountClause) -> tuple[n.Expression, ...]:
    match clause:
        case n.Pay() | n.AtMost() | n.AtLeast() | n.Plus():
            return (clause.amount,)
        case n.Brackets() | n.Grades():
            return tuple(row.amount for row in clause.rows)
    return ()
