"""How a dossier ends, and what may happen to its promised date on the way."""

from dataclasses import replace

from common.calendar import CalendarNotLoaded, Interruptions, WorkingCalendar
from common.clock import local_date
from common.problems import Refusal
from runtime.engine import clock, timing
from runtime.engine.context import Context
from runtime.engine.events import (
    HandOver,
    Reappoint,
    Stop,
    Withdraw,
)
from runtime.engine.machine_events import DeriveDeadline
from runtime.engine.onward import left
from runtime.engine.parts import closing, day, instant, judged, no_reason, reason_digest
from runtime.engine.record import Judged
from runtime.engine.recounting import recounted
from runtime.engine.rights import MACHINE, acting_as
from runtime.engine.state import Due, State
from runtime.engine.thresholds import is_expired


def hand_over(context: Context, state: State, event: HandOver) -> Judged | Refusal:
    """The result is in the applicant's hands; the dossier is closed."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    return judged(event, role, "returned", outcome=event.method, closed=closing(state, state.tasks[0].number))


def withdraw(context: Context, state: State, event: Withdraw) -> Judged | Refusal:
    """The applicant takes the dossier back: open work is cancelled, the clock stops.

    Where it rests at a step with a way drawn for that, this way is taken instead, once.
    """
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    step = _interrupted(context, state)
    if step is not None:
        return left(context, state, event, role, step, "withdrawn", reason=reason_digest(event.reason))
    if done := state.done.get(event.act):
        return Refusal("dossiers.already_done", {"account": done.account or 0, "at": instant(done.at)})
    return judged(
        event,
        role,
        "withdrawn",
        reason=reason_digest(event.reason),
        closed=closing(state),
        ledger=clock.stopped(state, event.at),
        ending="withdrawn",
    )


def _interrupted(context: Context, state: State) -> str | None:
    """The first step at rest that has a way out on a withdrawal."""
    waiting = state.marking.waiting if state.marking else ()
    return next((key for key in waiting if context.compiled.graph.exits(key, "withdrawn")), None)


def stop(context: Context, state: State, event: Stop) -> Judged | Refusal:
    """Ended without a decision, for a stated reason (Mẫu 05)."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if refusal := no_reason(event.reason) or _too_early(state, event, role):
        return refusal
    return judged(
        event,
        role,
        "stopped",
        reason=reason_digest(event.reason),
        closed=closing(state),
        ledger=clock.stopped(state, event.at),
        ending="stopped",
    )


def _too_early(state: State, event: Stop, role: str) -> Refusal | None:
    """By itself the machine stops one thing only: a supplement that did not come by its last day."""
    if role != MACHINE or (state.awaiting and is_expired(state.answer_by, event.at)):
        return None
    return Refusal("dossiers.supplement_not_overdue")


def reappoint(context: Context, state: State, event: Reappoint) -> Judged | Refusal:
    """Apology and a new appointment: at most once, and at least a day before the promised one."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    refusal = no_reason(event.reason) or _too_often(state) or _too_late(context, state, event)
    if refusal is not None:
        return refusal
    return judged(
        event,
        role,
        state.status,
        law=context.law,
        reason=reason_digest(event.reason),
        appointment=timing.end_of(event.new_day),
    )


def _too_often(state: State) -> Refusal | None:
    if state.reappointments < timing.REAPPOINTMENTS_ALLOWED:
        return None
    return Refusal("dossiers.reappointed_already")


def _too_late(context: Context, state: State, event: Reappoint) -> Refusal | None:
    if state.appointment is None:
        return Refusal("dossiers.no_appointment")
    promised = local_date(state.appointment)
    if event.new_day <= promised:
        return Refusal("dossiers.appointment_not_later", {"promised": day(promised)})
    calendar = context.reference.calendar
    if calendar is None:
        return Refusal("dossiers.calendar_not_loaded", {"year": promised.year})
    try:
        last = timing.last_day_to_apologise(promised, calendar)
        calendar.is_working(event.new_day)
    except CalendarNotLoaded as missing:
        return Refusal("dossiers.calendar_not_loaded", {"year": missing.day.year})
    if local_date(event.at) > last:
        return Refusal("dossiers.apology_too_late", {"last": day(last)})
    return None


def derive_deadline(context: Context, state: State, event: DeriveDeadline) -> Judged | Refusal:
    """The date once the calendar of that year is loaded, or once days count otherwise than was known.

    Limits of steps and the last day of a supplement follow. What was never promised is promised now, with a slip.
    What was promised stands, with one exception: days on which the unit cannot work, by decision, move it on.
    """
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    calendar = context.reference.calendar
    due, moved = clock.due(state.allowance, state.ledger, calendar), recounted(context, state, event.at)
    if due is None or due.at is None or due == state.due:
        if not moved:
            return Refusal("dossiers.deadline_not_changed")
        return judged(event, role, state.status, law=context.law, **moved)
    later = state.appointment is None or (due.at > state.appointment and _by_decision(state, due, calendar))
    promised = due.at if later else None
    return judged(
        event, role, state.status, law=context.law, due=due, appointment=promised, slip=later, **moved
    )


def _by_decision(state: State, due: Due, calendar: WorkingCalendar | None) -> bool:
    """Whether days that the unit lost by decision are what makes it so late."""
    undisturbed = calendar and replace(calendar, interruptions=Interruptions())
    return clock.due(state.allowance, state.ledger, undisturbed) != due
