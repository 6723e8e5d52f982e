"""Leaders direct the work: a task given to a named official, one that is stuck put before them."""

from msgspec.structs import replace

from common.problems import Refusal
from runtime.engine.context import Context
from runtime.engine.events import Escalate, Reassign
from runtime.engine.parts import claimed_refusal, instant, judged, no_reason, reason_digest
from runtime.engine.record import Judged
from runtime.engine.rights import MACHINE, acting_on, leading
from runtime.engine.state import OpenTask, State


def reassign(context: Context, state: State, event: Reassign) -> Judged | Refusal:
    """The task is that official's from now on, whoever had it; whoever holds its role in the unit may get it."""
    task = state.task(event.task)
    if task is None:
        return Refusal("dossiers.task_closed")
    role = leading(task, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if not event.to.holds(task.role, context.parties.units[task.area]):
        return Refusal("dossiers.cannot_be_given", {"name": event.to.name})
    if task.claimed_by == event.to.account_id:
        return claimed_refusal(task)
    given = replace(
        task,
        claimed_by=event.to.account_id,
        claimed_at=event.at,
        given_by=event.by.account_id,
        # Whoever gives it to somebody has seen to it.
        escalated_at=None,
        escalated_by=None,
    )
    return judged(
        event,
        role,
        state.status,
        task=task.number,
        step=task.step,
        tasks=(given,),
        reason=reason_digest(event.reason),
    )


def escalate(context: Context, state: State, event: Escalate) -> Judged | Refusal:
    """The leader has it on the list until it is done or given to somebody."""
    task = state.task(event.task)
    if task is None:
        return Refusal("dossiers.task_closed")
    role = _reporting(context, task, event)
    if isinstance(role, Refusal):
        return role
    if task.escalated_at is not None:
        return Refusal("dossiers.already_done", _told(task))
    refusal = _not_overdue(state, task, event) if role == MACHINE else no_reason(event.reason)
    if refusal is not None:
        return refusal
    put_up = replace(task, escalated_at=event.at, escalated_by=event.by.account_id)
    return judged(
        event,
        role,
        state.status,
        task=task.number,
        step=task.step,
        tasks=(put_up,),
        reason=reason_digest(event.reason),
    )


def _told(task: OpenTask) -> dict[str, str | int]:
    return {"account": task.escalated_by or 0, "at": instant(task.escalated_at)}


def _reporting(context: Context, task: OpenTask, event: Escalate) -> str | Refusal:
    """The machine, who works on the task, or the one-stop, which answers for the date to the applicant."""
    if event.by.kind == MACHINE:
        return MACHINE
    if event.by.holds("reception", context.parties.units["receiving"]):
        return "reception"
    return acting_on(task, event.by, context.parties)


def _not_overdue(state: State, task: OpenTask, event: Escalate) -> Refusal | None:
    """A result that waits for its applicant is nobody's delay."""
    limits = (task.due_at, state.due.at if state.due else None)
    passed = any(limit is not None and limit < event.at for limit in limits)
    return None if passed and task.kind != "hand_over" else Refusal("dossiers.not_overdue")
