"""What the lines of a rule have in common while it is written on columns."""

from dataclasses import dataclass, field, replace

from rules_dsl import nodes as n
from rules_dsl.columns.expressions import truth_of, value_of
from rules_dsl.columns.masks import NONE, both, either, opposite, without
from rules_dsl.columns.operations import doubt_where
from rules_dsl.columns.writer import ColumnWriter, missing
from rules_dsl.generator.term import Doubt, Term


@dataclass(slots=True)
class Working:
    """`unknown` are the masks of rows whose value is not known, `settled` those that no later line changes."""

    rule: n.AnyRule
    w: ColumnWriter
    unknown: list[str] = field(default_factory=list)
    settled: str = NONE

    def doubt(self, mask: str) -> None:
        if mask != NONE:
            self.unknown.append(mask)

    def value(self, node: n.Expression, where: str) -> Term:
        """The value of an expression; a row where it is missing and needed is not known."""
        term = value_of(node, self.w)
        self.doubt(both(where, missing(term)))
        return replace(term, doubts=())

    def applies(self, clause: n.Clause) -> tuple[str, str]:
        """The rows where the line is in force and its condition holds, and those where that is not known."""
        in_force = self.w.in_force(clause.law)
        if clause.when is None:
            return in_force.code, missing(in_force)
        holds = truth_of(clause.when, self.w)
        doubt = either(missing(in_force), both(in_force.code, missing(holds)))
        return self.w.hold(both(in_force.code, holds.code), "applies"), self.w.hold(doubt, "doubt")

    def doubts(self) -> tuple[Doubt, ...]:
        """Where the rule has no value: where it is not known, or not in force."""
        in_force = self.w.in_force(self.rule.law)
        lapsed = either(missing(in_force), opposite(in_force.code))
        return doubt_where(either(lapsed, self.not_known()), self.rule.name, self.w)

    def not_known(self) -> str:
        """The mask of rows where what the lines say is not known."""
        return without(either(NONE, *self.unknown), self.settled)
