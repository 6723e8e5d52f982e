"""What people ask for: a click with its instant and its person. `advance` decides whether it happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from common.identity.actor import Actor
from common.money import Money
from runtime.engine.status import Act


@dataclass(frozen=True, slots=True)
class AnswersRef:
    """Which answers of the dossier: they live in an erasable row, the record holds its number and digest."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A component as handed in: how many originals, certified copies, photocopies and electronic files."""

    component: str
    originals: int = 0
    certified: int = 0
    photocopies: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Event):
    """The applicant sends, or reception files for somebody at the counter."""

    answers: AnswersRef
    papers: tuple[Paper, ...] = ()
    act: Act = field(default="submit", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmit(Event):
    """The applicant sends again what reception had returned for completion."""

    answers: AnswersRef
    papers: tuple[Paper, ...] = ()
    act: Act = field(default="resubmit", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay(Event):
    """The amounts assessed at filing are paid before reception."""

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
class DeriveDeadline(Event):
    """The calendar that was missing at reception has been loaded, or days count otherwise than was known."""

    act: Act = field(default="derive_deadline", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Event):
    """The result reaches the applicant."""

    method: Literal["counter", "online", "post"] = "counter"
    act: Act = field(default="hand_over", init=False)


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
    """A received dossier goes on under another version, that of the context.

    `steps` say where it goes from a step that the version does not have: old key to new key.
    """

    basis: str
    steps: Mapping[str, str] = field(default_factory=dict)
    act: Act = field(default="move", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoMove(Event):
    """Back under the version before, as long as nothing has happened since the move."""

    reason: str
    act: Act = field(default="undo_move", init=False)


AnyEvent = (
    Submit
    | Resubmit
    | Pay
    | Accept
    | Refuse
    | ReturnForCompletion
    | Claim
    | Release
    | Complete
    | AnswerSupplement
    | Reappoint
    | DeriveDeadline
    | HandOver
    | Withdraw
    | Stop
    | Move
    | UndoMove
)
