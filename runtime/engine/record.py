"""What an event came to: results, with the versions of law and reference data they were taken from.

A record holds no answers, no names of applicants and no sentences: those live in rows that can be erased;
the record keeps their digests. Folding needs nothing but records.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from common.money import Money
from procedure_library.definition import Ending
from procedure_library.semantics import Marking
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Allowance, LedgerEntry
from runtime.engine.events import AnswersRef, Paper
from runtime.engine.state import Decided, Due, OpenTask, Owed
from runtime.engine.status import Act, Status


@dataclass(frozen=True, slots=True)
class Law:
    """The definition and the calendar that were read; each evaluation names its parameters itself."""

    version: int
    digest: str
    calendar: str
    calendar_version: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A task that is no longer open, and how it ended."""

    number: int
    how: Literal["done", "cancelled"]


@dataclass(frozen=True, slots=True)
class Walk:
    """The move through the graph: transitions taken, and where the dossier stands after it."""

    transitions: tuple[str, ...]
    marking: Marking
    awaiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paid:
    """Money taken for these rules. The number of the payment receipt stands in the payment's row."""

    amount: Money
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One stored DossierEvent. A part that is absent (None or empty) was not touched by the event.

    `account` None is the machine. `acting_as` is the role that gave the right, "applicant" or "machine".
    `tasks` are tasks opened or changed. `evaluations` are all rules that were read, with their traces.
    `reason` is the digest of what was typed.
    """

    act: Act
    at: datetime
    account: int | None
    acting_as: str
    status: Status
    law: Law | None = None
    case_type: str = ""
    channel: str = ""
    answers: AnswersRef | None = None
    papers: tuple[Paper, ...] = ()
    task: int | None = None
    step: str = ""
    outcome: str = ""
    reason: str = ""
    walk: Walk | None = None
    tasks: tuple[OpenTask, ...] = ()
    closed: tuple[Closed, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    allowance: Allowance | None = None
    ledger: tuple[LedgerEntry, ...] = ()
    due: Due | None = None
    appointment: datetime | None = None
    owed: tuple[Owed, ...] = ()
    paid: Paid | None = None
    decision: Decided | None = None
    ending: Ending | None = None
    slip: bool = False
