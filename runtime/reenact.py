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
    Claim,
    Complete,
    DeriveDeadline,
    HandOver,
    Move,
    Pay,
    Reappoint,
    Refuse,
    Release,
    Resubmit,
    ReturnForCompletion,
    Stop,
    Submit,
    UndoMove,
    Withdraw,
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
    who = {"by": _actor(record, context), "at": record.at}
    return _MAKES[record.act](record, state, who, reason)


def _actor(record: Record, context: Context) -> Actor:
    """Somebody with the right that was used then; who it was is the account's number."""
    match record.acting_as:
        case role if role == APPLICANT:
            return Actor(record.account, "", "citizen")
        case role if role == MACHINE:
            return Actor(record.account, "", "machine")
        case role:
            units = set(context.parties.units.values())
            return Actor(record.account, "", "official", frozenset((unit, role) for unit in units))


def _reappoint(record: Record, _state: State, who: Any, reason: str) -> Reappoint:
    assert record.appointment is not None
    return Reappoint(**who, reason=reason, new_day=local_date(record.appointment))


def _accept(record: Record, state: State, who: Any, _reason: str) -> Accept:
    # Whether the slip was asked for is seen from its being printed: asking again prints it again.
    return Accept(**who, papers=record.papers, slip_asked=record.slip)


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
    "submit": lambda r, _s, who, _reason: Submit(**who, answers=r.answers, papers=r.papers),
    "resubmit": lambda r, _s, who, _reason: Resubmit(**who, answers=r.answers, papers=r.papers),
    "pay": lambda _r, _s, who, _reason: Pay(**who),
    "accept": _accept,
    "refuse": lambda _r, _s, who, reason: Refuse(**who, reason=reason),
    "return_for_completion": lambda _r, _s, who, reason: ReturnForCompletion(**who, reason=reason),
    "claim": lambda r, _s, who, _reason: Claim(**who, task=r.task),
    "release": lambda r, _s, who, _reason: Release(**who, task=r.task),
    "complete": _complete,
    "answer_supplement": lambda r, _s, who, _reason: AnswerSupplement(
        **who, answers=r.answers, papers=r.papers
    ),
    "reappoint": _reappoint,
    "derive_deadline": lambda _r, _s, who, _reason: DeriveDeadline(**who),
    "hand_over": lambda r, _s, who, _reason: HandOver(**who, method=r.outcome),
    "withdraw": lambda _r, _s, who, reason: Withdraw(**who, reason=reason),
    "stop": lambda _r, _s, who, reason: Stop(**who, reason=reason),
    "move": lambda r, _s, who, reason: Move(**who, basis=reason, steps=r.moved_to),
    "undo_move": lambda _r, _s, who, reason: UndoMove(**who, reason=reason),
}
