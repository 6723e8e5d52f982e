"""What a definition makes of an invented situation, ready to be kept as an example."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.calendar import WorkingCalendar
from common.money import Money, totals
from common.problems import Problem
from form_builder.judge import judge
from form_builder.visibility import prune
from procedure_library.compiled import Compiled
from procedure_library.definition import CaseType
from rules_dsl.allowance import Allowance
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, read_facts
from rules_dsl.ledger import LedgerEntry
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


def recorded(
    compiled: Compiled,
    case_type: CaseType,
    answers: Mapping[str, Any],
    dossier: Mapping[str, Any],
    calendar: WorkingCalendar | None,
) -> Recorded:
    """The situation worked out at filing, without local amounts: an example never depends on one province."""
    schema = compiled.schema_at(MOMENT, case_type.key)
    kept = prune(schema, answers)
    problems = judge(schema, kept)
    if problems:
        return Recorded(kept, {"problems": sorted(problem.where for problem in problems)}, problems)
    facts = read_facts(compiled.scope_at(MOMENT, case_type.key), {"answers": kept, "dossier": dossier})
    if isinstance(facts, tuple):
        return Recorded(kept, {}, facts)
    return _Situation(compiled, case_type, facts, Reference(calendar)).recorded(kept)


@dataclass(frozen=True, slots=True)
class _Situation:
    compiled: Compiled
    case_type: CaseType
    facts: Facts
    reference: Reference

    def recorded(self, answers: Mapping[str, Any]) -> Recorded:
        kind = self.case_type
        names = (*kind.amounts, *kind.components, *kind.conditions, *([kind.term] if kind.term else []))
        values = {name: self._value(name) for name in names}
        unknown = {name: value.missing for name, value in values.items() if isinstance(value, Unknown)}
        return Recorded(answers, dict(self._expect(values)), (), unknown)

    def _expect(self, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        kind = self.case_type
        amounts = {name: values[name] for name in kind.amounts if isinstance(values[name], Money)}
        if amounts:
            yield "amounts", {name: encode(value) for name, value in amounts.items()}
        if len(sums := totals(amounts.values())) == 1 and len(amounts) == len(kind.amounts):
            yield "total", encode(sums[0])
        conditions = {name: values[name] for name in kind.conditions if isinstance(values[name], bool)}
        if conditions:
            yield "conditions", conditions
        needs = [values[name] for name in kind.components]
        if all(isinstance(need, ComponentNeed) for need in needs):
            yield "components", [name for name in kind.components if values[name].needed]
        allowance = values.get(kind.term or "")
        if isinstance(allowance, Allowance) and (day := self._due_on(allowance)):
            yield "due_on", day

    def _value(self, name: str) -> Any:
        return self.compiled.rulebook.evaluate(name, self.facts, self.reference).value

    def _due_on(self, allowance: Allowance) -> str | None:
        received_at = self.facts.values.get("dossier.received_at")
        if self.reference.calendar is None or not isinstance(received_at, datetime):
            return None
        deadline = derive(allowance, (LedgerEntry("started", received_at),), self.reference.calendar)
        return None if isinstance(deadline, Unknown) else deadline.due_on.isoformat()
