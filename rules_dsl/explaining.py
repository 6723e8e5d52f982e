"""One rule explained: its value in sentences with law and facts, and for a term every day of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.clock import local_date
from rules_dsl import nodes as n
from rules_dsl.allowance import Allowance
from rules_dsl.deadline import DayLine
from rules_dsl.evaluation import Evaluation, Reference
from rules_dsl.explain import day_sentence, day_sentences, reason, sentences
from rules_dsl.fact_types import Scope
from rules_dsl.facts import Facts
from rules_dsl.ledger import LedgerEntry
from rules_dsl.terms import NOT_RECEIVED, Deadline, derive, derive_so_far
from rules_dsl.unknown import Unknown, calendar_unknown

RECEIVED = "dossier.received_at"


@dataclass(frozen=True, slots=True)
class Explanation:
    """`days` are the sentences of a term's ledger; empty for every other rule. `deadline` None: no term."""

    evaluation: Evaluation
    sentences: tuple[str, ...]
    deadline: Deadline | Unknown | None = None
    days: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The evaluation with its sentences, and for a term its deadline with the sentence of each day."""
        body = {**self.evaluation.to_json(), "sentences": list(self.sentences)}
        if isinstance(self.deadline, Deadline):
            body["deadline"] = self.deadline.to_json()
        elif self.deadline is not None:
            body["deadline"] = {"unknown": self.deadline.to_json()}
        return {**body, "days": list(self.days)} if self.deadline is not None else body


@dataclass(frozen=True, slots=True)
class Explainer:
    """`entries` are what happened to the clock after it started, as the ledger has them."""

    rules: n.RuleFile
    scope: Scope
    reference: Reference
    language: str
    entries: Sequence[LedgerEntry] = ()

    def explained(self, evaluation: Evaluation, facts: Facts) -> Explanation:
        said = sentences(evaluation, self.rules, self.language, self.scope)
        if not isinstance(evaluation.value, Allowance):
            return Explanation(evaluation, said)
        deadline, lines = self._term(evaluation.value, facts)
        if isinstance(deadline, Deadline):
            return Explanation(evaluation, said, deadline, day_sentences(deadline, self.language))
        days = [day_sentence(line, self.language) for line in lines]
        why = reason(deadline, evaluation, self.rules, self.language, self.scope)
        return Explanation(evaluation, said, deadline, (*days, f"{why}."))

    def _term(self, allowance: Allowance, facts: Facts) -> tuple[Deadline | Unknown, tuple[DayLine, ...]]:
        """The deadline, or why there is none; and the days until the clock stopped, if it stands still."""
        received_at, calendar = facts.values.get(RECEIVED), self.reference.calendar
        if not isinstance(received_at, datetime):
            return NOT_RECEIVED, ()
        started = LedgerEntry("started", allowance.starts_at(received_at))
        if calendar is None:
            return calendar_unknown(local_date(started.at)), ()
        entries = (started, *self.entries)
        return derive(allowance, entries, calendar), derive_so_far(allowance, entries, calendar)
