"""Leaders direct the work: a task given to a named official."""

from dataclasses import replace

from common.problems import Refusal
from runtime.engine.context import Context
from runtime.engine.events import Reassign
from runtime.engine.parts import judged, reason_digest
from runtime.engine.record import Judged
from runtime.engine.rights import leading
from runtime.engine.state import State
from runtime.engine.working import claimed_refusal


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
    given = replace(task, claimed_by=event.to.account_id, claimed_at=event.at, given_by=event.by.account_id)
    return judged(
        event,
        role,
        state.status,
        task=task.number,
        step=task.step,
        tasks=(given,),
        reason=reason_digest(event.reason),
    )
