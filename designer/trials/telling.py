"""The course of a trial as it is read: who did what, when, what it cost, what it promised, and by which law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.calendar import WorkingCalendar
from common.money import Money
from common.text import LANGUAGES, Text
from designer.rule_editing.explained import Explained
from procedure_library.compiled import Compiled
from procedure_library.definition import Step
from procedure_library.playing import Happened, Played, Printed, Standing
from rules_dsl.allowance import Allowance
from rules_dsl.deadline import Deadline
from rules_dsl.evaluation import Evaluation
from rules_dsl.explain import day_sentences, sentences
from rules_dsl.facts import Scope, scope
from rules_dsl.ledger import LedgerEntry
from rules_dsl.terms import derive

# What a step that was never drawn is called in a course: reception and handing over are everybody's.
NOWHERE = Text("")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, in the shape of an entry of a dossier's history, with all that came of it."""

    number: int
    act: str
    acting_as: str
    at: datetime
    standing: Standing
    step: Text
    outcome: Text
    kind: str
    how: str
    interrupts: bool
    reason: str
    letters: tuple[Printed, ...]
    mails: tuple[str, ...]
    explained: tuple[Explained, ...]
    paid: tuple[Money, ...]
    ask: Text
    to: str = ""


def told(played: Played, ready: Compiled, calendar: WorkingCalendar | None) -> tuple[Told, ...]:
    """In the order in which it happened."""
    known = scope(ready.definition.form, [kind.key for kind in ready.definition.case_types])
    telling = _Telling(ready, known, calendar)
    return tuple(telling.one(number, each) for number, each in enumerate(played.happened))


@dataclass(frozen=True, slots=True)
class _Telling:
    ready: Compiled
    scope: Scope
    calendar: WorkingCalendar | None

    def one(self, number: int, happened: Happened) -> Told:
        step = self.ready.graph.steps.get(happened.step)
        is_deemed = happened.outcome == "deemed"
        return Told(
            number=number,
            act=happened.act,
            acting_as=happened.role,
            at=happened.at,
            standing=happened.standing,
            step=step.name if step else NOWHERE,
            outcome=_outcome(step, happened),
            kind=step.kind if step else "",
            how="deemed" if is_deemed else "",
            interrupts=bool(happened.way) and happened.act in ("pass_limit", "fail", "withdraw"),
            reason=happened.reason,
            letters=happened.letters,
            mails=happened.mails,
            explained=tuple(self._explained(happened)),
            paid=happened.paid,
            ask=next((ask.name for ask in step.asks if ask.key == happened.ask), NOWHERE)
            if step
            else NOWHERE,
        )

    def _explained(self, happened: Happened) -> Iterator[Explained]:
        """Amounts and terms, each rule once; choices and conditions go without saying."""
        read = {each.rule: each for each in happened.read if isinstance(each.value, Money | Allowance)}
        for evaluation in read.values():
            title = self.ready.rulebook.rules[evaluation.rule].title
            said = {each: sentences(evaluation, self.ready.rules, each, self.scope) for each in LANGUAGES}
            yield Explained(title, evaluation, said, self._days(evaluation, happened.at))

    def _days(self, evaluation: Evaluation, at: datetime) -> Mapping[str, tuple[str, ...]]:
        """The count of a term that began then, day by day."""
        allowance: Any = evaluation.value
        if not isinstance(allowance, Allowance) or self.calendar is None:
            return {}
        started = LedgerEntry("started", allowance.starts_at(at.replace(second=0, microsecond=0)))
        deadline = derive(allowance, (started,), self.calendar)
        if not isinstance(deadline, Deadline):
            return {}
        return {each: day_sentences(deadline, each) for each in LANGUAGES}


def _outcome(step: Step | None, happened: Happened) -> Text:
    ways = step.ways if step else ()
    return next((way.label for way in ways if way.key == happened.outcome), Text(happened.outcome))
