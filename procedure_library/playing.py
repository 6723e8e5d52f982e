"""Playing a dossier of a definition that nobody has published: the engine of the runtime plays, app.py joins them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from common.calendar import WorkingCalendar
from common.money import Money
from common.problems import Problem, Refusal
from procedure_library.compiled import Compiled
from procedure_library.course import CourseAct
from procedure_library.definition import Channel, Ending, Outcome
from rules_dsl.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed of the dossier and of the world: local amounts and rates by rule name, as examples have them.

    `area` is the code of the receiving unit's area.
    """

    case_type: str
    channel: Channel
    calendar: WorkingCalendar | None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    area: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dossier stands. `rests` are the steps where it waits, empty before reception and after the end.

    `due_at` is the deadline, `promised_at` what the slip says; None: none. `owed` is by rule what it came to, `paid`
    and `returned` the sums that changed hands. `answer_by` is the applicant's last day.
    """

    status: str
    rests: tuple[str, ...] = ()
    ending: Ending | None = None
    due_at: datetime | None = None
    promised_at: datetime | None = None
    answer_by: datetime | None = None
    owed: Mapping[str, Money] = field(default_factory=dict)
    paid: tuple[Money, ...] = ()
    returned: tuple[Money, ...] = ()
    due_on: date | None = None
    progress: str = "no_date"
    finished_on: date | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter that would be printed: its kind, and for a result the key of the definition's letter."""

    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened, by the act of the course with number `place` (several things may come of a wait).

    `way` are the transitions crossed, `read` the rules that were read, `mails` what the applicant would be told.
    """

    place: int
    act: str
    role: str
    at: datetime
    standing: Standing
    step: str = ""
    ask: str = ""
    outcome: str = ""
    reason: str = ""
    way: tuple[str, ...] = ()
    letters: tuple[Printed, ...] = ()
    mails: tuple[str, ...] = ()
    read: tuple[Evaluation, ...] = ()
    paid: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody may do now. `outcomes` are the ways to choose from, `fills` whether questions are answered by it,
    `run` whether it is the machine's own work."""

    act: str
    role: str
    step: str = ""
    ask: str = ""
    outcomes: tuple[Outcome, ...] = ()
    fills: Literal["", "application", "work", "pages"] = ""
    pays: tuple[Money, ...] = ()
    most: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Halted:
    """The act that cannot be done as the course says, counted from 0, and why: a Refusal, or what is wrong with its
    answers."""

    place: int
    because: Refusal | tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """All that came of the acts, up to one that cannot be done. `at` is what the clock shows, `limit_at` when the
    machine next does something by itself, `waits` why it cannot though the limit has passed."""

    happened: tuple[Happened, ...]
    standing: Standing
    offers: tuple[Offer, ...]
    answers: Mapping[str, Any]
    asked: tuple[str, ...] = ()
    at: datetime | None = None
    limit_at: datetime | None = None
    halted: Halted | None = None
    waits: Refusal | None = None


class Player(Protocol):
    """Plays a course with the engine that real dossiers have, in memory: no number, letter, mail or job."""

    def __call__(
        self, ready: Compiled, supposed: Supposed, acts: Sequence[CourseAct], *, at: datetime
    ) -> Played:
        """What came of them; `at` is what the clock shows before the first."""
