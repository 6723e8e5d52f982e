"""Where a dossier stands: everything that the next act needs to know, nothing that can be looked up.

Stored as `to_plain(state)`, read as `from_plain(State, body)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from common.money import Money
from procedure_library.definition import Ending
from procedure_library.semantics import Marking
from rules_dsl.terms import Allowance, LedgerEntry
from rules_dsl.unknown import NOT_STARTED
from runtime.engine.events import AnswersRef, Paper
from runtime.engine.status import CLOSED, Status

TaskKind = Literal["reception", "step", "hand_over"]
Area = Literal["receiving", "solving"]


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Work that waits for a role, or is claimed by an official.

    `number` counts from 1 within the dossier and is never used again. `step` is the key of the step, or the
    kind itself for the two tasks that every procedure has: reception and handing over.
    `due_at` is the task's own limit; None: it follows the dossier's deadline.
    """

    number: int
    kind: TaskKind
    step: str
    role: str
    area: Area
    opened_at: datetime
    due_at: datetime | None = None
    claimed_by: int | None = None
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The deadline. `at` None: there is none to tell now, and `why` is the code that says so."""

    on: date | None = None
    at: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """An amount that the dossier owes by one rule: as assessed at filing, and again at reception.

    Once paid it stands as it was paid: by the law of the day on which it had been assessed.
    """

    rule: str
    amount: Money
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """The official act. Reasons and signatory stand in the decision's own row."""

    outcome: str
    ending: Ending
    at: datetime
    account: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """Who did an act last, and when: what a second click is told."""

    at: datetime
    account: int | None


@dataclass(frozen=True, slots=True)
class State:
    """`version` is the one that filing was judged against, and from reception on the pinned one; `settings`
    are the ids of the local amounts read then (None: from before they were kept). `reduced_this_year`: in how many
    dossiers of the year the applicant had an amount reduced before this one (None: its rules do not ask). `places`
    is the version of the list of communes by which the answers were judged last (0: by none).

    `awaiting` names the supplement steps whose answer the applicant owes, `answer_by` until when, `asked` the
    keys of the questions to be answered again (empty: the office named none).
    `before` is how it stood under another version, while its move to this one is the last thing that happened.
    `due` None: no clock (not received yet, or settled at once). `appointment` is what the slip promises; it
    changes only with a letter.
    """

    status: Status = "unsent"
    version: int = 0
    settings: tuple[int, ...] | None = None
    reduced_this_year: int | None = None
    places: int = 0
    case_type: str = ""
    channel: str = ""
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    answers: AnswersRef | None = None
    papers: tuple[Paper, ...] = ()
    marking: Marking | None = None
    awaiting: tuple[str, ...] = ()
    answer_by: datetime | None = None
    asked: tuple[str, ...] = ()
    tasks: tuple[OpenTask, ...] = ()
    opened: int = 0
    allowance: Allowance | None = None
    ledger: tuple[LedgerEntry, ...] = ()
    due: Due | None = None
    appointment: datetime | None = None
    reappointments: int = 0
    owed: tuple[Owed, ...] = ()
    supplements: int = 0
    decision: Decided | None = None
    ending: Ending | None = None
    done: Mapping[str, Done] = field(default_factory=dict)
    before: "State | None" = None

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def clock_runs(self) -> bool:
        """Whether days of the term are being used up now."""
        return self.status == "in_process" and self.due is not None and not self.awaits_start

    @property
    def awaits_start(self) -> bool:
        """Whether the term is counted from something that has not come yet."""
        return self.due is not None and self.due.why == NOT_STARTED

    @property
    def awaits_applicant(self) -> bool:
        return self.status in ("awaiting_completion", "awaiting_supplement")

    @property
    def paid(self) -> frozenset[str]:
        """The rules whose amounts were paid."""
        return frozenset(line.rule for line in self.owed if line.paid)

    def task(self, number: int) -> OpenTask | None:
        return next((task for task in self.tasks if task.number == number), None)
