"""What rules give for a situation, explained as on a fee notice and a reception slip, in both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from common.text import LANGUAGES, Text
from rules_dsl.allowance import Allowance
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.deadline import Deadline
from rules_dsl.evaluation import Evaluation, Reference
from rules_dsl.explain import day_sentences, sentences
from rules_dsl.fact_types import Scope
from rules_dsl.facts import Facts
from rules_dsl.ledger import LedgerEntry
from rules_dsl.nodes import RuleFile
from rules_dsl.terms import derive

Told = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule's result. `told` is, by language, the value with its law and then its reasons; `days` the count
    of a term day by day, empty for other rules and where no day can be derived."""

    title: Text
    evaluation: Evaluation
    told: Told
    days: Told = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explaining:
    """A rule file that passed its checks, with the facts it may read."""

    rules: RuleFile
    scope: Scope
    book: Rulebook

    @classmethod
    def of(cls, rules: RuleFile, scope: Scope) -> "Explaining":
        return cls(rules, scope, compile_rules(rules, scope))

    def all(self, names: Iterable[str], facts: Facts, reference: Reference) -> tuple[Explained, ...]:
        """The named rules one by one; names that have no value of their own are passed over."""
        return tuple(self._one(name, facts, reference) for name in names if name in self.book.rules)

    def _one(self, name: str, facts: Facts, reference: Reference) -> Explained:
        evaluation = self.book.evaluate(name, facts, reference)
        told = {each: sentences(evaluation, self.rules, each, self.scope) for each in LANGUAGES}
        days = _days(evaluation, facts, reference)
        return Explained(self.book.rules[name].title, evaluation, told, days)


def _days(evaluation: Evaluation, facts: Facts, reference: Reference) -> Told:
    received_at = facts.values.get("dossier.received_at")
    allowance = evaluation.value
    if not isinstance(allowance, Allowance) or not isinstance(received_at, datetime):
        return {}
    if reference.calendar is None:
        return {}
    started = LedgerEntry("started", allowance.starts_at(received_at))
    deadline = derive(allowance, (started,), reference.calendar)
    return (
        {each: day_sentences(deadline, each) for each in LANGUAGES} if isinstance(deadline, Deadline) else {}
    )
