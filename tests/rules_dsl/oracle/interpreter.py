"""Makes a rule file ready to be evaluated, many times, for many dossiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rules_dsl import nodes as n
from rules_dsl.amounts import amount_of
from rules_dsl.evaluation import Evaluation, Reasons, Reference, RuleKind, TraceLine
from rules_dsl.fact_types import Scope
from rules_dsl.kinds import Kinds
from rules_dsl.meaning import named
from rules_dsl.moment import Definitions, Moment
from rules_dsl.outcomes import allowance_of, assigned_by, chosen_by, need_of, requirement_of
from rules_dsl.reading import Facts
from rules_dsl.unknown import Unknown
from rules_dsl.values import Outcome, Value
from rules_dsl.working import Working
from rules_dsl.written import definitions_of

EvaluableRule = n.AmountRule | n.Term | n.Condition | n.Component | n.Choice | n.Assign


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of one definition by name; only those that have a value of their own."""

    rules: Mapping[str, EvaluableRule]
    parameters: Mapping[str, n.Parameter]
    definitions: Definitions

    def evaluate(self, name: str, facts: Facts, reference: Reference) -> Evaluation:
        """The value of the rule for these facts, with its reasons; what is not known makes it Unknown.

        Raises KeyError for a name that is no rule, RulesNotChecked where the checks find an error.
        """
        rule = self.rules[name]
        moment = Moment(self.definitions, facts, reference, rule.as_of)
        with moment.working_out(name):
            value, trace = _worked_out(rule, moment)
        return Evaluation(name, kind_of(rule), value, Reasons(trace, moment.used()))

    def let(self, name: str, facts: Facts, reference: Reference) -> Value | Unknown:
        """What is only named, as a rule reads it on the day of reception."""
        moment, let = Moment(self.definitions, facts, reference), self.definitions.lets[name]
        lapsed = moment.lapsed(let)
        return named(name, moment) if lapsed is None else lapsed


def compile_rules(rules: n.RuleFile, scope: Scope) -> Rulebook:
    """The rulebook of a file that passed its checks."""
    kinds = Kinds.of_file(rules, scope)
    evaluable = {rule.name: rule for rule in rules.rules if isinstance(rule, EvaluableRule)}
    return Rulebook(MappingProxyType(evaluable), MappingProxyType(kinds.parameters), definitions_of(kinds))


def kind_of(rule: EvaluableRule) -> RuleKind:
    """The kind that an evaluation of the rule carries."""
    match rule:
        case n.AmountRule():
            return rule.kind
        case n.Term():
            return "term"
        case n.Condition():
            return "condition"
        case n.Component():
            return "component"
        case n.Choice():
            return "choice"
        case n.Assign():
            return "assign"


def _worked_out(rule: EvaluableRule, moment: Moment) -> tuple[Outcome, tuple[TraceLine, ...]]:
    if isinstance(rule, n.AmountRule):
        return amount_of(rule, moment)
    work = Working(rule, moment)
    lapsed = moment.lapsed(rule)
    if lapsed is not None:
        return lapsed, ()
    return _outcome(rule, work), tuple(work.trace)


def _outcome(rule: EvaluableRule, work: Working) -> Outcome:
    match rule:
        case n.Term():
            return allowance_of(rule, work)
        case n.Condition():
            return requirement_of(rule, work)
        case n.Component():
            return need_of(rule, work)
        case n.Choice():
            return chosen_by(rule, work)
        case n.Assign():
            return assigned_by(rule, work)
    raise AssertionError(rule)
