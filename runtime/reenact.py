"""The event that a record came from, made again: what was asked, by somebody with the role that was used."""

from collections.abc import Callable, Mapping
from typing import Any

from common.clock import local_date
from common.identity.actor import Actor
from runtime.engine.context import Context
from runtime.engine.events import (
    Accept,
    AnswerSupplement,
    AnyEvent,
    AskAgain,
    Claim,
    Complete,
    Escalate,
    Extend,
    HandOver,
    HandToPost,
    Move,
    Pay,
    Reappoint,
    Reassign,
    Refund,
    Refuse,
    RefuseRefund,
    Release,
    Resubmit,
    Resume,
    ReturnForCompletion,
    Stop,
    Submit,
    Suspend,
    UndoMove,
    Withdraw,
)
from runtime.engine.letter_events import PrintLetter
from runtime.engine.machine_events import (
    CallOff,
    ChildEnded,
    ChildFailed,
    ChildOpened,
    DeriveDeadline,
    Fail,
    Import,
    PassLimit,
    ReceiveMessage,
    Report,
    TellPortal,
    Transfer,
)
from runtime.engine.record import Record
from runtime.engine.rights import APPLICANT, MACHINE
from runtime.engine.state import State
from runtime.engine.status import Act


class NotReenacted(ValueError):
    """What the event rested on is gone."""


def event_of(record: Record, context: Context, state: State, reason: str) -> AnyEvent:
    """The event; raises NotReenacted when its reason was erased."""
    if record.reason and not reason:
        raise NotReenacted("reason erased")
    who = {"by": _actor(record, context, state), "at": record.at}
    return _MAKES[record.act](record, state, who, reason)


def _actor(record: Record, context: Context, state: State) -> Actor:
    """Somebody with the right that was used then; who it was is the account's number."""
    match record.acting_as:
        case role if role == APPLICANT:
            return Actor(record.account, "", "citizen")
        case role if role == MACHINE:
            return Actor(record.account, "", "machine")
        case role:
            units = {*context.parties.units.values(), *(task.unit for task in state.tasks if task.unit)}
            posts = frozenset((unit, role) for unit in units)
            whose = record.acting_for
            lent = frozenset((*post, whose) for post in posts) if whose is not None else frozenset()
            return Actor(record.account, "", "official", posts, lent)


def _reappoint(record: Record, _state: State, who: Any, reason: str) -> Reappoint:
    assert record.appointment is not None
    return Reappoint(**who, reason=reason, new_day=local_date(record.appointment))


def _extend(record: Record, state: State, who: Any, reason: str) -> Extend:
    return Extend(**who, amount=record.ledger[-1].amount or 0, after=state.extensions, reason=reason)


def _suspend(record: Record, _state: State, who: Any, reason: str) -> Suspend:
    why = record.ledger[-1].why
    assert why is not None
    return Suspend(**who, why=why, reason=reason)


def _refund(record: Record, _state: State, who: Any, reason: str) -> Refund:
    back = record.refunded
    assert back is not None
    amount = back.sums[0] if back.ground == "taken_wrongly" else None
    return Refund(**who, amount=amount, worked=back.ground != "withdrawn_early", reason=reason)


def _accept(record: Record, state: State, who: Any, _reason: str) -> Accept:
    # Whether the slip was asked for is seen from its being printed: asking again prints it again.
    return Accept(**who, papers=record.papers, slip_asked=record.slip)


def _reassign(record: Record, state: State, who: Any, reason: str) -> Reassign:
    """Given to somebody who had the role of the task in whatever unit has it."""
    (task,) = record.tasks
    posts = frozenset((unit, task.role) for unit in who["by"].units())
    to = Actor(task.claimed_by, "", "official", posts)
    return Reassign(**who, task=record.task or 0, to=to, reason=reason)


def _complete(record: Record, _state: State, who: Any, reason: str) -> Complete:
    return Complete(
        **who,
        task=record.task or 0,
        outcome=record.outcome,
        reason=reason,
        answers=record.answers,
        asks=record.asked,
    )


_Make = Callable[[Record, State, Any, str], AnyEvent]
_MAKES: Mapping[Act, _Make] = {
    "submit": lambda r, _s, who, _reason: Submit(
        **who, answers=r.answers, papers=r.papers, corrects=r.corrects, caller=r.caller
    ),
    "resubmit": lambda r, _s, who, _reason: Resubmit(**who, answers=r.answers, papers=r.papers),
    "pay": lambda _r, _s, who, _reason: Pay(**who),
    "accept": _accept,
    "refuse": lambda _r, _s, who, reason: Refuse(**who, reason=reason),
    "return_for_completion": lambda _r, _s, who, reason: ReturnForCompletion(**who, reason=reason),
    "claim": lambda r, _s, who, _reason: Claim(**who, task=r.task),
    "release": lambda r, _s, who, _reason: Release(**who, task=r.task),
    "reassign": _reassign,
    "escalate": lambda r, _s, who, reason: Escalate(**who, task=r.task, reason=reason),
    "print_letter": lambda r, _s, who, _reason: PrintLetter(**who, task=r.task, letter=r.letter),
    "complete": _complete,
    "answer_supplement": lambda r, _s, who, _reason: AnswerSupplement(
        **who, answers=r.answers, papers=r.papers
    ),
    "reappoint": _reappoint,
    "extend": _extend,
    "suspend": _suspend,
    "resume": lambda _r, _s, who, reason: Resume(**who, reason=reason),
    "derive_deadline": lambda _r, _s, who, _reason: DeriveDeadline(**who),
    "hand_over": lambda r, _s, who, _reason: HandOver(**who, method=r.outcome),
    "hand_to_post": lambda _r, _s, who, reason: HandToPost(**who, reason=reason),
    "tell_portal": lambda r, _s, who, _reason: TellPortal(**who, status=r.outcome),
    "refund": _refund,
    "refuse_refund": lambda _r, _s, who, reason: RefuseRefund(**who, reason=reason),
    "withdraw": lambda _r, _s, who, reason: Withdraw(**who, reason=reason),
    "stop": lambda _r, _s, who, reason: Stop(**who, reason=reason),
    "report": lambda r, _s, who, _reason: Report(
        **who, run=r.run.number if r.run else 0, outcome=r.outcome, answers=r.answers
    ),
    "fail": lambda r, _s, who, _reason: Fail(**who, run=r.run.number if r.run else 0),
    "child_opened": lambda r, _s, who, _reason: ChildOpened(
        **who, child=r.children[0].number, dossier=r.children[0].dossier
    ),
    "child_ended": lambda r, _s, who, _reason: ChildEnded(
        **who,
        child=r.children[0].number,
        dossier=r.children[0].dossier,
        outcome=r.outcome,
        answers=r.answers,
    ),
    "child_failed": lambda r, _s, who, reason: ChildFailed(**who, child=r.children[0].number, reason=reason),
    "call_off": lambda r, _s, who, reason: CallOff(**who, how=r.ending, reason=reason),
    "receive_message": lambda r, _s, who, _reason: ReceiveMessage(
        **who, key=r.message, message_id=r.message_id
    ),
    "pass_limit": lambda _r, _s, who, _reason: PassLimit(**who),
    "import": lambda r, _s, who, reason: Import(**who, imported=r.imported, answers=r.answers, reason=reason),
    "transfer": lambda r, _s, who, reason: Transfer(**who, transferred=r.transferred, reason=reason),
    "move": lambda r, _s, who, reason: Move(**who, basis=reason, steps=r.moved_to),
    "undo_move": lambda _r, _s, who, reason: UndoMove(**who, reason=reason),
    "ask_again": lambda _r, _s, who, reason: AskAgain(**who, reason=reason),
}
