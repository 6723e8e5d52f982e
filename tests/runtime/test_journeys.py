"""From filing to result on a real database: what each verb leaves behind."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from common.audit import AuditRow
from common.clock import ZONE
from common.problems import Refusal
from runtime import applications, dossiers, queries, tasks
from runtime.handed_in import attach, detach
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier, DossierEvent, EvaluationRow, Reason
from runtime.models.money import Charge, Payment
from runtime.models.papers import Decision, Document, Letter, Notice
from runtime.models.tasks import Task
from tests.runtime.small import MONDAY
from tests.runtime.town import TODAY, Town, scan

REASON = "1. Thiếu chữ ký của người yêu cầu."


def test_a_filing_gets_a_number_a_confirmation_and_a_place_in_the_inbox(town: Town) -> None:
    dossier = town.filed()
    assert dossier.filing_number == "N-000.21.01.H99-260302-1"
    assert (dossier.code, dossier.status, dossier.due_at) == (None, "submitted", None)
    assert _kinds(town, dossier) == ["filing_confirmation"]
    assert [(t.kind, t.role, t.status) for t in _tasks(town, dossier)] == [("reception", "reception", "open")]
    assert dossier.applicant == {
        "full_name": "Nguyễn Thị Thuỳ Linh",
        "identity_number": "038190001234",
        "address": "Số 12 Nguyễn Trãi, phường Tân An, tỉnh Lam Sơn",
        "phone": "0912345678",
        "email": "thuylinh@example.vn",
    }


def test_reception_gives_code_slip_clock_and_first_task(town: Town) -> None:
    dossier = town.received()
    assert dossier.code == "000.21.01.H99-260302-0001"
    assert dossier.due_at == dossier.appointment_at == datetime(2026, 3, 5, 23, 59, tzinfo=ZONE)
    assert _kinds(town, dossier) == ["filing_confirmation", "reception_slip"]
    # Assessed when it was filed, and again by the law of the day of reception.
    assert [
        (charge.event, charge.rule, charge.kind, charge.amount, charge.currency)
        for charge in town.all(Charge, dossier_id=dossier.id)
    ] == [(number, "copies", "charge", 6000, "VND") for number in (1, 2)]
    waiting = town.task(dossier)
    assert (waiting.step, waiting.role) == ("examine", "case_officer")
    # Its own budget of one working day ends before the dossier's deadline.
    assert waiting.sort_at == datetime(2026, 3, 3, 23, 59, tzinfo=ZONE)


def test_a_code_is_of_the_day_of_reception_not_of_filing(town: Town) -> None:
    saturday = datetime(2026, 3, 7, 20, 0, tzinfo=ZONE)
    dossier = town.filed(saturday)
    monday = datetime(2026, 3, 9, 8, 0, tzinfo=ZONE)
    dossiers.accept(town.session, dossier, by=town.official("reception"), at=monday)
    assert dossier.code == "000.21.01.H99-260309-0001"
    assert dossier.submitted_at == saturday
    assert dossier.received_at == monday


def test_all_the_way_to_the_applicants_hands(town: Town) -> None:
    dossier = town.finished()
    assert dossier.status == "decided"
    assert dossier.finished_at == MONDAY
    (decision,) = town.all(Decision, dossier_id=dossier.id)
    assert (decision.outcome, decision.ending) == ("granted", "granted")
    assert decision.grounds[0]["rule"] == "few"
    assert decision.legal_basis[0]["number"] == "Luật 60/2014/QH13"
    assert decision.signatory_id == town.official("approver").account_id
    (payment,) = town.all(Payment, dossier_id=dossier.id)
    assert (payment.number, payment.amount, payment.method) == ("1/2026/BL", 6000, "cash")
    assert _kinds(town, dossier)[-1] == "payment_receipt"
    handed = dossiers.hand_over(town.session, dossier, by=town.official("reception"), at=MONDAY)
    assert isinstance(handed, Dossier)
    assert handed.status == "returned"
    assert {t.status for t in _tasks(town, dossier)} == {"done"}


def test_somebody_without_an_account_files_at_the_counter_in_one_act(town: Town) -> None:
    reception = town.official("reception")
    application = town.begun(reception)
    dossier = dossiers.enter_at_counter(town.session, application, by=reception, at=MONDAY)
    assert isinstance(dossier, Dossier), dossier
    assert (dossier.status, dossier.owner_id, dossier.channel) == ("in_process", None, "counter")
    assert dossier.applicant["full_name"] == "Nguyễn Thị Lan"
    assert _kinds(town, dossier) == ["reception_slip"]
    found = queries.look_up(town.session, str(dossier.code), "038190000777")
    assert found is not None
    assert (found.code, found.status) == (dossier.code, "in_process")


def test_what_is_refused_at_the_counter_leaves_nothing_behind(town: Town) -> None:
    reception = town.official("reception")
    application = town.begun(reception, unit_id=town.units["tan_an"].id)
    elsewhere = town.official("reception", "hoa_binh")
    refused = dossiers.enter_at_counter(town.session, application, by=elsewhere, at=MONDAY)
    assert refused == Refusal("dossiers.not_yours")
    assert town.all(Dossier) == []
    assert isinstance(dossiers.enter_at_counter(town.session, application, by=reception, at=MONDAY), Dossier)


def test_reception_asks_once_and_the_applicant_sends_again(town: Town) -> None:
    dossier = town.filed()
    reception, citizen = town.official("reception"), town.citizen()
    dossiers.return_for_completion(town.session, dossier, reason=REASON, by=reception, at=MONDAY)
    assert dossier.status == "awaiting_completion"
    (letter,) = town.all(Letter, dossier_id=dossier.id, kind="supplement_request")
    assert letter.number == "1/2026/HDHS"
    application = queries.unsent(town.session, citizen, TODAY)
    assert application == ()
    view = queries.dossier_for(town.session, dossier.filing_number, citizen, at=MONDAY)
    assert view is not None
    answers = {"person": {**view.application.answers["person"], "copies": 5}}
    applications.save_page(town.session, view.application, "person", answers, by=citizen, at=MONDAY)
    again = applications.submit(town.session, view.application, by=citizen, at=MONDAY)
    assert again is dossier
    assert (dossier.status, dossier.filing_number) == ("submitted", "N-000.21.01.H99-260302-1")
    assert [a.number for a in town.all(Answers, dossier_id=dossier.id)] == [1, 2]


def test_a_supplement_stops_the_clock_and_its_answer_starts_it(town: Town) -> None:
    dossier = town.received()
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
    assert isinstance(town.complete(dossier, "incomplete", tuesday, reason=REASON), Task)
    assert (dossier.status, dossier.due_at) == ("awaiting_supplement", None)
    application = _application(town, dossier)
    attach(
        town.session,
        application,
        component="",
        name="Bổ sung.pdf",
        source=scan(),
        limit=1000,
        by=town.citizen(),
        at=friday,
    )
    answered = dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=friday)
    assert answered is dossier
    assert dossier.status == "in_process"
    # Two of three days were left (D8, pause).
    assert dossier.appointment_at == datetime(2026, 3, 10, 23, 59, tzinfo=ZONE)
    assert _kinds(town, dossier)[-2:] == ["supplement_request", "reception_slip"]
    assert isinstance(town.complete(dossier, "fit", friday), Task)


def test_answers_to_a_supplement_are_judged_like_a_filing(town: Town) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason=REASON)
    wrong = {"person": {"full_name": "Lan"}}
    problems = dossiers.answer_supplement(town.session, dossier, answers=wrong, by=town.citizen(), at=MONDAY)
    assert isinstance(problems, tuple)
    assert {p.where for p in problems} == {"person.identity_number", "person.copies"}
    assert dossier.status == "awaiting_supplement"


def test_withdrawing_cancels_open_work(town: Town) -> None:
    dossier = town.received()
    withdrawn = dossiers.withdraw(town.session, dossier, reason="Đã tìm thấy", by=town.citizen(), at=MONDAY)
    assert withdrawn is dossier
    assert (dossier.status, dossier.finished_at) == ("withdrawn", MONDAY)
    assert [t.status for t in _tasks(town, dossier)] == ["done", "cancelled"]
    refused = tasks.complete(
        town.session, _tasks(town, dossier)[1], outcome="fit", by=town.official("case_officer"), at=MONDAY
    )
    assert refused == Refusal("dossiers.task_cancelled", {"at": "09:00 02/03/2026"})


def test_every_act_leaves_event_audit_and_notice_in_the_same_transaction(town: Town) -> None:
    dossier = town.finished()
    events = town.all(DossierEvent, dossier_id=dossier.id)
    assert [e.act for e in events] == ["submit", "accept", "complete", "complete", "complete"]
    assert [e.number for e in events] == [1, 2, 3, 4, 5]
    trail = town.session.scalars(
        select(AuditRow.act).where(AuditRow.subject_key == dossier.filing_number).order_by(AuditRow.id)
    ).all()
    assert trail == ["dossier.submit", "dossier.accept", *["dossier.complete"] * 3]
    notices = town.all(Notice, dossier_id=dossier.id)
    assert [(n.news, n.status, n.why) for n in notices] == [
        ("submitted", "not_sent", "no_mail_server"),
        ("accepted", "not_sent", "no_mail_server"),
        ("decided", "not_sent", "no_mail_server"),
    ]


def test_events_hold_nothing_personal(town: Town) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason="Bà Thuỳ Linh thiếu giấy tờ")
    told = str([e.record for e in town.all(DossierEvent, dossier_id=dossier.id)])
    for personal in ("Linh", "038190001234", "thuylinh", "Nguyễn Trãi"):
        assert personal not in told
    assert town.all(Reason, dossier_id=dossier.id)[0].text == "Bà Thuỳ Linh thiếu giấy tờ"
    assert town.all(EvaluationRow, dossier_id=dossier.id)


def test_an_application_that_was_never_sent_can_be_thrown_away(town: Town) -> None:
    citizen = town.citizen()
    application = town.begun(citizen)
    attach(
        town.session,
        application,
        component="",
        name="a.pdf",
        source=scan(),
        limit=1000,
        by=citizen,
        at=MONDAY,
    )
    assert [u.application for u in queries.unsent(town.session, citizen, TODAY)] == [application]
    assert applications.discard(town.session, application, by=citizen, at=MONDAY) is None
    assert queries.unsent(town.session, citizen, TODAY) == ()
    assert town.all(Document) == []


def test_papers_are_added_when_asked_for_and_taken_back_only_before_anyone_relied_on_them(town: Town) -> None:
    citizen = town.citizen()
    dossier = town.filed()
    application = town.all(Application, dossier_id=dossier.id)[0]
    file: Any = {"component": "", "name": "a.pdf", "limit": 999, "by": citizen, "at": MONDAY}
    closed = Refusal("dossiers.papers_closed", {"number": dossier.filing_number})
    assert attach(town.session, application, source=scan(), **file) == closed
    reception = town.official("reception")
    dossiers.return_for_completion(town.session, dossier, reason=REASON, by=reception, at=MONDAY)
    document = attach(town.session, application, source=scan(), **file)
    assert isinstance(document, Document)
    assert detach(town.session, application, document, by=citizen, at=MONDAY) is None
    kept = attach(town.session, application, source=scan(), **file)
    assert isinstance(kept, Document)
    applications.submit(town.session, application, by=citizen, at=MONDAY)
    assert detach(town.session, application, kept, by=citizen, at=MONDAY) == closed
    dossiers.accept(town.session, dossier, by=reception, at=MONDAY)
    town.complete(dossier, "incomplete", reason=REASON)
    assert detach(town.session, application, kept, by=citizen, at=MONDAY) == closed
    assert isinstance(attach(town.session, application, source=scan(), **file), Document)


def test_what_was_typed_is_kept_even_when_it_is_wrong(town: Town) -> None:
    citizen = town.citizen()
    application = town.begun(citizen)
    wrong = {"person": {"full_name": "Lan", "identity_number": "12", "copies": 99}}
    saved = applications.save_page(town.session, application, "person", wrong, by=citizen, at=MONDAY)
    assert isinstance(saved, tuple)
    assert {p.where for p in saved} == {"person.identity_number", "person.copies"}
    assert application.answers == wrong
    judged = applications.submit(town.session, application, by=citizen, at=MONDAY)
    assert isinstance(judged, tuple)
    assert town.all(Dossier) == []


def test_a_condition_that_fails_is_told_before_filing(town: Town) -> None:
    citizen = town.citizen()
    application = town.begun(citizen)
    answers = {"person": {**application.answers["person"], "copies": 12}}
    applications.save_page(town.session, application, "person", answers, by=citizen, at=MONDAY)
    (problem,) = applications.submit(town.session, application, by=citizen, at=MONDAY)  # type: ignore[misc]
    assert (problem.code, problem.where) == ("dossiers.condition_failed", "conditions.few")


def _kinds(town: Town, dossier: Dossier) -> list[str]:
    return [letter.kind for letter in queries.letters_of(town.session, dossier)]


def _tasks(town: Town, dossier: Dossier) -> list[Task]:
    question = select(Task).where(Task.dossier_id == dossier.id).order_by(Task.number)
    return list(town.session.scalars(question))


def _application(town: Town, dossier: Dossier) -> Any:
    view = queries.dossier_for(town.session, str(dossier.code), town.citizen(), at=MONDAY)
    assert view is not None
    return view.application
