"""A rule being worked out: which of its lines apply, and the trace they leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rules_dsl import nodes as n
from rules_dsl.arithmetic import NOTHING
from rules_dsl.evaluation import TraceLine
from rules_dsl.meaning import truth_of
from rules_dsl.moment import Moment, RulesNotChecked
from rules_dsl.unknown import Unknown
from rules_dsl.values import ExactMoney, Value

Result = TypeVar("Result")


@dataclass(slots=True)
class Working:
    """`row` is the number of the row being worked out, from 0; None outside repeated groups."""

    rule: n.AnyRule
    moment: Moment
    trace: list[TraceLine] = field(default_factory=list)
    row: int | None = None

    @property
    def nothing(self) -> ExactMoney:
        """Zero in the currency of the rule."""
        assert isinstance(self.rule, n.AmountRule)
        return ExactMoney(NOTHING, self.moment.definitions.currencies[self.rule.name])

    def applies(self, clause: n.Clause) -> bool | Unknown:
        """Whether the line is in force and its condition holds."""
        self.moment.forget_recent()
        in_force = self.moment.in_force(clause.law)
        if in_force is not True or clause.when is None:
            return in_force
        return truth_of(clause.when, self.moment)

    def noted(
        self,
        code: str,
        line: n.Clause | n.Rule,
        result: Result,
        parameters: Mapping[str, Value | Unknown] | None = None,
    ) -> Result:
        """The result, written down with what the line has looked up and read; an Unknown leaves no trace."""
        if not isinstance(result, Unknown):
            known = {
                key: value for key, value in (parameters or {}).items() if not isinstance(value, Unknown)
            }
            cites = line.law.cites or self.rule.law.cites
            self.trace += (replace(step, row=self.row) for step in self.moment.steps)
            self.moment.steps.clear()
            self.trace.append(
                TraceLine(code, line.place.line, result, self.moment.taken(), cites, known, self.row)  # type: ignore[arg-type]
            )
        return result


def as_money(value: Value | Unknown, like: ExactMoney) -> ExactMoney | Unknown:
    """The value as an amount; the sum of no rows is nothing of the currency of `like`."""
    if isinstance(value, ExactMoney | Unknown):
        return value
    if value == NOTHING and not isinstance(value, bool):
        return ExactMoney(NOTHING, like.currency)
    raise RulesNotChecked(f"{type(value).__name__} is no amount of money")
