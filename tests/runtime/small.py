"""A small procedure with everything the engine knows, and a desk to run it on without a database."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from common.clock import ZONE
from common.identity.actor import Actor, machine
from common.problems import Refusal
from common.text import Text
from procedure_library.compiled import compiled
from procedure_library.definition import CaseType, Definition, Duration, Outcome
from procedure_library.ready_made import national_calendar
from rules_dsl.evaluation import Reference
from runtime.engine.advance import Advance, advance
from runtime.engine.context import Context, Parties
from runtime.engine.event import AnswersRef
from runtime.engine.events import (
    Accept,
    AnyEvent,
    Claim,
    Complete,
    Submit,
)
from runtime.engine.record import Record
from runtime.engine.state import State
from tests.procedure_library.samples import DECIDED, definition, step, task, to

UNIT, OTHER_UNIT = 1, 2
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)

APPLICANT = Actor(10, "Nguyễn Thị Lan", "citizen")
STRANGER = Actor(11, "Lê Văn Tám", "citizen")
CLOCK = machine("deadlines")

RULES = """language en
charge copies "Charge for copies"
  cites "Circular 1/2026, art. 4"
  pay 2_000 VND
  times person.copies
term three_days "Term"
  cites "Decree 1/2026, art. 7"
  3 working days
  {supplement}
condition few "At most nine copies"
  cites "Decree 1/2026, art. 3"
  requires person.copies < 10
"""
SUPPLEMENT = {
    "restart": "restarted after supplement_requested",
    "pause": "suspended while supplement_requested",
    "continue": "continues during supplement_requested",
}

PAID = task("collect", "collected", role="cashier", area="receiving", collects=("copies",))
STEPS = (
    step("started", "start"),
    task("examine", "fit", "incomplete", budget=Duration(1, "working_day")),
    step("examined", "branch"),
    step("supplement", "supplement", budget=Duration(7, "working_day")),
    step("sign", "task", role="approver", outcomes=DECIDED),
    step("signed", "branch"),
    PAID,
    step("granted", "end", ending="granted"),
    step("refused", "end", ending="refused"),
)
TRANSITIONS = (
    to("started", "examine"),
    to("examine", "examined"),
    to("examined", "sign", "fit"),
    to("examined", "supplement", "incomplete"),
    to("supplement", "examine"),
    to("sign", "signed"),
    to("signed", "collect", "granted"),
    to("signed", "refused", "refused"),
    to("collect", "granted"),
)


def ordinary(**changes: Any) -> CaseType:
    body = {"term": "three_days", "conditions": ("few",), **changes}
    return CaseType("ordinary", Text("Thông thường", "Ordinary"), **body)


def small(supplement: str = "pause", **changes: Any) -> Definition:
    """One officer examines, an approver signs, a cashier collects; three working days.

    Where no step collects the charge there is none: it would be awaited before reception.
    """
    collected = any("copies" in each.collects for each in changes.get("steps", STEPS))
    kind = ordinary(amounts=("copies",) if collected else ())
    body = {
        "steps": STEPS,
        "transitions": TRANSITIONS,
        "case_types": (kind,),
        "rules": RULES.format(supplement=SUPPLEMENT[supplement]),
        "examples": (),
        "letters": (),
    }
    return definition(**{**body, **changes})


def official(role: str, account: int = 0, unit: int = UNIT) -> Actor:
    number = account or 100 + sum(map(ord, role))
    return Actor(number, f"Cán bộ {role}", "official", frozenset({(unit, role)}))


def ref(number: int = 1) -> AnswersRef:
    return AnswersRef(number, sha256(str(number).encode()).hexdigest())


def context(definition: Definition, **changes: Any) -> Context:
    ready = compiled(definition)
    body = {
        "compiled": ready,
        "version": 1,
        "digest": ready.digest,
        "reference": Reference(national_calendar().calendar),
        "answers": {"person": {"full_name": "Nguyễn Thị Lan", "copies": 3}},
        "parties": Parties(APPLICANT.account_id, {"receiving": UNIT, "solving": UNIT}),
        "area": "52",
        "case_type": definition.case_types[0].key,
        "channel": "online",
    }
    return Context(**{**body, **changes})


@dataclass
class Desk:
    """One dossier in memory: what is asked of it, what came out."""

    context: Context
    state: State = field(default_factory=State)
    records: list[Record] = field(default_factory=list)
    last: Advance | None = None

    def ask(self, event: AnyEvent) -> Advance | Refusal:
        answer = advance(self.context, self.state, event)
        if isinstance(answer, Advance):
            self.state, self.last = answer.state, answer
            self.records.append(answer.record)
        return answer

    def say(self, **answers: Any) -> None:
        self.context = replace(self.context, answers=answers)


def received(definition: Definition | None = None, at: datetime = MONDAY, **changes: Any) -> Desk:
    """A dossier that reception has accepted at that instant."""
    desk = Desk(context(definition or small(), **changes))
    for event in (
        Submit(by=APPLICANT, at=at, answers=ref()),
        Accept(by=official("reception"), at=at),
    ):
        done = desk.ask(event)
        assert isinstance(done, Advance), done
    return desk


def finish(
    desk: Desk, outcome: str, at: datetime = MONDAY, reason: str = "Theo quy định"
) -> Advance | Refusal:
    """The first open step task, claimed and completed by an official of its role."""
    open_task = desk.state.tasks[0]
    by = official(open_task.role)
    if open_task.claimed_by is None:
        desk.ask(Claim(by=by, at=at, task=open_task.number))
    return desk.ask(Complete(by=by, at=at, task=open_task.number, outcome=outcome, reason=reason))


def outcomes_of(desk: Desk, step_key: str) -> tuple[Outcome, ...]:
    return desk.context.compiled.step(step_key).outcomes
