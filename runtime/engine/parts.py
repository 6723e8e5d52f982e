"""Parts that several acts put into their records."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from msgspec.structs import replace

from common.clock import ZONE
from common.problems import Refusal
from common.text import nfc
from rules_dsl.evaluation import Evaluation
from runtime.engine import clock
from runtime.engine.context import Context
from runtime.engine.events import AnyEvent
from runtime.engine.record import Closed, Judged, Reading, Record
from runtime.engine.state import OpenTask, State
from runtime.engine.status import Status
from runtime.engine.walk import Walked


def judged(
    event: AnyEvent, role: str, status: Status, evaluations: Sequence[Evaluation] = (), **parts: Any
) -> Judged:
    """The record of the event, beside the evaluations it rests on."""
    readings = tuple(Reading.of(evaluation) for evaluation in evaluations)
    record = Record(event.act, event.at, event.by.account_id, role, status, readings=readings, **parts)
    return Judged(record, tuple(evaluations))


def reason_digest(text: str) -> str:
    """What the record keeps of a typed reason; "" when none was given."""
    return sha256(nfc(text.strip()).encode()).hexdigest() if text.strip() else ""


def closing(state: State, done: int | None = None) -> tuple[Closed, ...]:
    """All open tasks: the one that was done, the others cancelled."""
    return tuple(Closed(t.number, "done" if t.number == done else "cancelled") for t in state.tasks)


def reception_task(state: State, context: Context, at: datetime) -> OpenTask:
    """The work that a filing makes: looking whether it is complete, in the next session at the latest."""
    due_at = clock.reception_due(at, context.reference.calendar)
    return OpenTask(state.opened + 1, "reception", "reception", "reception", "receiving", at, due_at)


def hand_over_task(state: State, context: Context, at: datetime) -> OpenTask:
    """The work that a decision leaves: giving the result to the applicant, by the promised time."""
    due_at = state.appointment or clock.reception_due(at, context.reference.calendar)
    return OpenTask(state.opened + 1, "hand_over", "hand_over", "reception", "receiving", at, due_at)


def opened(context: Context, state: State, walked: Walked, at: datetime) -> tuple[OpenTask, ...]:
    """The tasks of the steps entered; once decided, the task of handing over."""
    if status_after(walked) != "decided":
        return walked.opened
    after = replace(state, opened=state.opened + len(walked.opened))
    return (*walked.opened, hand_over_task(after, context, at))


def no_reason(text: str) -> Refusal | None:
    return None if text.strip() else Refusal("dossiers.reason_missing")


def day(value: date) -> str:
    """A date as both languages print it: 10/03/2026."""
    return value.strftime("%d/%m/%Y")


def instant(value: datetime | None) -> str:
    """An instant where the office is: 15:30 10/03/2026."""
    return value.astimezone(ZONE).strftime("%H:%M %d/%m/%Y") if value else ""


def status_after(walked: Walked) -> Status:
    """Decided once an end was reached and nothing waits; else the applicant's turn, or the office's."""
    match walked.ending:
        case "granted" | "refused":
            return "decided"
        case "withdrawn" | "stopped" as closed:
            return closed
    if walked.walk.awaiting:
        return "awaiting_supplement"
    return "awaiting_payment" if walked.walk.paying else "in_process"


def claimed_refusal(task: OpenTask) -> Refusal:
    """Somebody else has the task. The shell turns the account into a name."""
    return Refusal("dossiers.task_claimed", {"account": task.claimed_by or 0, "at": instant(task.claimed_at)})
