"""The engine's door: an event asked of a dossier gives a Refusal, or its new state, a record and effects."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from common.problems import Refusal
from runtime.engine import (
    asking_again,
    automatic,
    children,
    closing,
    directing,
    filing,
    halting,
    importing,
    lettering,
    limits,
    moving,
    refunding,
    sending,
    transferring,
    waiting,
    working,
)
from runtime.engine.context import Context
from runtime.engine.delegation import on_behalf
from runtime.engine.effects import Effect, effects_of
from runtime.engine.events import AnyEvent, Submit
from runtime.engine.fold import ONCE, fold
from runtime.engine.parts import instant
from runtime.engine.record import Judged, Record
from runtime.engine.rights import FOR_CALLED, MACHINE
from runtime.engine.state import State
from runtime.engine.status import POSSIBLE_IN, Act

Decide = Callable[[Context, State, Any], Judged | Refusal]

DECIDES: Mapping[Act, Decide] = {
    "submit": filing.submit,
    "resubmit": filing.submit,
    "pay": filing.pay,
    "accept": filing.accept,
    "refuse": filing.refuse,
    "return_for_completion": filing.return_for_completion,
    "claim": working.claim,
    "release": working.release,
    "reassign": directing.reassign,
    "escalate": directing.escalate,
    "print_letter": lettering.print_letter,
    "complete": working.complete,
    "answer_supplement": working.answer_supplement,
    "reappoint": closing.reappoint,
    "extend": halting.extend,
    "suspend": halting.suspend,
    "resume": halting.resume,
    "derive_deadline": closing.derive_deadline,
    "hand_over": closing.hand_over,
    "hand_to_post": sending.hand_to_post,
    "tell_portal": sending.tell_portal,
    "refund": refunding.refund,
    "refuse_refund": refunding.refuse_refund,
    "withdraw": closing.withdraw,
    "stop": closing.stop,
    "pass_limit": limits.pass_limit,
    "receive_message": waiting.receive_message,
    "transfer": transferring.transfer,
    "import": importing.take_over,
    "report": automatic.report,
    "fail": automatic.fail,
    "child_opened": children.child_opened,
    "child_ended": children.child_ended,
    "child_failed": children.child_failed,
    "call_off": children.call_off,
    "move": moving.move,
    "undo_move": moving.undo_move,
    "ask_again": asking_again.ask_again,
}


class Advance(Struct, frozen=True):
    """What an event came to. `state` is `fold(before, record)`, never anything else."""

    state: State
    record: Record
    effects: tuple[Effect, ...]


def advance(context: Context, state: State, event: AnyEvent) -> Refusal | Advance:
    """Decides the event; a Refusal changes nothing."""
    if state.status not in POSSIBLE_IN[event.act]:
        return _not_now(state, event)
    if event.act in FOR_CALLED and event.by.kind == MACHINE and not _is_called(state, event):
        return Refusal("dossiers.not_yours")
    judged = DECIDES[event.act](context, state, event)
    if isinstance(judged, Refusal):
        return judged
    judged = on_behalf(context.parties, state, event.by, judged)
    after = fold(state, judged.record)
    return Advance(after, judged.record, effects_of(context, state, after, judged))


def _is_called(state: State, event: AnyEvent) -> bool:
    """Whether the dossier is, or is filed as, a part of another."""
    return state.caller is not None or (isinstance(event, Submit) and event.caller is not None)


def _not_now(state: State, event: AnyEvent) -> Refusal:
    """Why the status does not allow it: done before (a second click), or not its turn."""
    if event.act in ONCE and (done := state.done.get(event.act)):
        return Refusal("dossiers.already_done", {"account": done.account or 0, "at": instant(done.at)})
    return Refusal(f"dossiers.not_now.{event.act}")
