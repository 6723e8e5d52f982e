"""What people ask for: a click with its instant and its person. `advance` decides whether it happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from common.identity.actor import Actor
from common.money import Money
from rules_dsl.ledger import Halt
from runtime.engine.event import AnswersRef, Event, Paper
from runtime.engine.letter_events import PrintLetter
from runtime.engine.linked import Caller
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
from runtime.engine.status import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Event):
    """The applicant sends, or reception files for somebody at the counter.

    `corrects` is the filing number of the dossier whose result the office got wrong; "" for any other filing.
    `caller` is the dossier of which this is a part; None: it stands by itself.
    """

    answers: AnswersRef
    papers: tuple[Paper, ...] = ()
    corrects: str = ""
    caller: Caller | None = None
    act: Act = field(default="submit", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmit(Event):
    """The applicant sends again what reception had returned for completion."""

    answers: AnswersRef
    papers: tuple[Paper, ...] = ()
    act: Act = field(default="resubmit", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay(Event):
    """The amounts assessed at filing are paid before reception, or those that a payment step waits for."""

    act: Act = field(default="pay", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Event):
    """Reception takes the dossier: the term starts. `slip_asked`: Mẫu 01 wanted though it is not due."""

    papers: tuple[Paper, ...] = ()
    slip_asked: bool = False
    act: Act = field(default="accept", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse(Event):
    """Reception does not take the dossier (Mẫu 03)."""

    reason: str
    act: Act = field(default="refuse", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnForCompletion(Event):
    """Reception asks, before acceptance and in one notice, for everything that is missing (Mẫu 02)."""

    reason: str
    act: Act = field(default="return_for_completion", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Event):
    task: int
    act: Act = field(default="claim", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Event):
    task: int
    act: Act = field(default="release", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign(Event):
    """A leader or approver of the unit gives the task to an official; `to` with the posts of that day."""

    task: int
    to: Actor
    reason: str = ""
    act: Act = field(default="reassign", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Event):
    """A task that is overdue or stuck is put before the leader with a note; what is overdue by the machine."""

    task: int
    reason: str = ""
    act: Act = field(default="escalate", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete(Event):
    """Finishes a task with one of its outcomes; `answers` when the task filled pages.

    `asks` are the keys of the questions to which the applicant owes another answer, where it asks for a supplement.
    `shown` are the sums that who takes the money was shown, one for each currency; None: nobody looked.
    """

    task: int
    outcome: str
    reason: str = ""
    answers: AnswersRef | None = None
    asks: tuple[str, ...] = ()
    shown: tuple[Money, ...] | None = None
    act: Act = field(default="complete", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSupplement(Event):
    """The applicant gives what was asked for (Mẫu 02); `answers` when the form changed too."""

    answers: AnswersRef | None = None
    papers: tuple[Paper, ...] = ()
    act: Act = field(default="answer_supplement", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reappoint(Event):
    """Apology and one new appointment (Mẫu 04, Decree 61/2018 art. 19.9)."""

    new_day: date
    reason: str
    act: Act = field(default="reappoint", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Event):
    """The term is longer by what the law allows, for a stated reason.

    `amount` is in the unit of the extension of the term; `after` how many extensions the page knew of.
    """

    amount: int
    after: int
    reason: str
    act: Act = field(default="extend", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(Event):
    """The office stops the clock: its systems failed, or another authority has to answer first."""

    why: Halt
    reason: str
    act: Act = field(default="suspend", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Event):
    """The clock that the office stopped goes on."""

    reason: str = ""
    act: Act = field(default="resume", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Event):
    """The result reaches the applicant."""

    method: Literal["counter", "online", "post", "caller"] = "counter"
    act: Act = field(default="hand_over", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandToPost(Event):
    """The result is on its way by post; who gets it closes the dossier. `reason` is the number of the parcel."""

    reason: str = ""
    act: Act = field(default="hand_to_post", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund(Event):
    """Money taken is given back: all that the policy gives back, or `amount` where it was taken wrongly.

    `worked`: a task of the dossier was completed.
    """

    amount: Money | None = None
    worked: bool = False
    reason: str = ""
    act: Act = field(default="refund", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRefund(Event):
    """Who asks for money back is told why it is kept."""

    reason: str
    act: Act = field(default="refuse_refund", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Event):
    reason: str = ""
    act: Act = field(default="withdraw", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Event):
    """The office ends the dossier without a decision, with a stated basis (Mẫu 05)."""

    reason: str
    act: Act = field(default="stop", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Event):
    """A received dossier goes on under another version, that of the context. `steps` say where it goes from a step that
    the version does not have: old key to new key."""

    basis: str
    steps: Mapping[str, str] = field(default_factory=dict)
    act: Act = field(default="move", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoMove(Event):
    """Back under the version before, as long as nothing has happened since the move."""

    reason: str
    act: Act = field(default="undo_move", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain(Event):
    """Right after a move: the applicant is asked for what the form of the version does not take."""

    reason: str
    act: Act = field(default="ask_again", init=False)


AnyEvent = (
    Submit
    | Resubmit
    | Pay
    | Accept
    | Refuse
    | ReturnForCompletion
    | Claim
    | Release
    | PrintLetter
    | Reassign
    | Escalate
    | Complete
    | AnswerSupplement
    | Reappoint
    | Extend
    | Suspend
    | Resume
    | DeriveDeadline
    | HandOver
    | HandToPost
    | TellPortal
    | Refund
    | RefuseRefund
    | Withdraw
    | Stop
    | PassLimit
    | ReceiveMessage
    | Transfer
    | Import
    | Report
    | Fail
    | ChildOpened
    | ChildEnded
    | ChildFailed
    | CallOff
    | Move
    | UndoMove
    | AskAgain
)
