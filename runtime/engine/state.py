"""Where a dossier stands: everything that the next act needs to know, nothing that can be looked up.

Stored as `to_plain(state)`, read as `from_plain(State, body)`.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct, field

from common.money import Money, totals
from procedure_library.definition import Ending
from procedure_library.semantics import Marking
from rules_dsl.terms import Allowance, LedgerEntry
from rules_dsl.unknown import NOT_STARTED
from runtime.engine.event import AnswersRef, Paper
from runtime.engine.linked import Caller, Child
from runtime.engine.status import CLOSED, Status

PATIENCE = timedelta(hours=1)
TaskKind = Literal["reception", "step", "hand_over"]
Area = Literal["receiving", "solving"]


class OpenTask(Struct, frozen=True):
    """Work that waits for a role, or is claimed by an official.

    `number` counts from 1 within the dossier and is never used again. `step` is the key of the step, or the
    kind itself for the two tasks that every procedure has: reception and handing over.
    `due_at` is the task's own limit; None: it follows the dossier's deadline. `given_by` is who gave it to the
    official that has it (None: the official took it). `escalated_at` is when it was put before the leader, by the
    account `escalated_by` (None: the machine). `ask` is whom a consultation asks by this task, `unit` the unit that
    was found for it (0: that of the area). `printed` are the letters printed at it.
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
    given_by: int | None = None
    escalated_at: datetime | None = None
    escalated_by: int | None = None
    ask: str = ""
    unit: int = 0
    printed: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[object, ...]:
        """What lists tell of it besides who has it."""
        return (self.given_by, self.escalated_at, self.escalated_by)


class Opinion(Struct, frozen=True):
    """What a unit that was asked has said; "deemed": it said nothing in time, and silence is consent."""

    step: str
    ask: str
    value: Literal["agreed", "objected", "deemed"]
    at: datetime


class Limit(Struct, frozen=True):
    """Until when a step may rest before the machine acts; `task` and `ask`: of one unit that a consultation asks."""

    step: str
    at: datetime
    task: int | None = None
    ask: str = ""


class Run(Struct, frozen=True):
    """An attempt at an automatic step. `number` counts within the dossier and is never used again; `first` is that of
    the first attempt: what is asked again is the same."""

    step: str
    number: int
    first: int
    attempt: int
    starts_at: datetime

    @property
    def limit(self) -> Limit:
        """When the machine no longer waits for what the attempt comes to."""
        return Limit(self.step, self.starts_at + PATIENCE)


class Due(Struct, frozen=True):
    """The deadline. `at` None: there is none to tell now, and `why` is the code that says so."""

    on: date | None = None
    at: datetime | None = None
    why: str = ""


class Owed(Struct, frozen=True):
    """An amount that the dossier owes by one rule: as assessed at filing, and again at reception.

    Once paid it stands as it was paid: by the law of the day on which it had been assessed.
    """

    rule: str
    amount: Money
    paid: bool = False


# Why money went back: what the policy of a procedure may say, and that it should never have been taken.
Ground = Literal["not_accepted", "withdrawn_early", "not_granted", "taken_wrongly"]


class Refunded(Struct, frozen=True):
    """Money given back, one sum for each currency. The number of the voucher stands in the refund's row.

    `entire`: nothing that was paid is left.
    """

    sums: tuple[Money, ...]
    ground: Ground
    entire: bool = False


class Decided(Struct, frozen=True):
    """The official act. Reasons and signatory stand in the decision's own row."""

    outcome: str
    ending: Ending
    at: datetime
    account: int | None


class Done(Struct, frozen=True):
    """Who did an act last, and when: what a second click is told."""

    at: datetime
    account: int | None


class State(Struct, frozen=True):
    """`version` is the one that filing was judged against, and from reception on the pinned one; `settings`
    are the ids of the local amounts read then (None: from before they were kept). `reduced_this_year`: in how many
    dossiers of the year the applicant had an amount reduced before this one (None: its rules do not ask). `places`
    is the version of the list of communes by which the answers were judged last (0: by none).

    `awaiting` names the supplement steps whose answer the applicant owes, `answer_by` until when, `asked` the
    keys of the questions to be answered again (empty: the office named none).
    `opinions` are those of the units asked last, `limits` the clocks of steps that the machine watches.
    `expects` are the keys of messages that other systems owe, `heard` the numbers of those that came. `runs` are the
    attempts under way at automatic steps, `started` how many there were.
    `before` is how it stood under another version, while its move to this one is the last thing that happened.
    `due` None: no clock (not received yet, or settled at once). `appointment` is what the slip promises; it
    changes only with a letter. `corrects` is the filing number of the dossier whose result this one puts right, at the
    office's cost ("": none). `carried` says of each area that went over which unit has the work now. `posted_at` is
    when the result was handed to the post, `told` the status that the national portal was told last. `children` are the
    dossiers of other procedures that its steps asked for, `caller` the one of which this is a part.
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
    corrects: str = ""
    refunded: tuple[Refunded, ...] = ()
    posted_at: datetime | None = None
    told: str = ""
    done: Mapping[str, Done] = field(default_factory=dict)
    opinions: tuple[Opinion, ...] = ()
    limits: tuple[Limit, ...] = ()
    expects: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    started: int = 0
    before: "State | None" = None
    children: tuple[Child, ...] = ()
    caller: Caller | None = None

    @property
    def next_limit_at(self) -> datetime | None:
        """When the machine has to look at the dossier; None: no clock of a step runs."""
        return min((limit.at for limit in self.limits), default=None)

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def clock_runs(self) -> bool:
        """Whether days of the term are being used up now."""
        stands = self.awaits_start or self.suspension is not None
        return self.status == "in_process" and self.due is not None and not stands

    @property
    def suspension(self) -> LedgerEntry | None:
        """The entry by which the office stopped the clock, while it stands still."""
        moves = (e for e in reversed(self.ledger) if e.kind not in ("extended", "start_corrected"))
        last = next(moves, None)
        return last if last is not None and last.kind == "suspended" and last.why else None

    @property
    def extensions(self) -> int:
        """How often the term was extended."""
        return sum(entry.kind == "extended" for entry in self.ledger)

    @property
    def has_only_a_promise(self) -> bool:
        """Whether its day was promised by an older system, which did not say by which term."""
        return self.due is not None and self.due.at is not None and self.allowance is None

    @property
    def may_be_extended(self) -> bool:
        """Whether the term rule allows one more extension, and the clock runs; of an older system's dossier it is
        asked when it comes to that."""
        if self.has_only_a_promise:
            return self.clock_runs
        allowed = self.allowance.extension if self.allowance else None
        return allowed is not None and self.extensions < allowed.times and self.clock_runs

    @property
    def awaits_start(self) -> bool:
        """Whether the term is counted from something that has not come yet."""
        return self.due is not None and self.due.why == NOT_STARTED

    @property
    def awaits_applicant(self) -> bool:
        return self.status in ("awaiting_completion", "awaiting_supplement", "awaiting_payment")

    @property
    def paid(self) -> frozenset[str]:
        """The rules whose amounts were paid."""
        return frozenset(line.rule for line in self.owed if line.paid)

    @property
    def kept(self) -> tuple[Money, ...]:
        """What was paid and not given back, one sum for each currency; empty when there is nothing."""
        paid = totals(line.amount for line in self.owed if line.paid)
        back = {money.currency: money for money in totals(m for each in self.refunded for m in each.sums)}
        left = (money - back.get(money.currency, Money(0, money.currency)) for money in paid)
        return tuple(money for money in left if money.minor > 0)

    def task(self, number: int) -> OpenTask | None:
        return next((task for task in self.tasks if task.number == number), None)
