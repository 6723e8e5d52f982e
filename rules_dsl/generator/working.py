"""What the lines of an amount rule have in common while its function is generated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from common.money import Money
from rules_dsl import nodes as n
from rules_dsl.generator.expressions import value_of
from rules_dsl.generator.program import Draft, Program
from rules_dsl.generator.term import Term
from rules_dsl.generator.ways import Ways
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import Kind
from rules_dsl.kinds import currency_of
from rules_dsl.moment import RulesNotChecked
from rules_dsl.recording import as_it_is


@dataclass(frozen=True, slots=True)
class Working:
    """`nothing` is what the function returns where nothing is due; `kind` the money the rule collects."""

    rule: n.AmountRule
    w: Writer
    nothing: str
    kind: Kind

    @classmethod
    def of(cls, rule: n.AmountRule, program: Program, traced: bool) -> Self:
        currency = currency_of(rule, program.kinds)
        nothing = program.constant(Money(0, currency), f"nothing_{currency}")
        return cls(rule, Writer.of(program, rule.as_of, traced), nothing, Kind("money", currency))

    def unknown(self, code: str) -> str:
        """The constant of an Unknown by the rule's own name."""
        return self.w.own_unknown(self.rule.name, code)

    def value(self, node: n.Expression) -> Term:
        """The value of an expression; the function ends where it is unknown."""
        return self.w.settle(value_of(node, self.w))

    def money(self, node: n.Expression) -> Term:
        value = self.value(node)
        if value.kind.name != "money":
            raise RulesNotChecked(f"{value.kind.name} is no amount of money")
        return value

    def told(self, term: Term) -> Term:
        """The term, worked out once where the log tells it too."""
        return self.w.hold(term, "told") if self.w.traced else term

    def put(
        self, ways: Ways, amount: Term, code: str, clause: n.Clause, told: Mapping[str, Term] | None = None
    ) -> None:
        """The running amount after the line, written down with what the line counted with."""
        way = ways.put(self.w.settle(amount))
        way.drafts.append(self.note(ways, code, clause, told or {}))

    def note(self, ways: Ways, code: str, clause: n.Clause, told: Mapping[str, Term]) -> Draft:
        return self.w.note(code, clause, self.rule, ways.variable, as_it_is, told)

    def changed(self, amount: Term, *, always: bool = False) -> Ways:
        """A variable for the amount after a line that may change it."""
        ways = Ways(self.w, self.w.fresh("due"))
        if not always:
            ways.put(amount)
        return ways
