"""What every check looks at: the file, the facts it may read, and each expression in its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from common.problems import Finding, Parameter, Severity
from rules_dsl import nodes as n
from rules_dsl.fact_types import Scope
from rules_dsl.kind import ANY, Kind, KindName
from rules_dsl.kinds import Kinds
from rules_dsl.labels import Labels

if TYPE_CHECKING:
    from rules_dsl.evaluation import Reference

MONEY: tuple[KindName, ...] = ("money",)
BOOLEAN: tuple[KindName, ...] = ("boolean",)
NUMBER: tuple[KindName, ...] = ("integer", "decimal")
INTEGER: tuple[KindName, ...] = ("integer",)
CODE: tuple[KindName, ...] = ("text", "choice")
KEY: tuple[KindName, ...] = ("choice", "boolean", "text", "integer")
CELL_KEY: tuple[KindName, ...] = (*KEY, "choices", "decimal", "money", "date")
SIZE: tuple[KindName, ...] = ("money", *NUMBER)
DATE: tuple[KindName, ...] = ("date",)
START: tuple[KindName, ...] = ("date", "instant")
VALUE: tuple[KindName, ...] = ("money", *NUMBER, "percentage")
ORDERED: tuple[KindName, ...] = ("integer", "decimal", "percentage", "money", "date", "instant", "time")
SOME_VALUE: tuple[KindName, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An outermost expression: what kind its place wants (empty: any), in which rule, in what bracket."""

    node: n.Expression
    wanted: tuple[KindName, ...]
    rule: n.AnyRule
    bracket: Kind = ANY
    in_bracket: bool = False

    @property
    def each(self) -> str | None:
        return self.rule.each if isinstance(self.rule, n.AmountRule) else None


@dataclass(frozen=True, slots=True)
class Checked:
    """A file under check. `scope` None: no form is given, only what needs none is checked."""

    rules: n.RuleFile
    scope: Scope | None
    reference: "Reference | None"
    kinds: Kinds
    name: str

    @property
    def labels(self) -> Labels:
        return Labels.of(self.rules, self.scope)

    def finding(
        self, code: str, node: n.Node, severity: Severity = "error", **parameters: Parameter
    ) -> Finding:
        return Finding(code, self.name, parameters, severity, node.place.line, node.place.column)

    def occurrences(self) -> Iterator[Occurrence]:
        """Every outermost expression of the file but those of examples."""
        for rule in self.rules.rules:
            yield from self.occurrences_in(rule)

    def occurrences_in(self, rule: n.AnyRule) -> Iterator[Occurrence]:
        return _of_rule(rule, self.kinds)


def clauses_of(rule: n.AnyRule) -> tuple[n.Clause, ...]:
    """The lines of a rule that have a condition and a law of their own."""
    match rule:
        case n.AmountRule() | n.Term():
            return rule.clauses
        case n.Choice():
            return rule.options
        case n.Assign():
            return rule.assignees
        case n.Parameter():
            return rule.values
        case n.Table():
            return rule.rows
    return ()


def _of_rule(rule: n.AnyRule, kinds: Kinds) -> Iterator[Occurrence]:
    for clause in clauses_of(rule):
        if clause.when is not None:
            yield Occurrence(clause.when, BOOLEAN, rule)
        yield from _of_clause(clause, rule, kinds)
    match rule:
        case n.Condition():
            yield Occurrence(rule.requires, BOOLEAN, rule)
        case n.Component() if rule.when is not None:
            yield Occurrence(rule.when, BOOLEAN, rule)
        case n.Let():
            yield Occurrence(rule.value, SOME_VALUE, rule)
        case n.Parameter() if rule.local:
            yield from (Occurrence(fact, KEY, rule) for fact in rule.local.by)
        case n.Term() if rule.since is not None:
            yield Occurrence(rule.since, START, rule)
        case n.Table():
            yield from (Occurrence(key, CELL_KEY, rule) for key in rule.keys)
        case n.Interpolation():
            yield Occurrence(rule.quantity, SIZE, rule)
        case n.Rate():
            yield Occurrence(rule.on, DATE, rule)
        case n.Always():
            yield from _of_claim(rule.claim, rule)


def _of_claim(claim: n.Expression | n.Monotony, rule: n.Always) -> Iterator[Occurrence]:
    if isinstance(claim, n.Monotony):
        yield Occurrence(claim.amount, VALUE, rule)
        yield Occurrence(claim.quantity, ORDERED, rule)
    else:
        yield Occurrence(claim, BOOLEAN, rule)


def _of_clause(clause: n.Clause, rule: n.AnyRule, kinds: Kinds) -> Iterator[Occurrence]:
    match clause:
        case n.Pay() | n.AtMost() | n.AtLeast() | n.Plus() | n.Less():
            yield Occurrence(clause.amount, MONEY, rule)
        case n.Rounded():
            yield Occurrence(clause.unit, MONEY, rule)
        case n.Times():
            yield Occurrence(clause.count, NUMBER, rule)
        case n.Reduce():
            yield Occurrence(clause.by, ("percentage", "money"), rule)
        case n.Brackets():
            yield Occurrence(clause.quantity, SIZE, rule)
            quantity = kinds.of(clause.quantity)
            yield from (Occurrence(row.amount, MONEY, rule, quantity, True) for row in clause.rows)
        case n.Grades():
            yield Occurrence(clause.quantity, INTEGER, rule)
            yield from (Occurrence(row.amount, MONEY, rule) for row in clause.rows)
        case n.Assignee() if clause.area is not None:
            yield Occurrence(clause.area, CODE, rule)
