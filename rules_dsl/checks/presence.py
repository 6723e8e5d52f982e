"""A fact that may be absent is asked about before it is used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.checks.guards import NOTHING, Guards, implied, is_present
from rules_dsl.checks.rows import is_over_rows
from rules_dsl.fact_types import FactType
from rules_dsl.walk import names_in, parts_of


def unguarded_facts(checked: Checked) -> Iterator[Finding]:
    if checked.scope is None:
        return
    walk = _Walk(checked)
    for rule in checked.rules.rules:
        yield from walk.rule(rule)


@dataclass(slots=True)
class _Walk:
    """Follows the order of evaluation, knowing at each point what must already hold."""

    checked: Checked
    lets: list[str] = field(default_factory=list)

    def rule(self, rule: n.AnyRule) -> Iterator[Finding]:
        match rule:
            case n.AmountRule():
                yield from self.amount(rule)
            case n.Term() | n.Choice() | n.Assign():
                lines = {n.Term: "clauses", n.Choice: "options", n.Assign: "assignees"}[type(rule)]
                yield from self.first_match(getattr(rule, lines))
            case n.Condition():
                yield from self.expression(rule.requires, NOTHING)
            case n.Component() if rule.when is not None:
                yield from self.expression(rule.when, NOTHING)

    def amount(self, rule: n.AmountRule) -> Iterator[Finding]:
        giving = [clause for clause in rule.clauses if isinstance(clause, n.GIVING)]
        yield from self.first_match(giving)
        known = NOTHING
        for clause in giving:
            if not isinstance(clause, n.Exempt):
                break
            known = self.after(clause, known)
        for change in rule.clauses:
            if not isinstance(change, n.GIVING):
                yield from self.clause(change, known)

    def first_match(self, clauses: Sequence[n.Clause]) -> Iterator[Finding]:
        known = NOTHING
        for clause in clauses:
            yield from self.clause(clause, known)
            known = self.after(clause, known)

    def after(self, clause: n.Clause, known: Guards) -> Guards:
        """What is known behind a line that did not apply: its condition is false, unless its dates decide."""
        if clause.when is None or clause.law.is_dated:
            return known
        return known | implied(clause.when, False, self.checked.kinds)

    def clause(self, clause: n.Clause, known: Guards) -> Iterator[Finding]:
        if clause.when is not None:
            yield from self.expression(clause.when, known)
            known = known | implied(clause.when, True, self.checked.kinds)
        for part in expressions_in(clause):
            yield from self.expression(part, known)

    def expression(self, node: n.Expression, known: Guards) -> Iterator[Finding]:
        match node:
            case n.All() | n.Either():
                for part in node.parts:
                    yield from self.expression(part, known)
                    known = known | implied(part, isinstance(node, n.All), self.checked.kinds)
            case n.Given():
                return
            case n.Fallback():
                yield from self.expression(node.instead, known)
            case n.Name():
                yield from self.name(node, known)
            case n.Call() if is_over_rows(node) and node.function in ("largest", "smallest"):
                yield from self.expression(node.arguments[0], known)
                yield from self.extreme(node)
            case _:
                for part in parts_of(node):
                    yield from self.expression(part, known)

    def name(self, node: n.Name, known: Guards) -> Iterator[Finding]:
        kinds = self.checked.kinds
        if node.path in kinds.lets and node.path not in self.lets:
            self.lets.append(node.path)
            inside = list(self.expression(kinds.lets[node.path].value, known))
            self.lets.pop()
            for finding in inside:
                yield replace(finding, line=node.place.line, column=node.place.column)
        elif node.path in kinds.parameters:
            local = kinds.parameters[node.path].local
            for fact in local.by if local else ():
                yield from self.expression(fact, known)
        else:
            fact_type = kinds.fact(node.path)
            if fact_type is not None and fact_type.kind != "rows" and not is_present(node.path, known, kinds):
                yield self.checked.finding(
                    "rules.may_be_absent", node, name=node.path, case=absent_when(fact_type)
                )

    def extreme(self, node: n.Call) -> Iterator[Finding]:
        """The largest of no rows is nothing: the group must have at least one."""
        kinds = self.checked.kinds
        for name in names_in(node):
            fact = kinds.fact(name.path)
            group = kinds.fact(fact.rows) if fact is not None and fact.rows else None
            if group is not None and (not group.always or not group.minimum):
                yield self.checked.finding(
                    "rules.rows_may_be_empty", node, rows=fact.rows if fact and fact.rows else ""
                )
                return


def absent_when(fact: FactType) -> str:
    """The case in which the fact is absent, in signs both languages read."""
    if not fact.present_when:
        return "@rules.case.optional"
    alternatives = []
    for condition in fact.present_when:
        parts = [
            f"{held.name} ≠ {'/'.join(sorted(map(str, held.values)))}" if held.values else f"{held.name} = ∅"
            for held in condition
        ]
        alternatives.append(" ∨ ".join(parts))
    return " ∧ ".join(f"({part})" if len(alternatives) > 1 else part for part in alternatives)


def expressions_in(clause: n.Clause) -> Iterator[n.Expression]:
    """The expressions of a line but its condition, in the order they are worked out."""
    match clause:
        case n.Pay() | n.AtMost() | n.AtLeast() | n.Plus():
            yield clause.amount
        case n.Times():
            yield clause.count
        case n.Reduce():
            yield clause.by
        case n.Brackets() | n.Grades():
            yield clause.quantity
            yield from (row.amount for row in clause.rows)
        case n.Assignee() if clause.area is not None:
            yield clause.area
