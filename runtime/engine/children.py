"""What a dossier knows of its children, and what it hears from them. Each message is heard once, by the child's number.

A child that nobody waits for any more, because its limit passed or the dossier is closed, is noted and moves nothing.
"""

from typing import Any

from msgspec.structs import replace

from common.problems import Refusal
from runtime.engine import amounts, clock, walk
from runtime.engine.context import Context
from runtime.engine.families import awaited
from runtime.engine.linked import Child
from runtime.engine.machine_events import CallOff, ChildEnded, ChildFailed, ChildOpened, PassLimit
from runtime.engine.onward import left, onward
from runtime.engine.parts import closing, judged, reason_digest
from runtime.engine.record import Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import Limit, State

_Heard = ChildOpened | ChildEnded | ChildFailed


def child_opened(context: Context, state: State, event: ChildOpened) -> Judged | Refusal:
    """The child is there, under its own number."""
    found = _heard(context, state, event)
    if isinstance(found, Refusal):
        return found
    role, child = found
    if child.dossier:
        return Refusal("dossiers.child_heard", {"number": event.child})
    opened = replace(child, dossier=event.dossier)
    return judged(event, role, state.status, step=child.step, children=(opened,))


def child_ended(context: Context, state: State, event: ChildEnded) -> Judged | Refusal:
    """How the child ended is the outcome of the step that waits for it; `answers` when pages are filled from it."""
    found = _heard(context, state, event)
    if isinstance(found, Refusal):
        return found
    role, child = found
    ended = replace(child, dossier=event.dossier, ended=event.outcome, ended_at=event.at)
    if child not in awaited(state):
        return judged(event, role, state.status, step=child.step, outcome=event.outcome, children=(ended,))
    facts = amounts.facts_at(context, state, child.step, event.at)
    if isinstance(facts, Refusal):
        return facts
    walked = walk.go_on(context, state, child.step, event.outcome, facts, event.at)
    if isinstance(walked, Refusal):
        return walked
    said: dict[str, Any] = {"step": child.step, "outcome": event.outcome, "answers": event.answers}
    return onward(context, state, event, role, walked, children=(ended,), **said)


def child_failed(context: Context, state: State, event: ChildFailed) -> Judged | Refusal:
    """The child could not be opened, or its result does not fit: the way drawn for failure is taken."""
    found = _heard(context, state, event)
    if isinstance(found, Refusal):
        return found
    role, child = found
    failed = replace(child, ended="failed", ended_at=event.at)
    said: dict[str, Any] = {"reason": reason_digest(event.reason), "children": (failed,)}
    if child not in awaited(state):
        return judged(event, role, state.status, step=child.step, **said)
    return left(context, state, event, role, child.step, "failure", **said)


def late(context: Context, state: State, event: PassLimit, role: str, limit: Limit) -> Judged | Refusal:
    """The limit of a call has passed: the way drawn for that, else leaders are told and the step goes on waiting."""
    children = tuple(replace(each, late_at=event.at) for each in awaited(state) if each.step == limit.step)
    if context.compiled.graph.exits(limit.step, "overdue"):
        return left(context, state, event, role, limit.step, "overdue", limit=limit, children=children)
    return judged(event, role, state.status, step=limit.step, limit=limit, children=children)


def call_off(context: Context, state: State, event: CallOff) -> Judged | Refusal:
    """The dossier that called this one is withdrawn or stopped, so this one ends as well."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if state.caller is None:
        return Refusal("dossiers.not_called")
    return judged(
        event,
        role,
        event.how,
        reason=reason_digest(event.reason),
        closed=closing(state),
        ledger=clock.stopped(state, event.at),
        ending=event.how,
    )


def _heard(context: Context, state: State, event: _Heard) -> tuple[str, Child] | Refusal:
    """Who says it and of which child; a Refusal where its end was heard before."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    child = next((each for each in state.children if each.number == event.child), None)
    if child is None:
        return Refusal("dossiers.no_such_child", {"number": event.child})
    if child.ended:
        return Refusal("dossiers.child_heard", {"number": event.child})
    return role, child
