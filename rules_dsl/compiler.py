"""Makes a rule file ready to be evaluated, many times, for many dossiers: once per version, into Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from rules_dsl import nodes as n
from rules_dsl.evaluation import Evaluation, Reference
from rules_dsl.fact_types import Scope
from rules_dsl.generator.module import EvaluableRule, Module, evaluable, module_of
from rules_dsl.kinds import Kinds
from rules_dsl.reading import Facts
from rules_dsl.recording import Log, Recorded
from rules_dsl.unknown import Unknown
from rules_dsl.values import Outcome, Value

if TYPE_CHECKING:
    from rules_dsl.columns.column import Column, Outcomes


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of one definition by name; only those that have a value of their own."""

    rules: Mapping[str, EvaluableRule]
    kinds: Kinds
    module: Module

    @property
    def parameters(self) -> Mapping[str, n.Parameter]:
        return self.kinds.parameters

    @property
    def rates(self) -> Mapping[str, n.Rate]:
        return self.kinds.rates

    def value(self, name: str, facts: Facts, reference: Reference) -> Outcome:
        """The bare value of the rule for these facts; Unknown where something it needs is not known.

        Raises KeyError for a name that is no rule, RulesNotChecked where the checks find an error.
        """
        return self.module.plain[name](facts, reference, {})

    def let(self, name: str, facts: Facts, reference: Reference) -> Value | Unknown:
        """What is only named, as rules read it; Unknown where something it needs is not known.

        Raises KeyError for a name that is no let, or is one for each row of a repeated group only.
        """
        return self.module.lets[name](facts, reference)

    def evaluate(self, name: str, facts: Facts, reference: Reference) -> Evaluation:
        """The value with its reasons, which are put together only when somebody asks for them."""
        log: Log = []
        value = self.module.traced[name](facts, reference, {}, log)
        reasons = Recorded(log, self.module.notes, facts)
        return Evaluation(name, self.module.kinds[name], value, reasons)

    def batch(self, name: str, columns: "Mapping[str, Column]", reference: Reference) -> "Outcomes":
        """The values of the rule for many dossiers: a column of answers for each question, a column out.

        The same as one by one, to the đồng, and many times quicker where 64 bits are proved to be enough.
        """
        # NumPy costs every process that starts; only who works out many dossiers pays for it.
        from rules_dsl.columns.batch import batch_of

        return batch_of(self.rules[name], self.module.plain[name], self.kinds, columns, reference)


def compile_rules(rules: n.RuleFile, scope: Scope) -> Rulebook:
    """The rulebook of a file that passed its checks, against the same `scope`: the facts of the whole form."""
    evaluated = {rule.name: rule for rule in evaluable(rules)}
    kinds = Kinds.of_file(rules, scope)
    return Rulebook(MappingProxyType(evaluated), kinds, module_of(rules, kinds))
