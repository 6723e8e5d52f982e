"""Tries a case out with the reference meaning: nothing is told that does not come out so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules_dsl import nodes as n
from rules_dsl.arithmetic import NOTHING, combined, compared
from rules_dsl.compiler import Rulebook
from rules_dsl.evaluation import Reference
from rules_dsl.limits import TESTS, fits, like, limit_of
from rules_dsl.meaning import named, truth_of, value_of
from rules_dsl.moment import Definitions, Moment
from rules_dsl.reading import Facts
from rules_dsl.unknown import Unknown
from rules_dsl.values import Outcome, Value
from rules_dsl.working import Working


@dataclass(frozen=True, slots=True)
class Trial:
    """A case as the reference meaning sees it."""

    book: Rulebook
    definitions: Definitions
    facts: Facts
    reference: Reference

    def value(self, name: str) -> Outcome:
        return self.book.evaluate(name, self.facts, self.reference).value

    def comes_to(self, name: str, *codes: str) -> bool:
        """Whether the rule has no value, for one of these reasons."""
        value = self.value(name)
        return isinstance(value, Unknown) and value.code in codes

    def moment(self, as_of: n.AsOf = "reception") -> Moment:
        return Moment(self.definitions, self.facts, self.reference, as_of)

    def named(self, name: str) -> Value | Unknown:
        """What a name stands for in an expression."""
        return named(name, self.moment())

    def holds(self, claim: n.Expression) -> bool | Unknown:
        return truth_of(claim, self.moment())

    def works(self, rule: n.AnyRule) -> Iterator[Working]:
        """The rule being worked out: once, or for each of its rows."""
        moment = self.moment(rule.as_of if isinstance(rule, n.ValuedRule) else "reception")
        if not isinstance(rule, n.AmountRule) or rule.each is None:
            yield Working(rule, moment)
            return
        for _ in moment.each_row(rule.each):
            yield Working(rule, moment)

    def counts(self, rule: n.AnyRule, lines: Sequence[n.Clause], line: n.Clause) -> bool:
        """Whether the line is the first of them that applies, somewhere."""
        return any(first_applying(work, lines) is line for work in self.works(rule))

    def changes(self, rule: n.AmountRule, giving: Sequence[n.Clause], *lines: n.Clause) -> bool:
        """Whether all these lines apply together where something is due."""
        return any(
            _is_due(first_applying(work, giving), giving)
            and all(work.applies(line) is True for line in lines)
            for work in self.works(rule)
        )

    def in_bracket(
        self, rule: n.AmountRule, giving: Sequence[n.Clause], clause: n.Brackets, row: n.Bracket
    ) -> bool:
        """Whether the bracket is the first that holds the quantity, somewhere."""
        return any(
            first_applying(work, giving) is clause and first_bracket(clause, work.moment) is row
            for work in self.works(rule)
        )

    def brackets_differ(
        self,
        rule: n.AmountRule,
        giving: Sequence[n.Clause],
        clause: n.Brackets,
        rows: tuple[n.Bracket, n.Bracket],
    ) -> bool:
        """Whether both brackets name the quantity and give different amounts, somewhere."""
        return any(
            first_applying(work, giving) is clause and _differ(clause, rows, work.moment)
            for work in self.works(rule)
        )

    def rows_applying(self, table: n.Table) -> list[n.TableRow]:
        """The rows of the table that apply, in their order."""
        moment = self.moment()
        return [row for row in table.rows if _row_applies(row, table, moment)]


def _row_applies(row: n.TableRow, table: n.Table, moment: Moment) -> bool:
    cells = zip(row.cells, table.keys, strict=True)
    return moment.in_force(row.law) is True and all(
        isinstance(cell, n.AnyCell) or fits(cell, value_of(key, moment)) is True for cell, key in cells
    )


def _is_due(line: n.Clause | None, giving: Sequence[n.Clause]) -> bool:
    return not giving or not (line is None or isinstance(line, n.Exempt))


def _differ(clause: n.Brackets, rows: Sequence[n.Bracket], moment: Moment) -> bool:
    quantity = value_of(clause.quantity, moment)
    if isinstance(quantity, Unknown) or not all(holds_quantity(row, quantity) for row in rows):
        return False
    one, other = (_amount_in(clause, row, quantity, moment) for row in rows)
    return one != other and not isinstance(one, Unknown) and not isinstance(other, Unknown)


def _amount_in(clause: n.Brackets, wanted: n.Bracket, quantity: Value, moment: Moment) -> Value | Unknown:
    """What the bracket gives, whether or not an earlier one holds the quantity as well."""
    floor = like(NOTHING, quantity)
    for row in clause.rows:
        bounds = [(bound.kind, limit_of(bound.limit, quantity)) for bound in row.bounds]
        floor = next((limit for kind, limit in bounds if kind in ("from", "above")), floor)
        if row is wanted:
            break
        floor = next((limit for kind, limit in bounds if kind in ("below", "up_to")), floor)
    excess = combined(quantity, "-", floor)
    if isinstance(excess, Unknown):
        return excess
    return value_of(wanted.amount, replace(moment, bracket=(quantity, excess)))


def first_applying(work: Working, lines: Sequence[n.Clause]) -> n.Clause | None:
    return next((line for line in lines if work.applies(line) is True), None)


def first_bracket(clause: n.Brackets, moment: Moment) -> n.Bracket | None:
    quantity = value_of(clause.quantity, moment)
    if isinstance(quantity, Unknown):
        return None
    return next((row for row in clause.rows if holds_quantity(row, quantity)), None)


def holds_quantity(row: n.Bracket, quantity: Value) -> bool:
    return all(compared(quantity, TESTS[bound.kind], limit_of(bound.limit, quantity)) for bound in row.bounds)
