"""One task completed: money taken, the decision it may be, the way on, and what that means for the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from common.problems import Refusal
from procedure_library.definition import Ending, Outcome, Step
from rules_dsl.evaluation import Evaluation
from rules_dsl.facts import Facts
from rules_dsl.terms import Allowance, LedgerEntry
from runtime.engine import amounts, clock, walk
from runtime.engine.beginning import Begun, term_read
from runtime.engine.context import Context
from runtime.engine.events import Complete
from runtime.engine.parts import closing, judged, opened, reason_digest, status_after
from runtime.engine.record import Closed, Judged
from runtime.engine.state import Decided, Due, OpenTask, State
from runtime.engine.status import CLOSED
from runtime.engine.walk import Walked


@dataclass(frozen=True, slots=True)
class Completion:
    context: Context
    state: State
    event: Complete
    task: OpenTask
    outcome: Outcome
    facts: Facts
    role: str

    def record(self) -> Judged | Refusal:
        """The record, or the first reason why the task cannot be completed so."""
        charged = self._evaluated(self._collects())
        conditions = self._evaluated(self._conditions())
        for evaluations in (charged, conditions):
            if refusal := amounts.known(self.context, evaluations):
                return refusal
        if failed := [c.rule for c in conditions if c.value is False]:
            return Refusal("dossiers.condition_not_met", amounts.titled(self.context, failed[0]))
        paid = amounts.paid(amounts.owed(charged))
        if self.event.shown is not None and paid is not None and self.event.shown != paid.sums:
            return Refusal("dossiers.amount_changed")
        walked = walk.go_on(
            self.context, self.state, self.task.step, self.outcome.key, self.facts, self.event.at
        )
        if isinstance(walked, Refusal):
            return walked
        decision = self._decision(walked)
        if self._needs_reason(walked, decision) and not self.event.reason.strip():
            return Refusal("dossiers.reason_missing")
        begun = self._begun(walked, decision, charged)
        if isinstance(begun, Refusal):
            return begun
        return self._as_record(walked, decision, charged, (*charged, *conditions, *walked.choices), begun)

    @property
    def _step(self) -> Step:
        return self.context.compiled.step(self.task.step)

    def _evaluated(self, names: Sequence[str]) -> tuple[Evaluation, ...]:
        return amounts.evaluate(self.context, self.facts, names)

    def _collects(self) -> tuple[str, ...]:
        """The rules whose amounts are taken now: not twice, not when the outcome turns the case down,
        and nothing where the office puts its own error right."""
        if self.outcome.decision not in (None, "granted") or self.state.corrects:
            return ()
        return amounts.to_collect(self._step, self.state)

    def _conditions(self) -> tuple[str, ...]:
        """What the law requires of who gets the result: judged again by the act that grants it."""
        granted = self.outcome.decision == "granted"
        return amounts.case_type(self.context).conditions if granted else ()

    def _decision(self, walked: Walked) -> Decided | None:
        """The official act: by the outcome itself, or by an end reached without an earlier decision."""
        ending: Ending | None = self.outcome.decision
        if ending is None and self.state.decision is None:
            ending = walked.ending
        if ending is None:
            return None
        return Decided(self.outcome.key, ending, self.event.at, self.event.by.account_id)

    def _needs_reason(self, walked: Walked, decision: Decided | None) -> bool:
        """What turns down, stops, or asks the applicant for more is never without words."""
        turned_down = decision is not None and decision.ending != "granted"
        return self.outcome.needs_reason or turned_down or self._asks(walked)

    def _asks(self, walked: Walked) -> bool:
        return set(walked.walk.awaiting) > set(self.state.awaiting)

    def _begun(
        self, walked: Walked, decision: Decided | None, charged: tuple[Evaluation, ...]
    ) -> Begun | Refusal | None:
        """The term, where this act brings or puts right what it is counted from; None when it does not."""
        if _has_ended(walked):
            return None
        state = replace(self.state, decision=decision) if decision else self.state
        paying = amounts.paid(amounts.owed(charged)) is not None
        return term_read(self.context, state, self.task.step, self.event.at, paying=paying)

    def _as_record(
        self,
        walked: Walked,
        decision: Decided | None,
        charged: tuple[Evaluation, ...],
        evaluations: tuple[Evaluation, ...],
        begun: Begun | None,
    ) -> Judged:
        status, ended = status_after(walked), _has_ended(walked)
        return judged(
            self.event,
            self.role,
            status,
            law=self.context.law,
            answers=self.event.answers,
            task=self.task.number,
            step=self.task.step,
            outcome=self.outcome.key,
            reason=reason_digest(self.event.reason),
            asked=self.event.asks if self._asks(walked) else (),
            walk=walked.walk,
            tasks=opened(self.context, self.state, walked, self.event.at),
            closed=closing(self.state, self.task.number) if ended else self._done(),
            evaluations=(*evaluations, *(begun.terms if begun else ())),
            owed=amounts.owed((*charged, *walked.choices)),
            paid=amounts.paid(amounts.owed(charged)),
            decision=decision,
            ending=walked.ending,
            **self._clock(walked, ended, begun),
        )

    def _done(self) -> tuple[Closed, ...]:
        return (Closed(self.task.number, "done"),)

    def _clock(self, walked: Walked, ended: bool, begun: Begun | None) -> dict[str, Any]:
        """Ledger and deadline where the act touches them; after the end the last deadline stands."""
        if ended:
            return {"ledger": clock.stopped(self.state, self.event.at)}
        allowance = begun.allowance if begun else self.state.allowance
        ledger = begun.ledger if begun else ()
        if self._asks(walked):
            ledger += clock.suspended(replace(self.state, allowance=allowance), self.event.at)
        elif halted := self._halted(walked, allowance, ledger):
            ledger += halted
        elif begun is None:
            return {}
        due = clock.due(allowance, self.state.ledger + ledger, self.context.reference.calendar)
        touched = {"ledger": ledger, "due": due}
        return touched if begun is None else touched | _promised(begun, due)

    def _halted(
        self, walked: Walked, allowance: Allowance | None, ledger: tuple[LedgerEntry, ...]
    ) -> tuple[LedgerEntry, ...]:
        """The clock stands still from now on, where the applicant owes money."""
        if status_after(walked) != "awaiting_payment":
            return ()
        return clock.halted(allowance, self.state.ledger + ledger, self.event.at)


def _promised(begun: Begun, due: Due | None) -> dict[str, Any]:
    """The date that reception could not tell yet, with its slip; what was promised stands."""
    appointment = due.at if due and begun.promised is None else None
    return {
        "allowance": begun.allowance,
        "appointment": appointment,
        "slip": appointment is not None,
    }


def _has_ended(walked: Walked) -> bool:
    status = status_after(walked)
    return status == "decided" or status in CLOSED
