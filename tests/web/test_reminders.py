"""The pages of the clock: what it tells officials, and what a unit decides about it."""

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import AuditRow
from runtime.models.reminders import ReminderSetting
from tests.web import people
from tests.web.people import token

PAGE = "/administration/units/province/reminders"
TYPED = {
    "due_soon": "2",
    "apology": "1",
    "delay": "5",
    "collect": "7",
    "valid_from": "09/03/2026",
    "basis": "Quyết định 12/QĐ-UBND",
}


def test_a_unit_decides_when_it_is_reminded_and_sees_what_it_has_decided(
    admin: FlaskClient, session: Session
) -> None:
    assert 'value="3"' in admin.get(PAGE).text
    answer = admin.post(PAGE, data={**TYPED, "csrf_token": token(admin, PAGE)})
    assert answer.status_code == 303
    (row,) = session.scalars(select(ReminderSetting)).all()
    assert (row.due_soon_days, row.delay_days, row.valid_from) == (2, 5, date(2026, 3, 9))
    assert "Quyết định 12/QĐ-UBND" in admin.get(PAGE).text
    assert "Đang áp dụng" not in admin.get(PAGE).text
    acts = session.scalars(select(AuditRow.act).where(AuditRow.subject_kind == "unit")).all()
    assert list(acts) == ["reminders.decided"]


def test_nonsense_is_said_beside_its_field_and_nothing_is_recorded(
    admin: FlaskClient, session: Session
) -> None:
    typed = {**TYPED, "due_soon": "99", "csrf_token": token(admin, PAGE)}
    answer = admin.post(PAGE, data=typed)
    assert answer.status_code == 422
    assert "Số ngày làm việc phải từ 0 đến 30" in answer.text
    answer = admin.post(PAGE, data={**typed, "due_soon": "x", "basis": ""})
    assert answer.status_code == 422
    assert session.scalars(select(ReminderSetting)).all() == []
    assert admin.get("/administration/units/nowhere/reminders").status_code == 404


def test_an_official_with_nothing_to_be_reminded_of_is_told_so(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "case_officer")
    people.sign_in(client, "tiep")
    page = client.get("/desk/reminders").text
    assert "Không có thời hạn nào phải nhắc" in page
    assert "Nhắc việc (0)" in client.get("/desk").text
