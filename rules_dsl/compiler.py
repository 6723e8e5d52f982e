"""Makes a rule file ready to be evaluated, many times, for many dossiers: once per version, into Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from rules_dsl import nodes as n
from rules_dsl.evaluation import Evaluation, Reference
from rules_dsl.fact_types import Scope
from rules_dsl.facts import scope as scope_of
from rules_dsl.generator.module import EvaluableRule, Module, evaluable, module_of
from rules_dsl.reading import Facts
from rules_dsl.recording import Log, Recorded
from rules_dsl.values import Outcome


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of one definition by name; only those that have a value of their own."""

    rules: Mapping[str, EvaluableRule]
    parameters: Mapping[str, n.Parameter]
    module: Module

    def value(self, name: str, facts: Facts, reference: Reference) -> Outcome:
        """The bare value of the rule for these facts; Unknown where something it needs is not known.

        Raises KeyError for a name that is no rule, RulesNotChecked where the checks find an error.
        """
        return cast(Outcome, self.module.plain[name](facts, reference, {}))

    def evaluate(self, name: str, facts: Facts, reference: Reference) -> Evaluation:
        """The value with its reasons, which are put together only when somebody asks for them."""
        log: Log = []
        value = self.module.traced[name](facts, reference, {}, log)
        reasons = Recorded(log, self.module.notes, facts)
        return Evaluation(name, self.module.kinds[name], value, reasons)


def compile_rules(rules: n.RuleFile, scope: Scope | None = None) -> Rulebook:
    """The rulebook of a file that passed its checks.

    `scope` holds the facts of the whole form; None: the rules read none but those of the dossier.
    """
    evaluated = {rule.name: rule for rule in evaluable(rules)}
    parameters = {rule.name: rule for rule in rules.rules if isinstance(rule, n.Parameter)}
    module = module_of(rules, scope_of({}) if scope is None else scope)
    return Rulebook(MappingProxyType(evaluated), MappingProxyType(parameters), module)
