"""What a definition makes of an invented situation, explained, and ready to be kept as an example."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.money import Money, totals
from common.problems import Problem
from designer.rule_editing.explained import Explained, Explaining
from form_builder.judge import judge
from form_builder.visibility import prune
from procedure_library.compiled import Compiled
from procedure_library.definition import CaseType
from procedure_library.shipped_places import national_places
from rules_dsl.allowance import Allowance
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, read_facts
from rules_dsl.ledger import LedgerEntry
from rules_dsl.nodes import Choice
from rules_dsl.terms import derive
from rules_dsl.unknown import Unknown
from rules_dsl.values import ComponentNeed, encode

MOMENT = "filing"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came out, in the shape of an example's `expect`; `unknown`: rules that lack something, and what.

    `problems` are the answers that the form refuses: nothing else is then worked out.
    """

    answers: Mapping[str, Any]
    expect: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    explained: tuple[Explained, ...] = ()


def recorded(
    compiled: Compiled,
    case_type: CaseType,
    answers: Mapping[str, Any],
    dossier: Mapping[str, Any],
    reference: Reference,
    *,
    moment: str = MOMENT,
    asked: str = "",
) -> Recorded:
    """The situation worked out at a moment; the rule in `asked` is explained before all others.

    `reference` holds no local amounts but those that the situation supposes: it never depends on one province.
    """
    form = compiled.with_places(national_places()).form_at(moment, case_type.key)
    kept = prune(form, answers)
    problems = judge(form, kept)
    if problems:
        return Recorded(kept, {"problems": sorted(problem.where for problem in problems)}, problems)
    facts = read_facts(compiled.scope_at(moment, case_type.key), {"answers": kept, "dossier": dossier})
    if isinstance(facts, tuple):
        return Recorded(kept, {}, facts)
    return _Situation(compiled, case_type, facts, reference, moment).recorded(kept, asked)


@dataclass(frozen=True, slots=True)
class _Situation:
    compiled: Compiled
    case_type: CaseType
    facts: Facts
    reference: Reference
    moment: str

    def recorded(self, answers: Mapping[str, Any], asked: str) -> Recorded:
        names = dict.fromkeys([*([asked] if asked else []), *self._names()])
        scope = self.compiled.scope_at(self.moment, self.case_type.key)
        explaining = Explaining(self.compiled.rules, scope, self.compiled.rulebook)
        explained = explaining.all(names, self.facts, self.reference)
        values = {each.evaluation.rule: each.evaluation.value for each in explained}
        unknown = {name: value.missing for name, value in values.items() if isinstance(value, Unknown)}
        return Recorded(answers, dict(self._expect(values)), (), unknown, explained)

    def _names(self) -> Iterator[str]:
        """What is worked out then: at filing all that the applicant is told, at a task what it decides by."""
        kind = self.case_type
        yield from kind.amounts
        if self.moment == MOMENT:
            yield from (*([kind.term] if kind.term else []), *kind.conditions, *kind.components)
        else:
            yield from (rule.name for rule in self.compiled.rules.rules if isinstance(rule, Choice))

    def _expect(self, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        kind = self.case_type
        amounts = {name: values[name] for name in kind.amounts if isinstance(values[name], Money)}
        if amounts:
            yield "amounts", {name: encode(value) for name, value in amounts.items()}
        if len(sums := totals(amounts.values())) == 1 and len(amounts) == len(kind.amounts):
            yield "total", encode(sums[0])
        yield from self._said(values)
        if self.moment != MOMENT:
            return
        needs = [values[name] for name in kind.components]
        if all(isinstance(need, ComponentNeed) for need in needs):
            yield "components", [name for name in kind.components if values[name].needed]
        allowance = values.get(kind.term or "")
        if isinstance(allowance, Allowance) and (day := self._due_on(allowance)):
            yield "due_on", day

    def _said(self, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        rules = self.compiled.rulebook.rules
        conditions = {
            name: values[name] for name in self.case_type.conditions if isinstance(values.get(name), bool)
        }
        choices = {
            name: value
            for name, value in values.items()
            if isinstance(rules[name], Choice) and isinstance(value, str)
        }
        if conditions:
            yield "conditions", conditions
        if choices and self.moment != MOMENT:
            yield "choices", choices

    def _due_on(self, allowance: Allowance) -> str | None:
        received_at = self.facts.values.get("dossier.received_at")
        if self.reference.calendar is None or not isinstance(received_at, datetime):
            return None
        started = LedgerEntry("started", allowance.starts_at(received_at))
        deadline = derive(allowance, (started,), self.reference.calendar)
        return None if isinstance(deadline, Unknown) else deadline.due_on.isoformat()
