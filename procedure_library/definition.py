"""What a published procedure is: graph, form, rules, case types, letters and examples in one frozen record.

Read this file to know the whole. Everything an agency may decide about a procedure is an attribute here;
everything that belongs to the world around it (calendars, provincial amounts, unit directory) is named,
never contained. Keys are stable across versions; texts are bilingual.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from common.text import UNSAID, Text
from procedure_library.course import CourseAct
from procedure_library.guidance import Duty, StepNotice
from procedure_library.linking import Call, Interface

FORMAT = 1

# How every key is spelled: it stands in addresses, file names, XML ids and rules.
KEY = re.compile(r"[a-z][a-z0-9_]{0,79}")

StepKind = Literal[
    "start", "task", "branch", "split", "join", "inclusive", "supplement", "consultation", "payment", "message",
    "moment", "automatic", "call", "end",
]  # fmt: skip
# Where a branch goes by the case type of the dossier, this fact stands in place of a choice rule: no rule has a dot.
CASE_TYPE = "dossier.case_type"
# What may interrupt a step at rest: its limit passes, the applicant withdraws, the machine's work fails.
Boundary = Literal["overdue", "withdrawn", "failure"]
RefundPolicy = Literal["unserved", "not_granted", "never"]
Ending = Literal["granted", "refused", "withdrawn", "stopped"]
DurationUnit = Literal["working_day", "calendar_day", "working_hour"]
Channel = Literal["counter", "online", "post"]
Level = Literal["province", "commune"]
# Who may apply, as the national database of procedures lists them ("đối tượng thực hiện").
Applicant = Literal[
    "citizen", "overseas_vietnamese", "foreigner", "organisation", "enterprise", "cooperative", "official"
]


@dataclass(frozen=True, slots=True)
class Citation:
    """The law: number as printed ("Thông tư 226/2016/TT-BTC"), title, day signed (None: not recorded)."""

    number: str
    title: Text
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a step may take; always with its kind of day, never a bare number."""

    amount: int
    unit: DurationUnit


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named way to complete a task; the label is the words on the button.

    `decision` makes the outcome the official act: completing with it needs reasons and a signatory.
    """

    key: str
    label: Text
    decision: Ending | None = None
    needs_reason: bool = False


# How the units asked by a consultation may answer. One that objects says why.
OPINIONS = (
    Outcome("agreed", Text("Đồng ý", "Agrees")),
    Outcome("objected", Text("Không đồng ý", "Objects"), needs_reason=True),
)

# How a linked dossier may have ended, as the step that called it hears it.
ENDED = (
    Outcome("granted", Text("Đã giải quyết", "Granted")),
    Outcome("refused", Text("Bị từ chối", "Refused")),
    Outcome("withdrawn", Text("Đã rút", "Withdrawn")),
    Outcome("stopped", Text("Đã dừng", "Stopped")),
)
WAYS: Mapping[str, tuple[Outcome, ...]] = {"consultation": OPINIONS, "call": ENDED}


@dataclass(frozen=True, slots=True)
class Ask:
    """One unit that a consultation asks: the nearest with `function` in the directory, where `role` answers.

    `function` "" asks within the solving unit itself. `budget` None: the one of the consultation.
    """

    key: str
    name: Text
    role: str
    function: str = ""
    budget: Duration | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A node of the graph. Attributes below `kind` are empty unless the kind gives them meaning.

    task: `role` works on it in `area`, or whom the assign rule `assign` names when it is entered, sees pages
    `shows`, fills pages `fills`, may put right pages `corrects` that others filled, takes the charges `collects`,
    completes with one of `outcomes`, within `budget` (None: no budget of its own).
    branch: `choice` names a choice rule, or is CASE_TYPE; None means the outcome of the task before it decides.
    inclusive: every exit whose condition rule (`when`) holds is taken, the default when none does; the join of its
    block goes on when these have arrived.
    supplement: the applicant owes an answer within `budget` (None: no limit); entering suspends the term,
    answering resumes it. The task that asks for it may leave its own pages unfinished.
    consultation: the units in `asks` are asked in parallel, each sees pages `shows` and answers within its budget
    with one of OPINIONS; of one that has not answered by then, `silence` says whether it counts as consent
    (None: the leaders are told). The outcome is "objected" when one objected, else "agreed".
    payment: the applicant owes what the charges `collects` come to; entering stops the clock, paying resumes it.
    message: another system owes the message with the key `message`.
    moment: the dossier rests for `budget`, or until the end of the term rule `moment`, which counts from its own
    start or from now.
    automatic: the machine asks the connector called `connector`, tells it pages `shows`, takes from it the pages
    `fills` and one of `outcomes`, if there are any. It tries `attempts` times, ever later, before it has failed.
    call: a dossier of another procedure is opened as `call` says, and awaited within `budget`; when it is granted,
    pages `fills` are filled from it. The outcome is how it ended (ENDED).
    end: `ending` is the legal outcome.
    What people are told of a step where somebody works or is awaited: `duty` is whose it is by which law, `notices`
    are mails, and
    `instructions` (task, consultation) what the official reads at the desk. A task offers the letters `prints` and
    `must_print`; without the latter it is not completed, unless the applicant is asked for more.
    """

    key: str
    kind: StepKind
    name: Text
    role: str = ""
    area: Literal["receiving", "solving"] = "solving"
    shows: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    collects: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    budget: Duration | None = None
    choice: str | None = None
    ending: Ending | None = None
    asks: tuple[Ask, ...] = ()
    silence: Literal["consent"] | None = None
    message: str = ""
    moment: str | None = None
    assign: str | None = None
    connector: str = ""
    attempts: int = 3
    call: Call | None = None
    duty: Duty | None = None
    instructions: Text = UNSAID
    prints: tuple[str, ...] = ()
    must_print: tuple[str, ...] = ()
    notices: tuple[StepNotice, ...] = ()

    @property
    def ways(self) -> tuple[Outcome, ...]:
        """The outcomes that the step may have: its own, or those of its kind."""
        return WAYS.get(self.kind, self.outcomes)

    @property
    def by_case_type(self) -> bool:
        """Whether it is a branch that the case type of the dossier decides, without any rule."""
        return self.choice == CASE_TYPE


@dataclass(frozen=True, slots=True)
class Transition:
    """An allowed move. `when` is the outcome key or the choice value it stands for, out of an inclusive split
    the condition rule under which it is taken; None elsewhere.

    Out of one branch at most one transition is the `default`: it is taken when no other fits. `on` makes it a way out
    of a step at rest that is interrupted: its limit has passed, the applicant withdraws, or its job has failed.
    """

    key: str
    source: str
    target: str
    when: str | None = None
    default: bool = False
    on: Boundary | None = None


@dataclass(frozen=True, slots=True)
class ResultKind:
    """What the applicant gets: the paper's name and its national code ("KQ.G15.000021"); "" when none."""

    key: str
    name: Text
    code: str = ""


@dataclass(frozen=True, slots=True)
class CaseType:
    """A kind of the procedure with its own papers, term and amounts: names of rules in `Definition.rules`.

    `pages` are the form pages asked for this kind; empty means all. `term` None: settled at once, no clock.
    """

    key: str
    name: Text
    term: str | None = None
    amounts: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """An official form this procedure prints: Typst source that reads `sys.inputs.data`.

    `ending` names the legal outcome whose result it is; None: printed by an official when it is wanted.
    """

    key: str
    name: Text
    source: str
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A recorded situation with expected results, run at publishing; shapes as in docs/formats.md.

    `moment` is when it is judged: "filing", "reception" or the key of a task. `parameters` are the local
    amounts and rates of exchange it supposes, by rule name: an example never depends on what one province
    decided or a bank published. `course` is what happens to it from filing on.
    """

    key: str
    name: Text
    facts: Mapping[str, Any]
    expect: Mapping[str, Any]
    moment: str = "filing"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    course: tuple[CourseAct, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where the shapes stand: step key → (x, y, width, height); transition key → way-points. Whole pixels."""

    shapes: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    edges: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """The complete content of one version. Equal digests mean equal definitions.

    `key` is the lasting slug of the procedure, `code` the national code ("2.000815").
    `form` is a JSON Schema 2020-12 (an object) with `x-motcua-*` keywords, `rules` the text of rules.motcua.
    `online_level` "partial" needs `partial_reason` (one of the four of Decree 224/2026 art. 14).
    `slip` False: settled at once, no Mẫu 01 unless the applicant asks. `refund` is when money is given
    back: "unserved" where nothing was done for it, "not_granted" also where the result is a refusal, "never".
    `dossier_sets` is how many sets of papers are handed in ("số lượng hồ sơ"). `announced_by` is the announcing
    decision ("3152/QĐ-BTP").
    Of the real procedure, `left_out` is what cannot be applied for here (told to everyone), `by_hand` what
    officials still do outside the system (told to officials alone). `interface` None: no other
    procedure calls this one.
    """

    key: str
    code: str
    name: Text
    domain_area: Text
    summary: Text
    levels: tuple[Level, ...]
    applicants: tuple[Applicant, ...]
    channels: tuple[Channel, ...]
    online_level: Literal["full", "partial"]
    results: tuple[ResultKind, ...]
    legal_basis: tuple[Citation, ...]
    case_types: tuple[CaseType, ...]
    steps: tuple[Step, ...]
    transitions: tuple[Transition, ...]
    form: Mapping[str, Any]
    rules: str
    partial_reason: Literal["presence", "field_verification", "incident", "technical"] | None = None
    slip: bool = True
    refund: RefundPolicy = "unserved"
    dossier_sets: int = 1
    announced_by: str = ""
    left_out: tuple[Text, ...] = ()
    by_hand: tuple[Text, ...] = ()
    interface: Interface | None = None
    letters: tuple[Letter, ...] = ()
    examples: tuple[Example, ...] = ()
    drawing: Drawing = field(default_factory=Drawing)
    format: int = FORMAT

    @property
    def stands_alone(self) -> bool:
        """Whether people apply for it by itself."""
        return self.interface is None or not self.interface.only_called
