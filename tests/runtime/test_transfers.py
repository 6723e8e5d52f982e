"""Open work goes from one unit to another by an order: previewed, recorded on each dossier, done once, in batches."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from common.audit import AuditRow
from common.clock import ZONE
from common.identity.accounts import actor_of
from common.identity.actor import Actor
from common.identity.models import Account, Assignment
from common.jobs import Work
from common.problems import Problem, Refusal
from config import Settings
from runtime import applications, dossiers, queries, tasks, transfers
from runtime.jobs import JOBS
from runtime.letters.heads import heading
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.money import Payment
from runtime.models.papers import Notice
from runtime.models.tasks import Task
from runtime.models.transfers import WorkTransfer
from runtime.office import Office
from runtime.replay import replay, verify
from runtime.transfers import Ordered, carry_out, order, orders_of, preview
from tests.runtime.small import MONDAY
from tests.runtime.test_succession import merge
from tests.runtime.town import Town
from tests.support.jobs import waiting

LATER = MONDAY + timedelta(hours=2)
WHY = "Sắp xếp đơn vị hành chính."
BASIS = "Nghị quyết 12/NQ-HĐND"


@pytest.fixture
def work(town: Town, office: Office, settings: Settings) -> Work:
    return Work(town.session, LATER, office.files, settings)


def official(town: Town, role: str, unit: str) -> Actor:
    question = select(Account).join(Assignment)
    question = question.where(Assignment.role == role, Assignment.unit_id == town.units[unit].id)
    account = town.session.scalars(question.order_by(Account.id)).first()
    assert account is not None
    return actor_of(town.session, account, date(2026, 3, 2))


def ordered(town: Town, to: str = "hoa_binh", unit: str = "tan_an", at: datetime = LATER) -> Any:
    by = official(town, "administrator", "province")
    return order(town.session, town.units[unit], Ordered(town.units[to], WHY, BASIS), by=by, at=at)


def gone(town: Town, work: Work, **which: str) -> WorkTransfer:
    """The order, carried out to its end."""
    made = ordered(town, **which)
    assert isinstance(made, WorkTransfer), made
    while carry_out(work, made.id):
        pass
    town.session.flush()
    town.session.expire_all()
    return made


def agrees(town: Town) -> bool:
    return all(replay(town.session, each) == verify(town.session, each) == () for each in town.all(Dossier))


def test_the_preview_counts_what_would_go_and_names_roles_that_nobody_holds_there(town: Town) -> None:
    claimed = town.received()
    tasks.claim(town.session, town.task(claimed), by=town.official("case_officer"), at=MONDAY)
    town.received()
    town.filed()
    town.finished()
    asked = town.received()
    town.complete(asked, "incomplete", reason="Thiếu")
    dossiers.withdraw(town.session, town.received(), by=town.citizen(), at=MONDAY)
    seen = preview(town.session, town.units["tan_an"], town.units["hoa_binh"], MONDAY.date())
    assert dict(seen.dossiers) == {"in_process": 2, "submitted": 1, "decided": 1, "awaiting_supplement": 1}
    assert dict(seen.tasks) == {"case_officer": 2, "reception": 2}
    assert (seen.all_dossiers, seen.all_tasks, seen.claimed, seen.unstaffed) == (5, 4, 1, ())
    to_justice = preview(town.session, town.units["tan_an"], town.units["justice"], MONDAY.date())
    assert to_justice.unstaffed == ("case_officer",)


def test_open_work_goes_over_and_each_dossier_says_from_where_why_and_by_which_order(
    town: Town, work: Work
) -> None:
    dossier = town.received()
    tasks.claim(town.session, town.task(dossier), by=town.official("case_officer"), at=MONDAY)
    code, appointment, unit = dossier.code, dossier.appointment_at, dossier.unit_id
    made = gone(town, work)
    assert (made.dossiers, made.tasks, made.finished_at) == (1, 1, LATER)
    # Code, promise and the unit that received it stay; the task is another unit's, and nobody's there yet.
    assert (dossier.code, dossier.appointment_at, dossier.unit_id) == (code, appointment, unit)
    task = town.task(dossier)
    assert (task.unit_id, task.status, task.claimed_by) == (town.units["hoa_binh"].id, "open", None)
    view = queries.dossier_for(town.session, str(code), town.citizen(), at=LATER)
    assert view is not None
    last = queries.history_of(town.session, view)[-1]
    assert last.act == "transfer"
    names = (town.units["tan_an"].name_vi, town.units["hoa_binh"].name_vi)
    assert last.reason == f"Chuyển từ {names[0]} sang {names[1]}. Lý do: {WHY} Căn cứ: {BASIS}."
    record = town.all(DossierEvent, dossier_id=dossier.id)[-1].record
    assert record["transferred"] == {
        "order": made.id,
        "from_unit": unit,
        "to_unit": town.units["hoa_binh"].id,
        "areas": ["receiving", "solving"],
    }
    assert town.all(Notice, dossier_id=dossier.id)[-1].news == "transferred"
    acts = town.session.scalars(select(AuditRow.act).where(AuditRow.subject_kind == "unit")).all()
    assert list(acts) == ["work.transfer_ordered"]
    assert agrees(town)


def test_who_takes_over_sees_and_finishes_it_and_who_had_it_can_only_read(town: Town, work: Work) -> None:
    dossier, code = (it := town.received()), str(it.code)
    gone(town, work)
    old, new = (official(town, "case_officer", unit) for unit in ("tan_an", "hoa_binh"))
    assert [row.reference for row in queries.inbox(town.session, new, at=LATER).rows] == [code]
    assert queries.inbox(town.session, old, at=LATER).rows == ()
    assert queries.dossier_for(town.session, code, new, at=LATER) is not None
    assert queries.dossier_for(town.session, code, old, at=LATER) is not None
    assert (
        queries.dossier_for(town.session, code, official(town, "case_officer", "son_thuy"), at=LATER) is None
    )
    assert isinstance(tasks.claim(town.session, town.task(dossier), by=old, at=LATER), Refusal)
    for outcome, role in (("fit", "case_officer"), ("granted", "approver"), ("collected", "cashier")):
        by = official(town, role, "hoa_binh")
        done = tasks.complete(town.session, town.task(dossier), outcome=outcome, by=by, at=LATER)
        assert isinstance(done, Task), done
    handed = dossiers.hand_over(town.session, dossier, by=official(town, "reception", "hoa_binh"), at=LATER)
    assert isinstance(handed, Dossier), handed
    assert town.all(Payment)[0].unit_id == town.units["hoa_binh"].id
    definition = (
        view.compiled.definition
        if (view := queries.dossier_for(town.session, code, town.citizen(), at=LATER))
        else None
    )
    assert definition is not None
    head = heading(town.session, dossier, definition, "apology", "1", LATER, "vi")
    assert head["agency"]["name"] == town.units["hoa_binh"].name_vi
    assert agrees(town)


def test_what_was_not_received_yet_is_received_by_the_new_unit_under_its_code(town: Town, work: Work) -> None:
    dossier = town.filed()
    gone(town, work)
    by = official(town, "reception", "hoa_binh")
    accepted = dossiers.accept(town.session, dossier, by=by, at=LATER)
    assert isinstance(accepted, Dossier), accepted
    assert str(dossier.code).startswith(f"{town.units['hoa_binh'].code}-")
    assert agrees(town)


def test_a_supplement_answered_later_and_every_further_task_stay_with_the_new_unit(
    town: Town, work: Work
) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason="Thiếu")
    gone(town, work)
    answered = dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=LATER)
    assert isinstance(answered, Dossier), answered
    assert town.task(dossier).unit_id == town.units["hoa_binh"].id
    assert agrees(town)


def test_work_may_go_on_to_a_third_unit_and_back(town: Town, work: Work) -> None:
    dossier = town.received()
    for unit, to in (("tan_an", "hoa_binh"), ("hoa_binh", "son_thuy"), ("son_thuy", "tan_an")):
        made = gone(town, work, unit=unit, to=to)
        assert (made.dossiers, town.task(dossier).unit_id) == (1, town.units[to].id)
    assert isinstance(town.complete(dossier, "fit", LATER), Task)
    assert agrees(town)


def test_an_order_is_carried_out_in_batches_and_a_job_done_again_moves_nothing_twice(
    town: Town, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfers, "AT_ONCE", 2)
    moved = [town.received() for _ in range(5)]
    made = ordered(town)
    assert ("work.transfer", {"order_id": made.id}) in waiting(town.session)
    filed_later = town.received(LATER + timedelta(minutes=1))
    assert [carry_out(work, made.id) for _ in range(3)] == [True, True, False]
    assert (made.dossiers, made.finished_at) == (5, LATER)
    events = [dossier.events for dossier in moved]
    assert carry_out(work, made.id) is False
    assert [dossier.events for dossier in moved] == events
    assert town.task(filed_later).unit_id == town.units["tan_an"].id
    assert orders_of(town.session, town.units["hoa_binh"]) == (made,)


def test_what_is_wrong_with_an_order_is_said(town: Town) -> None:
    by, unit = official(town, "administrator", "province"), town.units["tan_an"]

    def asked(**changes: Any) -> Any:
        wanted = Ordered(**{"to": town.units["hoa_binh"], "reason": WHY, "basis": BASIS, **changes})
        return order(town.session, unit, wanted, by=by, at=LATER)

    assert asked() == Refusal("dossiers.transfer_nothing")
    town.received()
    assert asked(to=unit, basis=" ") == (
        Problem("dossiers.transfer_to_wrong", "to"),
        Problem("dossiers.basis_missing", "basis"),
    )
    assert asked(to=None, reason="") == (
        Problem("dossiers.transfer_to_wrong", "to"),
        Problem("dossiers.reason_missing", "reason"),
    )
    assert isinstance(asked(), WorkTransfer)
    assert asked() == Refusal("dossiers.transfer_under_way", {"at": "11:00 02/03/2026"})


def test_a_successor_by_law_and_an_order_agree(town: Town, work: Work) -> None:
    """A unit that closes: its officials keep what is open until the order makes it the successor's alone."""
    # Closing asks for a job by its name, which the runtime must have told.
    assert "deadlines.derive_again" in {each.name for each in JOBS}
    dossier = town.received()
    merge(town)
    made = ordered(town, at=datetime(2026, 3, 9, 8, 0, tzinfo=ZONE))
    assert isinstance(made, WorkTransfer)
    carry_out(work, made.id)
    town.session.flush()
    town.session.expire_all()
    old = official(town, "case_officer", "tan_an")
    assert queries.inbox(town.session, old, at=LATER).rows == ()
    assert town.task(dossier).unit_id == town.units["hoa_binh"].id


def test_what_waits_for_completion_is_sent_again_to_the_new_unit(town: Town, work: Work) -> None:
    dossier, citizen = town.filed(), town.citizen()
    by = town.official("reception")
    dossiers.return_for_completion(town.session, dossier, reason="Thiếu", by=by, at=MONDAY)
    gone(town, work)
    application = town.session.scalars(select(Application).where(Application.dossier_id == dossier.id)).one()
    again = applications.submit(town.session, application, by=citizen, at=LATER)
    assert isinstance(again, Dossier), again
    assert town.task(dossier).unit_id == town.units["hoa_binh"].id
    new = official(town, "reception", "hoa_binh")
    assert isinstance(dossiers.accept(town.session, dossier, by=by, at=LATER), Refusal)
    accepted = dossiers.accept(town.session, dossier, by=new, at=LATER)
    assert isinstance(accepted, Dossier), accepted
    assert agrees(town)
