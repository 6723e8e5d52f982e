"""The dossier on the table of a trial: its state, what was answered, and the world that the engine is told about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from common.clock import local_date
from common.problems import Refusal
from procedure_library.compiled import Compiled
from procedure_library.playing import Happened, Printed, Standing, Supposed
from procedure_library.trial import supposed_reference
from rules_dsl.evaluation import ComponentNeed, Reference
from runtime.acts import FINISHED
from runtime.engine import amounts
from runtime.engine.advance import Advance, advance
from runtime.engine.context import Context, Past
from runtime.engine.effects import IssueLetter, Notify, RecordEvaluations, TellLeaders
from runtime.engine.event import Paper
from runtime.engine.events import AnyEvent
from runtime.engine.order import in_order
from runtime.engine.record import Record
from runtime.engine.recounting import entered_at
from runtime.engine.state import State
from runtime.engine.timing import progress
from runtime.past import PAID_ON, REDUCED
from runtime.trial.people import People

LEADERS = "leaders"


@dataclass
class Table:
    """What a course has come to so far; `at` is what the clock shows."""

    compiled: Compiled
    supposed: Supposed
    at: datetime
    people: People = field(init=False)
    reference: Reference = field(init=False)
    state: State = field(default_factory=State)
    answers: Mapping[str, Any] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    finished_on: date | None = None

    def __post_init__(self) -> None:
        is_online = self.supposed.channel == "online"
        self.people = People.of(self.compiled, has_account=is_online)
        self.reference = supposed_reference(self.supposed.parameters, self.compiled, self.supposed.calendar)

    def context(self, answers: Mapping[str, Any] | None = None) -> Context:
        """As an act meets it; `answers` None: those given so far."""
        return Context(
            compiled=self.compiled,
            version=0,
            digest=self.compiled.digest,
            reference=self.reference,
            answers=self.answers if answers is None else answers,
            parties=self.people.parties,
            area=self.supposed.area,
            case_type=self.supposed.case_type,
            channel=self.supposed.channel,
            past=self._past(),
            functions=self.people.functions,
            areas=self.people.areas,
            entered=entered_at(self.records),
        )

    def _past(self) -> Past:
        """Who tries has no earlier dossiers."""
        paid = [local_date(record.at) for record in self.records if record.paid]
        reads = self.compiled.reads
        return Past(
            0 if REDUCED in reads else None,
            max(paid) if paid and PAID_ON in reads else None,
        )

    def happen(
        self, place: int, event: AnyEvent, answers: Mapping[str, Any] | None = None, reason: str = ""
    ) -> Refusal | None:
        """Lets the event happen; a Refusal has changed nothing."""
        ordered = in_order(self.state, event)
        if isinstance(ordered, Refusal):
            return ordered
        advanced = advance(self.context(answers), self.state, ordered)
        if isinstance(advanced, Refusal):
            return advanced
        if advanced.state.status in FINISHED and self.state.status != advanced.state.status:
            self.finished_on = local_date(ordered.at)
        ask = _ask(self.state, advanced.record)
        self.state, self.answers = advanced.state, self.answers if answers is None else answers
        self.records.append(advanced.record)
        self.happened.append(_told(place, advanced, self.standing(ordered.at), ask, reason))
        return None

    def standing(self, at: datetime) -> Standing:
        state = self.state
        due = state.due
        return Standing(
            status=state.status,
            rests=state.marking.waiting if state.marking else (),
            ending=state.ending,
            due_at=due.at if due else None,
            due_on=due.on if due else None,
            promised_at=state.appointment,
            answer_by=state.answer_by,
            owed={line.rule: line.amount for line in state.owed},
            paid=tuple(money for record in self.records if record.paid for money in record.paid.sums),
            returned=tuple(money for back in state.refunded for money in back.sums),
            progress=progress(
                due.on if due else None, self.finished_on, local_date(at), self.reference.calendar
            ),
            finished_on=self.finished_on,
        )

    def papers(self, context: Context) -> tuple[Paper, ...]:
        """All that the kind needs has been handed in: online as files, else as originals."""
        facts = amounts.facts_at(context, self.state, "filing", self.at)
        if isinstance(facts, Refusal):
            return ()
        kind = "files" if self.supposed.channel == "online" else "originals"
        needs = amounts.evaluate(context, facts, amounts.case_type(context).components)
        there = (e.rule for e in needs if isinstance(e.value, ComponentNeed) and e.value.needed)
        return tuple(Paper(rule, **{kind: 1}) for rule in there)


def _told(place: int, advanced: Advance, standing: Standing, ask: str, reason: str) -> Happened:
    record, effects = advanced.record, advanced.effects
    leaders = tuple(LEADERS for each in effects if isinstance(each, TellLeaders))
    return Happened(
        place=place,
        act=record.act,
        role=record.acting_as,
        at=record.at,
        standing=standing,
        step=record.step,
        ask=ask,
        outcome=record.outcome,
        reason=reason,
        way=record.walk.transitions if record.walk else (),
        letters=tuple(Printed(each.kind, each.key) for each in effects if isinstance(each, IssueLetter)),
        mails=(*(each.news for each in effects if isinstance(each, Notify)), *leaders),
        read=tuple(e for each in effects if isinstance(each, RecordEvaluations) for e in each.evaluations),
        paid=record.paid.sums if record.paid else (),
    )


def _ask(before: State, record: Record) -> str:
    task = before.task(record.task) if record.task else None
    return task.ask if task else ""
