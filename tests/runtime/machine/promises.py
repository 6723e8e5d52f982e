"""What holds after every act, whoever asked for it: the promises of the engine, each read from the rows."""

from collections import Counter as Count
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from common.audit import AuditRow
from common.messages import message_of
from common.money import Money, totals
from common.problems import Problem, Refusal
from runtime.effects import sort_at
from runtime.engine import clock
from runtime.engine.fold import fold
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Counter, Dossier, DossierEvent
from runtime.models.money import Charge, Payment, Refund
from runtime.models.papers import Decision, Letter, Notice
from runtime.models.tasks import Task
from runtime.recalled import records_of
from runtime.replay import replay
from runtime.worlds import calendar_of_deadline, parties_of

MOVES_VERSION = {"submit", "resubmit", "accept", "move", "undo_move"}


@dataclass
class Looked:
    """A dossier with its rows, each kind read once."""

    session: Session
    dossier: Dossier

    @cached_property
    def state(self) -> State:
        return from_plain(State, self.dossier.state)

    @cached_property
    def events(self) -> list[DossierEvent]:
        return self._rows(DossierEvent)

    @cached_property
    def tasks(self) -> list[Task]:
        return self._rows(Task)

    @cached_property
    def payments(self) -> list[Payment]:
        return self._rows(Payment)

    @cached_property
    def refunds(self) -> list[Refund]:
        return self._rows(Refund)

    @cached_property
    def charges(self) -> list[Charge]:
        return self._rows(Charge)

    @cached_property
    def decisions(self) -> list[Decision]:
        return self._rows(Decision)

    @cached_property
    def letters(self) -> list[Letter]:
        return self._rows(Letter)

    @cached_property
    def notices(self) -> list[Notice]:
        return self._rows(Notice)

    def _rows(self, model: Any) -> list[Any]:
        keys = model.__table__.primary_key.columns
        mine = select(model).where(model.dossier_id == self.dossier.id)
        return list(self.session.scalars(mine.order_by(*keys)))


def history_gives_the_state(here: Looked) -> None:
    assert replay(here.session, here.dossier) == ()


def every_act_is_one_record_and_one_audit_row(here: Looked) -> None:
    records = here.events
    assert [each.number for each in records] == list(range(1, here.dossier.events + 1))
    mine = (AuditRow.subject_kind == "dossier", AuditRow.subject_key == here.dossier.filing_number)
    rows = here.session.scalars(select(AuditRow).where(*mine).order_by(AuditRow.id)).all()
    told = [(row.act, row.details["event"], row.account_id) for row in rows if "event" in row.details]
    assert told == [(f"dossier.{each.act}", each.number, each.account_id) for each in records]


def instants_only_go_on(here: Looked) -> None:
    instants = [each.at for each in here.events]
    assert instants == sorted(instants)


def nothing_hangs(here: Looked) -> None:
    state = here.state
    assert state.is_closed or state.tasks or state.awaits_applicant or state.limits or state.expects
    assert not (state.is_closed and (state.tasks or state.limits or state.runs or state.marking))


def every_open_task_is_in_the_inbox(here: Looked) -> None:
    state = here.state
    rows = {row.number: row for row in here.tasks if row.status in ("open", "claimed")}
    assert set(rows) == {task.number for task in state.tasks}
    for task in state.tasks:
        row = rows[task.number]
        assert row.status == ("claimed" if task.claimed_by else "open")
        assert (row.claimed_by, row.done_at, row.outcome) == (task.claimed_by, None, "")
        assert row.unit_id == parties_of(here.dossier).unit_of(task)
        assert row.sort_at == sort_at(task, state.due.at if state.due else None)


def the_version_is_pinned(here: Looked) -> None:
    """From filing to filing and at reception the law of the day; afterwards only by a recorded move."""
    state = State()
    for record in records_of(here.session, here.dossier):
        after = fold(state, record)
        assert after.version == state.version or record.act in MOVES_VERSION, record.act
        state = after


def the_deadline_follows_from_the_ledger(here: Looked) -> None:
    state = here.state
    if (
        state.allowance is None
        or state.due is None
        or here.dossier.status not in ("in_process", "decided", "returned")
    ):
        return
    assert (
        clock.due(state.allowance, state.ledger, calendar_of_deadline(here.session, here.dossier))
        == state.due
    )


def the_clock_starts_once_and_ends(here: Looked) -> None:
    state = here.state
    kinds = [entry.kind for entry in state.ledger]
    assert kinds.count("started") == (state.received_at is not None and state.allowance is not None)
    if kinds and (state.is_closed or state.status == "decided"):
        assert kinds[-1] == "stopped"
    assert kinds.count("stopped") <= 1


def money_is_what_the_ledger_says(here: Looked) -> None:
    state = here.state
    payments, refunds = here.payments, here.refunds
    paid = totals(Money(each.amount, each.currency) for each in payments)
    back = totals(each.money for each in refunds)
    assert paid == totals(line.amount for line in state.owed if line.paid and line.amount.minor)
    assert back == totals(money for each in state.refunded for money in each.sums)
    left = {money.currency: money.minor for money in paid}
    for money in back:
        left[money.currency] -= money.minor
    assert all(minor >= 0 for minor in left.values())
    assert {money.currency: money.minor for money in state.kept} == {k: v for k, v in left.items() if v}
    settled = {row.rule for row in here.charges if row.payment_id is not None}
    assert settled == {line.rule for line in state.owed if line.paid and line.amount.minor}


def the_tracks_fit_the_state(here: Looked) -> None:
    state = here.state
    owes = any(line.amount.minor and not line.paid for line in state.owed)
    paid = any(line.amount.minor and line.paid for line in state.owed)
    if state.refunded:
        payment = "refunded" if state.refunded[-1].entire else "partly_refunded"
    elif owes and not state.is_closed and state.ending != "refused":
        payment = "owed"
    else:
        payment = "paid" if paid else "none"
    handover = "not_ready"
    if state.status in ("decided", "returned"):
        ready = "handed_to_post" if state.posted_at else "ready"
        handover = "returned" if state.status == "returned" else ready
    sync = "sent" if state.told == state.status else "pending"
    assert (here.dossier.payment, here.dossier.handover, here.dossier.sync) == (payment, handover, sync)


def a_decision_has_reasons_basis_and_actor(here: Looked) -> None:
    decisions, state = here.decisions, here.state
    assert len(decisions) == (state.decision is not None)
    for decision in decisions:
        assert decision.legal_basis
        assert decision.signatory_id
        assert decision.reason or decision.ending == "granted"


def effects_are_counted_once(here: Looked) -> None:
    """Letters and news of one event once each; a job for each event that has some; a job for each attempt."""
    letters, notices = here.letters, here.notices
    papers = Count((each.event, each.kind, each.key, each.language) for each in letters)
    news = Count((each.event, each.news) for each in notices)
    assert not [each for each, count in (papers | news).items() if count > 1]
    jobs = Count(
        (name, *sorted(arguments.items()))
        for name, arguments in here.session.execute(text(_JOBS), {"dossier": here.dossier.id})
    )
    # News that the clock has is told with the last event, by a job of its own.
    told_by = Count(each.event for each in notices)
    allowed = {job: told_by[_of(job, "event")] if job[0] == "notices.send_news" else 1 for job in jobs}
    twice = {job: count for job, count in jobs.items() if count > allowed[job]}
    assert not twice, twice
    assert _all(jobs, "letters.print", "event") == {each.event for each in letters}
    told = {each.event for each in notices if each.status != "not_sent"}
    assert _all(jobs, "notices.send_news", "event") == told
    assert _all(jobs, "connectors.call", "run") == set(range(1, here.state.started + 1))


Job = tuple[Any, ...]


def _of(job: Job, argument: str) -> Any:
    return dict(job[1:])[argument]


def _all(jobs: Iterable[Job], name: str, argument: str) -> set[Any]:
    return {_of(job, argument) for job in jobs if job[0] == name}


OF_A_DOSSIER: tuple[Callable[[Looked], None], ...] = (
    history_gives_the_state,
    every_act_is_one_record_and_one_audit_row,
    instants_only_go_on,
    nothing_hangs,
    every_open_task_is_in_the_inbox,
    the_version_is_pinned,
    the_deadline_follows_from_the_ledger,
    the_clock_starts_once_and_ends,
    money_is_what_the_ledger_says,
    the_tracks_fit_the_state,
    a_decision_has_reasons_basis_and_actor,
    effects_are_counted_once,
)


def numbers_have_no_gaps(session: Session) -> None:
    """What stands on papers is 1, 2, 3 and so on in each unit and period, up to what its counter has given out."""
    given = Count[tuple[str, int, int]]()
    for counter in session.scalars(select(Counter)):
        given.update((counter.kind, counter.period, number) for number in range(1, counter.last + 1))
    assert Count(_numbers(session)) == given


def _numbers(session: Session) -> Iterator[tuple[str, int, int]]:
    """Every number given out, by whatever unit: its kind, the day or year in which it counts, the number itself."""
    for dossier in session.scalars(select(Dossier)):
        yield "filing", *_of_a_day(dossier.filing_number)
        if dossier.code:
            yield "dossier", *_of_a_day(dossier.code)
    # These bear the number of the row that they print.
    printed = ("payment_receipt", "refund_voucher")
    own = (Letter.language == "vi", Letter.number != "", Letter.kind.not_in(printed))
    for numbered in (select(Payment.number), select(Refund.number), select(Letter.number).where(*own)):
        for number in session.scalars(numbered):
            nth, year, kind = number.split("/")
            yield kind, int(year), int(nth)


def _of_a_day(number: str) -> tuple[int, int]:
    """000.21.01.H99-260302-0001 is the first of 2 March 2026."""
    *_, day, nth = number.split("-")
    return int(f"20{day}"), int(nth)


def told_well(answer: Any) -> None:
    """A refusal has a code with a sentence and a remedy in both languages, and nothing is left out of them."""
    refusals = answer if isinstance(answer, tuple) else (answer,)
    for refusal in refusals:
        assert isinstance(refusal, Refusal | Problem), refusal
        for language in ("vi", "en"):
            said = message_of(refusal, language)
            assert said.text, refusal
            assert said.remedy, refusal
            assert refusal.code not in said.text, refusal
            assert "…" not in said.whole, (refusal, said)


_JOBS = """select task_name, args from procrastinate_jobs where (args ->> 'dossier_id')::bigint = :dossier"""
