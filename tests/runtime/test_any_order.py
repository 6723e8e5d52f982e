"""Any acts, in any order, by anybody, on any graph: what must hold after each of them."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from common.problems import Refusal
from procedure_library.definition import Definition
from runtime.engine.advance import Advance
from runtime.engine.effects import CloseTaskRow, OpenTaskRow
from runtime.engine.events import (
    Accept,
    AnswerSupplement,
    AnyEvent,
    Claim,
    Complete,
    Extend,
    HandOver,
    Pay,
    Reappoint,
    Refuse,
    Release,
    Resubmit,
    Resume,
    ReturnForCompletion,
    Stop,
    Submit,
    Suspend,
    Withdraw,
)
from runtime.engine.families import awaited
from runtime.engine.fold import fold_all
from runtime.engine.machine_events import (
    ChildEnded,
    ChildFailed,
    ChildOpened,
    DeriveDeadline,
    Fail,
    PassLimit,
    ReceiveMessage,
    Report,
)
from runtime.engine.plain import from_plain, to_plain
from runtime.engine.record import Record
from runtime.engine.state import State
from tests.procedure_library.graphs import block_structured
from tests.runtime.small import (
    APPLICANT,
    CLOCK,
    MONDAY,
    STRANGER,
    SUPPLEMENT,
    Desk,
    context,
    official,
    ref,
    small,
)

OTHERS = ("payment", "message", "moment", "automatic", "call")
REASONS = st.sampled_from(("", "Thiếu giấy tờ"))
PERSONS = st.sampled_from(
    (
        APPLICANT,
        STRANGER,
        CLOCK,
        *(official(role) for role in ("reception", "case_officer", "approver", "leader", "cashier")),
        official("case_officer", 77),
    )
)


class AnyOrder(RuleBasedStateMachine):
    """One dossier; rows of tasks are kept beside it as the shell would keep them."""

    @initialize(drawn=block_structured(), supplement=st.sampled_from(sorted(SUPPLEMENT)))
    def begin(self, drawn: Definition, supplement: str) -> None:
        self.desk = Desk(context(small(supplement, steps=drawn.steps, transitions=drawn.transitions)))
        self.at = MONDAY
        self.open_rows: set[int] = set()
        self.ask(Submit(by=APPLICANT, at=self.at, answers=ref()))

    def ask(self, event: AnyEvent) -> None:
        before = self.desk.state
        answer = self.desk.ask(event)
        if isinstance(answer, Refusal):
            assert self.desk.state == before
            return
        for effect in answer.effects:
            if isinstance(effect, OpenTaskRow):
                self.open_rows.add(effect.task.number)
            elif isinstance(effect, CloseTaskRow):
                self.open_rows.remove(effect.closed.number)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule(by=PERSONS, reason=REASONS, act=st.integers(0, 14))
    def somebody_acts_on_the_dossier(self, by: object, reason: str, act: int) -> None:
        who = {"by": by, "at": self.at}
        events: tuple[AnyEvent, ...] = (
            Accept(**who),
            Accept(**who, slip_asked=True),
            Refuse(**who, reason=reason),
            ReturnForCompletion(**who, reason=reason),
            Resubmit(**who, answers=ref(2)),
            AnswerSupplement(**who),
            HandOver(**who),
            Withdraw(**who, reason=reason),
            Stop(**who, reason=reason),
            Reappoint(**who, reason=reason, new_day=date(2026, 12, 1)),
            DeriveDeadline(**who),
            Extend(**who, amount=1, after=0, reason=reason),
            Suspend(**who, why="incident", reason=reason),
            Suspend(**who, why="authority", reason=reason),
            Resume(**who),
        )
        self.ask(events[act])

    @rule()
    def reception_accepts(self) -> None:
        self.ask(Accept(by=official("reception"), at=self.at))

    @rule(by=PERSONS, number=st.integers(1, 9), give_back=st.booleans())
    def somebody_takes_or_gives_back_a_task(self, by: object, number: int, give_back: bool) -> None:
        self.ask((Release if give_back else Claim)(by=by, at=self.at, task=number))

    @precondition(lambda self: self.desk.state.marking is not None and self.desk.state.tasks)
    @rule(pick=st.integers(0, 5), way=st.integers(0, 5), reason=st.just("Thiếu giấy tờ"))
    def an_official_completes_a_task(self, pick: int, way: int, reason: str) -> None:
        tasks = self.desk.state.tasks
        task = tasks[pick % len(tasks)]
        if task.kind != "step":
            return
        outcomes = self.desk.context.compiled.step(task.step).ways
        outcome = outcomes[way % len(outcomes)].key
        by = official(task.role)
        self.ask(Complete(by=by, at=self.at, task=task.number, outcome=outcome, reason=reason))

    @precondition(lambda self: self.desk.state.awaits_applicant)
    @rule()
    def the_applicant_answers(self) -> None:
        waits = self.desk.state.status == "awaiting_supplement"
        if self.desk.state.status == "awaiting_payment":
            return
        event = (
            AnswerSupplement(by=APPLICANT, at=self.at)
            if waits
            else Resubmit(by=APPLICANT, at=self.at, answers=ref(2))
        )
        assert isinstance(self.desk.ask(event), Advance) or not waits
        self.open_rows = {task.number for task in self.desk.state.tasks}

    @invariant()
    def folding_the_records_gives_the_state(self) -> None:
        stored = [from_plain(Record, to_plain(record)) for record in self.desk.records]
        assert fold_all(stored) == self.desk.state
        assert from_plain(State, to_plain(self.desk.state)) == self.desk.state

    @rule()
    def the_machine_looks(self) -> None:
        passed = [limit for limit in self.desk.state.limits if limit.at <= self.at]
        before = self.desk.state
        self.ask(PassLimit(by=CLOCK, at=self.at))
        assert (self.desk.state != before) == bool(passed)

    @rule()
    def the_cashier_takes_money(self) -> None:
        self.ask(Pay(by=official("cashier"), at=self.at))

    @rule(number=st.integers(1, 3))
    def another_system_sends(self, number: int) -> None:
        heard = self.desk.state.heard
        self.ask(ReceiveMessage(by=CLOCK, at=self.at, key="tax_paid", message_id=f"m{number}"))
        assert f"m{number}" not in heard or self.desk.state.heard == heard

    @rule(number=st.integers(1, 4), failed=st.booleans())
    def a_connector_answers(self, number: int, failed: bool) -> None:
        under_way = number in {run.number for run in self.desk.state.runs}
        before = self.desk.state
        self.ask((Fail if failed else Report)(by=CLOCK, at=self.at, run=number))
        assert (self.desk.state != before) == under_way

    @rule(
        number=st.integers(1, 4), told=st.sampled_from(("opened", "granted", "refused", "stopped", "failed"))
    )
    def a_child_tells(self, number: int, told: Any) -> None:
        who = {"by": CLOCK, "at": self.at, "child": number}
        known = {child.number: child for child in self.desk.state.children}
        if told == "opened":
            self.ask(ChildOpened(**who, dossier="N1"))
        elif told == "failed":
            self.ask(ChildFailed(**who, reason="Thiếu giấy tờ"))
        else:
            self.ask(ChildEnded(**who, dossier="N1", outcome=told))
        if number in known and known[number].ended:
            assert known[number] in self.desk.state.children

    @invariant()
    def a_child_is_awaited_only_where_a_call_rests(self) -> None:
        state = self.desk.state
        calls = {key for key in (state.marking.waiting if state.marking else ()) if key.startswith("call")}
        assert {child.step for child in awaited(state)} == calls

    @invariant()
    def a_limit_belongs_to_work_that_waits(self) -> None:
        state = self.desk.state
        numbers = {task.number for task in state.tasks}
        for limit in state.limits:
            assert limit.task is None or limit.task in numbers
            assert state.marking is not None
            assert limit.step in state.marking.waiting

    @invariant()
    def an_attempt_is_watched(self) -> None:
        assert {run.limit for run in self.desk.state.runs} <= set(self.desk.state.limits)

    @invariant()
    def nothing_hangs(self) -> None:
        state = self.desk.state
        assert (
            state.is_closed
            or state.tasks
            or state.awaits_applicant
            or state.limits
            or state.expects
            or awaited(state)
        )
        assert not (state.is_closed and state.tasks)

    @invariant()
    def tasks_stand_where_the_graph_waits(self) -> None:
        state = self.desk.state
        if state.marking is not None:
            steps = {task.step for task in state.tasks if task.kind == "step"}
            others = [
                key for key in state.marking.waiting if self.desk.context.compiled.step(key).kind in OTHERS
            ]
            assert sorted([*steps, *state.awaiting, *others]) == list(state.marking.waiting)
        assert self.open_rows == {task.number for task in state.tasks}

    @invariant()
    def the_clock_runs_only_in_process(self) -> None:
        state = self.desk.state
        running = [entry for entry in state.ledger if entry.kind == "started"]
        assert len(running) == (state.received_at is not None)
        if state.status in ("decided", "returned"):
            assert state.ledger[-1].kind == "stopped"
            assert state.decision is not None


AnyOrder.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyOrder = AnyOrder.TestCase
