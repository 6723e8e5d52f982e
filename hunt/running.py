"""Everything that can become of a dossier, by running the real engine through every act, value and interruption."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from common.clock import ZONE
from common.identity.actor import Actor, machine
from common.problems import Refusal
from common.text import Text
from designer.new_procedure import new_procedure
from hunt.graphs import CHOICES, CONDITIONS, Drawn
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import Definition
from procedure_library.ready_made import national_calendar
from procedure_library.semantics import EndlessWalk, Graph, Marking
from rules_dsl.evaluation import Reference
from runtime.engine.advance import Advance, advance
from runtime.engine.context import Context, Parties
from runtime.engine.event import AnswersRef
from runtime.engine.events import Accept, AnswerSupplement, AnyEvent, Complete, Pay, Submit, Withdraw
from runtime.engine.machine_events import Fail, PassLimit, ReceiveMessage, Report
from runtime.engine.state import Limit, State

# More situations than this, and a graph is left out.
MOST = 4_000
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
APPLICANT = Actor(1, "Lan", "citizen")
ROLES = frozenset({(1, "case_officer"), (1, "reception"), (1, "cashier")})
OFFICIAL = Actor(2, "Minh", "official", ROLES)
CLOCK = machine("deadlines")
ANSWERS = AnswersRef(1, "0" * 64)

RULES = "\n".join(
    (
        "ngôn_ngữ vi",
        'thời_hạn settlement "Thời hạn"\n  căn_cứ "Luật"\n  5 ngày_làm_việc',
        *(
            f'lựa_chọn {name} "Rẽ"\n  căn_cứ "Luật"\n  right khi {name}_said > 0\n  còn_lại left'
            for name in CHOICES
        ),
        'phí fee "Phí"\n  căn_cứ "Luật"\n  thu 5_000 VND\n  miễn khi fee_said < 1 căn_cứ "Luật"',
        *(f'điều_kiện {name} "Có"\n  căn_cứ "Luật"\n  yêu_cầu {name}_said > 0' for name in CONDITIONS),
    )
)
SAID = [f"{name}_said" for name in (*CHOICES, *CONDITIONS, "fee")]
FORM = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "x-motcua-pages": [{"key": "page", "title": "Trang", "fields": SAID}],
    "properties": {key: {"type": "integer", "minimum": 0, "maximum": 1, "title": key} for key in SAID},
    "required": SAID,
}

Values = Mapping[str, int]


@dataclass(slots=True)
class Runs:
    """What every run came to: the kinds of fault that some run met, and the transitions that some run took.

    `complete` is False when there were too many situations to run through.
    """

    faults: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    markings: set[Marking] = field(default_factory=set)
    complete: bool = True


def procedure(drawn: Drawn) -> Definition:
    """The graph in a procedure whose form and rules decide each branch freely at every act."""
    return replace(_around(), steps=drawn.steps, transitions=drawn.transitions)


@cache
def _around() -> Definition:
    return replace(new_procedure("made_up", Text("Thủ tục")), form=FORM, rules=RULES)


@cache
def _ready() -> Compiled:
    return compiled(_around())


def run_through(drawn: Drawn) -> Runs:
    """Runs the engine from reception through every situation, until nothing new comes."""
    return _Running(drawn).whole()


class _Running:
    def __init__(self, drawn: Drawn) -> None:
        self.context = _context(drawn)
        self.graph = self.context.compiled.graph
        self.into_ends = {t.key for end in self.graph.of_kind("end") for t in self.graph.incoming[end.key]}
        self.runs = Runs()
        self.seen: set[Any] = set()
        self.ahead: list[tuple[State, Marking]] = []

    def whole(self) -> Runs:
        sent = advance(self.context, State(), Submit(by=APPLICANT, at=AT, answers=ANSWERS))
        assert isinstance(sent, Advance), sent
        self._every(sent.state, Accept(by=OFFICIAL, at=AT))
        while self.ahead and len(self.seen) < MOST:
            state, marking = self.ahead.pop()
            known = (marking, *_what_matters(state))
            if known not in self.seen:
                self.seen.add(known)
                self.runs.markings.add(marking)
                self._go_on_from(state, marking)
        self.runs.complete = not self.ahead
        return self.runs

    def _go_on_from(self, state: State, marking: Marking) -> None:
        faults = set(faults_of(marking))
        self.runs.faults |= faults
        if not faults and marking.ended is None:
            for before, event in self._acts(state, marking):
                self._every(before, event)

    def _acts(self, state: State, marking: Marking) -> Iterator[tuple[State, AnyEvent]]:
        """Whatever anybody may do now, and the clock. Any limit may be the first to pass: how long it takes is no
        question of the graph."""
        for task in state.tasks:
            for outcome in self.graph.steps[task.step].ways:
                yield (
                    state,
                    Complete(by=OFFICIAL, at=AT, task=task.number, outcome=outcome.key, reason="Lý do"),
                )
        if state.status == "awaiting_supplement":
            yield state, AnswerSupplement(by=APPLICANT, at=AT)
        if state.status == "awaiting_payment":
            yield state, Pay(by=OFFICIAL, at=AT)
        for run in state.runs:
            yield state, Report(by=CLOCK, at=AT, run=run.number)
            yield state, Fail(by=CLOCK, at=AT, run=run.number)
        for key in state.expects:
            yield state, ReceiveMessage(by=CLOCK, at=AT, key=key, message_id=f"{len(state.heard)}")
        # An attempt of which nothing is heard has failed.
        attempts = {run.limit for run in state.runs}
        for limit in (each for each in state.limits if each not in attempts):
            yield _passing_first(state, limit), PassLimit(by=CLOCK, at=AT)
        if any(self.graph.exits(key, "withdrawn") for key in marking.waiting):
            yield state, Withdraw(by=APPLICANT, at=AT, reason="Lý do")

    def _every(self, state: State, event: AnyEvent) -> None:
        """The act with every value of the rules that it reads."""
        ahead: list[Values] = [{}]
        while ahead:
            values = ahead.pop()
            context = replace(self.context, answers=dict.fromkeys(SAID, 0) | values)
            try:
                answer = advance(context, state, event)
            except RecursionError:
                # Payments where nothing is to be paid any more, in a circle.
                self.runs.faults.add("endless")
                ahead += _others(values, SAID)
                continue
            except EndlessWalk as endless:
                self.runs.faults.add("endless")
                # What it read is not told: each value of the rules that it may have read is tried.
                ahead += _others(values, self._read_on(endless.crossed))
                continue
            if isinstance(answer, Refusal):
                raise AssertionError(f"{event.act}: {answer}")
            walk = answer.record.walk
            self._note(walk.transitions if walk else ())
            # A closed dossier stands nowhere any more: where it ended is told by the walk.
            marking = walk.marking if walk else answer.state.marking
            assert marking is not None, event.act
            self.ahead.append((answer.state, marking))
            ahead += _others(values, [f"{reading.rule}_said" for reading in answer.record.readings])

    def _note(self, crossed: tuple[str, ...]) -> None:
        """What a run took; two tokens that end in one act end the dossier twice."""
        self.runs.taken.update(crossed)
        if sum(key in self.into_ends for key in crossed) > 1:
            self.runs.faults.add("crowded")

    def _read_on(self, crossed: tuple[str, ...]) -> list[str]:
        sources = {
            way.source for key in self.graph.steps for way in self.graph.outgoing[key] if way.key in crossed
        }
        choices = [self.graph.steps[key].choice for key in sources]
        conditions = [
            way.when
            for key in sources
            if self.graph.steps[key].kind == "inclusive"
            for way in self.graph.outgoing[key]
        ]
        return [f"{name}_said" for name in (*choices, *conditions) if name]


def _passing_first(state: State, limit: Limit) -> State:
    now = msgspec.structs.replace(limit, at=AT)
    limits = (now, *(each for each in state.limits if each is not limit))
    return msgspec.structs.replace(state, limits=limits)


def _what_matters(state: State) -> Iterator[Any]:
    """What of a state, besides its marking, acts to come may depend on."""
    yield state.decision.ending if state.decision else None
    yield tuple(sorted((limit.step, limit.ask) for limit in state.limits))
    yield tuple(sorted((each.step, each.ask, each.value) for each in state.opinions))
    yield tuple(sorted((task.step, task.ask) for task in state.tasks))
    yield state.paid


def _others(values: Values, read: list[str]) -> Iterator[Values]:
    """The further values to try: what was read and not yet set, one after the other the other way."""
    set_so_far = dict(values)
    for name in dict.fromkeys(read):
        if name in SAID and name not in values:
            yield {**set_so_far, name: 1}
            set_so_far[name] = 0


def faults_of(marking: Marking) -> Iterator[str]:
    """What is wrong with a dossier that stands so."""
    held = (*marking.waiting, *marking.arrived)
    if len(set(held)) < len(held):
        yield "crowded"
    if marking.ended is not None and held:
        yield "left over"
    if marking.ended is None and not marking.waiting:
        yield "deadlock"


def _context(drawn: Drawn) -> Context:
    ready, definition = _ready(), procedure(drawn)
    # No step fills a page: what rules may read is the same everywhere.
    scope = ready.scope_at("filing", "general")
    scopes = {(step.key, "general"): scope for step in drawn.steps} | {
        (m, "general"): scope for m in ("filing", "reception")
    }
    mine = replace(ready, definition=definition, graph=Graph.of(definition), _schemas={}, _scopes=scopes)
    return Context(
        compiled=mine,
        version=1,
        digest=ready.digest,
        reference=Reference(national_calendar().calendar),
        answers={},
        parties=Parties(APPLICANT.account_id, {"receiving": 1, "solving": 1}),
        area="01",
        case_type="general",
        channel="online",
    )
