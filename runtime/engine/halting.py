"""What moves the deadline by an act of the office: the term extended, the clock stopped and let go on."""

from typing import Any

from msgspec.structs import replace

from common.clock import to_the_minute
from common.problems import Refusal
from rules_dsl.allowance import Extension
from rules_dsl.terms import LedgerEntry
from runtime.engine import clock
from runtime.engine.context import Context
from runtime.engine.events import Extend, Resume, Suspend
from runtime.engine.parts import instant, judged, no_reason, reason_digest
from runtime.engine.record import Judged
from runtime.engine.recounting import recounted
from runtime.engine.rights import acting_as
from runtime.engine.state import State
from runtime.engine.taken_up import TakenUp, taken_up


def extend(context: Context, state: State, event: Extend) -> Judged | Refusal:
    """Longer by no more than the term rule allows and no more often, before the deadline has passed.

    Every extension of the dossier counts, those before a restart too: it is the dossier that the law limits.
    """
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    term = taken_up(context, state, event.at)
    if isinstance(term, Refusal):
        return term
    refusal = (
        _extended_meanwhile(state, event) or _not_extendable(state, term, event) or no_reason(event.reason)
    )
    if refusal is not None:
        return refusal
    entry = LedgerEntry("extended", to_the_minute(event.at), amount=event.amount)
    moved = _moved(context, state, term, entry)
    return judged(event, role, state.status, term.terms, **moved, **_said(context, event.reason))


def suspend(context: Context, state: State, event: Suspend) -> Judged | Refusal:
    """The clock stands still from now on, and nothing is completed until it goes on."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if state.suspension is not None:
        return _done(state, "suspend")
    refusal = _not_running(state) or _passed(state, event) or no_reason(event.reason)
    if refusal is not None:
        return refusal
    term = taken_up(context, state, event.at)
    if isinstance(term, Refusal):
        return term
    entry = LedgerEntry("suspended", to_the_minute(event.at), why=event.why)
    moved = _counted(context, state, term, entry)
    return judged(event, role, state.status, term.terms, **moved, **_said(context, event.reason))


def resume(context: Context, state: State, event: Resume) -> Judged | Refusal:
    """The clock goes on with what was left, that of steps too; the applicant is promised the later day."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if state.suspension is None:
        return _done(state, "resume") if "resume" in state.done else Refusal("dossiers.not_suspended")
    entry = LedgerEntry("resumed", to_the_minute(event.at))
    going = replace(state, ledger=(*state.ledger, entry))
    moved = recounted(context, going, event.at)
    term = TakenUp(state.allowance)
    return judged(
        event,
        role,
        state.status,
        **_moved(context, state, term, entry),
        **_said(context, event.reason),
        **moved,
    )


def suspended(state: State) -> Refusal | None:
    """Why no task is completed now: the office has stopped the clock."""
    if state.suspension is None:
        return None
    return Refusal("dossiers.suspended", {"at": instant(state.suspension.at)})


def _counted(context: Context, state: State, term: TakenUp, entry: LedgerEntry) -> dict[str, Any]:
    """Ledger and deadline, and the term where the act takes it up."""
    ledger = (*term.ledger, entry)
    due = clock.due(term.allowance, state.ledger + ledger, context.reference.calendar)
    return {"ledger": ledger, "due": due, "allowance": term.allowance if term.is_new else None}


def _moved(context: Context, state: State, term: TakenUp, entry: LedgerEntry) -> dict[str, Any]:
    """The same; a later day than the promised one is promised with a new slip."""
    counted = _counted(context, state, term, entry)
    at = counted["due"].at if counted["due"] else None
    later = at is not None and (state.appointment is None or at > state.appointment)
    return counted | {"appointment": at if later else None, "slip": later}


def _said(context: Context, reason: str) -> dict[str, Any]:
    return {"law": context.law, "reason": reason_digest(reason)}


def _extended_meanwhile(state: State, event: Extend) -> Refusal | None:
    return _done(state, "extend") if event.after != state.extensions and "extend" in state.done else None


def _not_extendable(state: State, term: TakenUp, event: Extend) -> Refusal | None:
    allowed = term.allowance.extension if term.allowance else None
    if allowed is None:
        return Refusal("dossiers.no_extension")
    if state.extensions >= allowed.times:
        return Refusal("dossiers.extended_already", {"times": allowed.times})
    return _not_running(state) or _passed(state, event) or _too_long(allowed, event)


def _too_long(allowed: Extension, event: Extend) -> Refusal | None:
    if 1 <= event.amount <= allowed.amount:
        return None
    return Refusal("dossiers.extension_too_long", {"most": allowed.amount})


def _not_running(state: State) -> Refusal | None:
    return None if state.clock_runs else Refusal("dossiers.clock_not_running")


def _passed(state: State, event: Extend | Suspend) -> Refusal | None:
    if state.due is None or state.due.at is None or event.at <= state.due.at:
        return None
    return Refusal("dossiers.deadline_passed", {"due": instant(state.due.at)})


def _done(state: State, act: str) -> Refusal:
    done = state.done[act]
    return Refusal("dossiers.already_done", {"account": done.account or 0, "at": instant(done.at)})
