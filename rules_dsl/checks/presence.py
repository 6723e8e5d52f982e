"""A fact that may be absent is asked about before it is used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.checks.guards import NOTHING, Guards, implied, is_present
from rules_dsl.fact_types import Answer, FactType
from rules_dsl.kinds import NAMED
from rules_dsl.rows import is_over_rows
from rules_dsl.walk import names_in, parts_of


def unguarded_facts(checked: Checked) -> Iterator[Finding]:
    if checked.scope is None:
        return
    walk = _Walk(checked)
    for rule in checked.rules.rules:
        yield from walk.rule(rule)


# The name of a rule, and what is known where it is read.
Reading = tuple[str, frozenset[str], frozenset[tuple[str, frozenset[Answer]]]]


@dataclass(slots=True)
class _Walk:
    """Follows the order of evaluation, knowing at each point what must already hold."""

    checked: Checked
    under_way: list[str] = field(default_factory=list)
    known_findings: dict[Reading, list[Finding]] = field(default_factory=dict)

    def rule(self, rule: n.AnyRule) -> Iterator[Finding]:
        match rule:
            case n.AmountRule():
                yield from self.amount(rule)
            case n.Term() | n.Choice() | n.Assign():
                if isinstance(rule, n.Term) and rule.since is not None:
                    yield from self.expression(rule.since, NOTHING)
                lines = {n.Term: "clauses", n.Choice: "options", n.Assign: "assignees"}[type(rule)]
                yield from self.first_match(getattr(rule, lines))
            case n.Condition():
                yield from self.expression(rule.requires, NOTHING)
            case n.Component() if rule.when is not None:
                yield from self.expression(rule.when, NOTHING)
            case n.Always() if not isinstance(rule.claim, n.Monotony):
                yield from self.expression(rule.claim, NOTHING)

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
            case n.Converted():
                yield from self.expression(node.value, known)
                yield from self.name(node.rate, known)
            case n.Call() if is_over_rows(node) and node.function in ("largest", "smallest"):
                yield from self.expression(node.arguments[0], known)
                yield from self.extreme(node)
            case _:
                for part in parts_of(node):
                    yield from self.expression(part, known)

    def name(self, node: n.Name, known: Guards) -> Iterator[Finding]:
        rule = self.checked.kinds.rule(node.path)
        if rule is None:
            yield from self.fact(node, known)
        elif node.path not in self.under_way:
            for finding in self.behind(rule, known):
                yield replace(finding, line=node.place.line, column=node.place.column)

    def behind(self, rule: NAMED, known: Guards) -> list[Finding]:
        """What is wrong in what a name stands for, asked once for each state of knowledge."""
        reading = (rule.name, known.given, frozenset(known.values.items()))
        if reading not in self.known_findings:
            self.under_way.append(rule.name)
            parts = _read_by(rule)
            self.known_findings[reading] = [f for part in parts for f in self.expression(part, known)]
            self.under_way.pop()
        return self.known_findings[reading]

    def fact(self, node: n.Name, known: Guards) -> Iterator[Finding]:
        kinds = self.checked.kinds
        fact_type = kinds.fact(node.path)
        if fact_type is not None and fact_type.kind != "rows" and not is_present(node.path, known, kinds):
            case = absent_when(fact_type)
            yield self.checked.finding("rules.may_be_absent", node, name=node.path, case=case)

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


def _read_by(rule: NAMED) -> tuple[n.Expression, ...]:
    """What must be there for the rule to be read by its name; another rule's amount asks for itself."""
    match rule:
        case n.Let():
            return (rule.value,)
        case n.Parameter(local=n.LocalSetting() as local):
            return local.by
        case n.Table():
            return tuple(key for number, key in enumerate(rule.keys) if not _speaks_of_blank(rule, number))
        case n.Interpolation():
            return (rule.quantity,)
        case n.Rate():
            return (rule.on,)
    return ()


def _speaks_of_blank(table: n.Table, number: int) -> bool:
    """Whether the column says what holds when its key was not answered."""
    cells = (row.cells[number] for row in table.rows if number < len(row.cells))
    return any(isinstance(cell, n.AnyCell | n.BlankCell) for cell in cells)


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
        case n.Pay() | n.AtMost() | n.AtLeast() | n.Plus() | n.Less():
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
