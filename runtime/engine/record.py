"""What an event came to: results, with the versions of law and reference data they were taken from.

A record holds no answers, no names of applicants and no sentences: those live in rows that can be erased;
the record keeps their digests. Folding needs nothing but records.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct, field

from common.money import Money
from procedure_library.definition import Ending
from procedure_library.semantics import Marking
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Allowance, LedgerEntry
from runtime.engine.event import AnswersRef, Paper
from runtime.engine.imported import Imported
from runtime.engine.linked import Caller, Child
from runtime.engine.machine_events import Transferred
from runtime.engine.state import Decided, Due, Limit, OpenTask, Opinion, Owed, Refunded, Run
from runtime.engine.status import Act, Status


class Law(Struct, frozen=True):
    """The definition, the calendar and the local amounts that were read; calendar "" when none is loaded.

    `interruptions` is the last record of them that the unit's days were read from; 0: there was none.
    `successors` are how many units were known to carry on its work, whose days were read from then on.
    `settings` are the ids of the local amounts that stood before the rules, ascending; None in records from
    before they were kept. `reduced_this_year`: in how many earlier dossiers of the year the applicant had an amount
    reduced, where the rules ask for that. `places` is the version of the list of provinces and communes by which
    addresses are judged; 0: none is asked for, or none is loaded.
    """

    version: int
    digest: str
    calendar: str = ""
    calendar_version: int = 0
    interruptions: int = 0
    settings: tuple[int, ...] | None = None
    reduced_this_year: int | None = None
    successors: int = 0
    places: int = 0


class Reading(Struct, frozen=True):
    """A rule that was read: its value, and the versions of local parameters and rates of exchange it took.

    The evaluation with its trace repeats facts about the applicant, so it is stored where it can be erased;
    `digest` is that of its JSON. `rates` are rows by name and day: {"usd_buying.2026-04-28": 7}.
    """

    rule: str
    value: Any
    digest: str
    parameters: Mapping[str, int] = field(default_factory=dict)
    rates: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, evaluation: Evaluation) -> "Reading":
        body = evaluation.to_json()
        parameters = {used.name: used.version for used in evaluation.used.parameters if used.version}
        rates = {f"{used.name}.{used.on.isoformat()}": used.version for used in evaluation.used.rates}
        return cls(evaluation.rule, body["value"], _digest(body), parameters, rates)


def _digest(body: Any) -> str:
    return sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Closed(Struct, frozen=True):
    """A task that is no longer open, and how it ended."""

    number: int
    how: Literal["done", "cancelled"]


class Walk(Struct, frozen=True):
    """The move through the graph: transitions taken, and where the dossier stands after it.

    `answer_by` is until when the applicant may answer the supplements that wait; None: no limit. `limits` are the
    clocks of steps that the machine watches from now on, `paying` the payment steps that wait, `expects` the keys of
    the messages awaited, `runs` the attempts under way, `children` the dossiers of other procedures asked for now.
    """

    transitions: tuple[str, ...]
    marking: Marking
    awaiting: tuple[str, ...] = ()
    answer_by: datetime | None = None
    limits: tuple[Limit, ...] = ()
    paying: tuple[str, ...] = ()
    expects: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    children: tuple[Child, ...] = ()


class Paid(Struct, frozen=True):
    """Money taken for these rules: the sum, and those in further currencies `besides` (hardly ever any).

    The number of the payment receipt, one for each sum, stands in the payment's row.
    """

    amount: Money
    rules: tuple[str, ...]
    besides: tuple[Money, ...] = ()

    @property
    def sums(self) -> tuple[Money, ...]:
        return (self.amount, *self.besides)


class Record(Struct, frozen=True):
    """One stored DossierEvent. A part that is absent (None or empty) was not touched by the event.

    `account` None is the machine. `acting_as` is the role that gave the right, "applicant" or "machine".
    `tasks` are tasks opened or changed. `readings` are all rules that were read. `reason` is the digest of
    what was typed, `asked` the keys of the questions that a supplement is to answer again. `acting_for` is the
    colleague whose post gave the right, while `account` did the work of her days of leave. `corrects` is
    the filing number of the dossier whose result is put right. `limit` is the one that passed, `run` the attempt
    that ended, `again` the one that follows it. Of a move, `moved_to` are the steps that somebody chose, and
    `asked_again` the questions whose answer its form does not take as it is. `limits` are all clocks that the machine
    watches, and `answer_by` the last day of the supplement, where they were counted again. `caller` is the dossier of
    which a filing is a part, `children` are children of which something became known. `letter` is what was printed.
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
    readings: tuple[Reading, ...] = ()
    allowance: Allowance | None = None
    ledger: tuple[LedgerEntry, ...] = ()
    due: Due | None = None
    appointment: datetime | None = None
    owed: tuple[Owed, ...] = ()
    paid: Paid | None = None
    decision: Decided | None = None
    ending: Ending | None = None
    slip: bool = False
    asked: tuple[str, ...] = ()
    acting_for: int | None = None
    corrects: str = ""
    opinion: Opinion | None = None
    limit: Limit | None = None
    message: str = ""
    message_id: str = ""
    transferred: Transferred | None = None
    imported: Imported | None = None
    refunded: Refunded | None = None
    run: Run | None = None
    again: Run | None = None
    moved_to: Mapping[str, str] = field(default_factory=dict)
    asked_again: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    answer_by: datetime | None = None
    caller: Caller | None = None
    children: tuple[Child, ...] = ()
    letter: str = ""

    @property
    def rates(self) -> tuple[int, ...]:
        """The rows of rates of exchange that its rules read, ascending."""
        return tuple(sorted({row for reading in self.readings for row in reading.rates.values()}))


class Judged(Struct, frozen=True):
    """A record with the evaluations it was made from, which the shell stores beside it."""

    record: Record
    evaluations: tuple[Evaluation, ...] = ()
