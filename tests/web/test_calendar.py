"""The calendar's pages: an administrator confirms a year, corrects one, and records what stops a unit."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.audit import AuditRow
from common.db import Database
from procedure_library.calendar_files import latest_calendar
from procedure_library.interruptions import Interruption, in_force
from procedure_library.loading import load_calendar
from procedure_library.reference import CalendarRow
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.accessibility import barriers, overflow
from tests.web.people import PASSWORD, send

CALENDAR = "/designer/reference/calendar"
YEAR = f"{CALENDAR}/years/2027"
NEW = "/designer/reference/interruptions/new"
BASIS = {"number": "Thông báo 9441/TB-BNV", "signed_on": "21/11/2026", "seen": "1"}
LAW = ("01/01/2027", "30/04/2027", "02/09/2027", "24/11/2027")


@pytest.fixture
def keeper(admin: FlaskClient, session: Session) -> FlaskClient:
    load_calendar(session, at=MONDAY_MORNING)
    session.flush()
    return admin


def typed(*closed: str, **more: str) -> dict[str, str]:
    """The form of a year with these closed days."""
    rows = {}
    for number, day in enumerate(closed):
        rows |= {f"closed-{number}-day": day, f"closed-{number}-why": "Nghỉ lễ"}
    return {**BASIS, **rows, **more}


def confirm(client: FlaskClient, *closed: str, page: str = YEAR, **more: str) -> TestResponse:
    return send(client, page, page, **typed(*closed, **more))


def versions(session: Session) -> list[int]:
    return list(session.scalars(select(CalendarRow.version).order_by(CalendarRow.version)))


def test_the_year_shows_each_unusual_day_with_its_word(keeper: FlaskClient) -> None:
    text = keeper.get(f"{CALENDAR}?year=2026").text
    assert '<td class="day-made_up" title="Làm bù cho ngày 31/08/2026">22<small>bù</small></td>' in text
    assert '<td class="day-closed" title="Ngày Văn hóa Việt Nam">24<small>nghỉ</small></td>' in text
    assert "<strong>249</strong> ngày làm việc" in text
    assert "Thứ Bảy, 10/01/2026" in text
    assert keeper.get(f"{CALENDAR}?year=2025").status_code == 200


@pytest.mark.parametrize("path", [f"{CALENDAR}?year=2028", f"{CALENDAR}?year=x", f"{CALENDAR}/years/2028"])
def test_a_year_out_of_reach_is_not_found(keeper: FlaskClient, path: str) -> None:
    assert keeper.get(path).status_code == 404


def test_the_next_year_is_proposed_and_nothing_is_recorded_by_looking(
    keeper: FlaskClient, session: Session
) -> None:
    text = keeper.get(YEAR).text
    assert "chỉ là đề xuất của phần mềm" in text
    assert 'value="30/04/2027"' in text
    assert versions(session) == [1]


def test_what_is_confirmed_is_the_calendar_of_today(keeper: FlaskClient, session: Session) -> None:
    swap = {"swaps-0-closed": "03/09/2027", "swaps-0-worked": "11/09/2027"}
    answer = confirm(keeper, *LAW, **swap)
    assert (answer.status_code, answer.location) == (303, f"{CALENDAR}?year=2027")
    calendar = latest_calendar(session)
    assert calendar is not None
    assert (calendar.version, calendar.covers_until) == (2, date(2027, 12, 31))
    assert calendar.is_working(date(2027, 9, 11))
    assert not calendar.is_working(date(2027, 9, 3))
    assert calendar.notes[date(2027, 9, 3)] == "Hoán đổi, làm bù ngày 11/09/2027"
    assert calendar.notes[date(2027, 9, 11)] == "Làm bù cho ngày 03/09/2027"
    text = keeper.get(f"{CALENDAR}?year=2027").text
    assert "Đã ghi lịch năm 2027" in text
    assert "Thông báo 9441/TB-BNV, ngày 21/11/2026" in text
    assert session.scalars(select(AuditRow.act).where(AuditRow.subject_kind == "calendar")).all()[-1] == (
        "calendar.recorded"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"closed-9-day": "32/01/2027"}, "Ngày có dạng 21/11/2026"),
        ({"closed-9-day": "02/01/2027", "closed-9-why": "Nghỉ"}, "Ngày này là cuối tuần, vốn đã nghỉ"),
        ({"closed-9-day": "04/01/2028", "closed-9-why": "Nghỉ"}, "Ngày này không thuộc năm 2027"),
        ({"closed-9-day": "01/01/2027", "closed-9-why": "Nghỉ"}, "Ngày này đã ghi ở một dòng khác"),
        ({"closed-9-day": "04/01/2027"}, "Ghi lý do của ngày này"),
        (
            {"worked-0-day": "04/01/2027", "worked-0-why": "Làm bù"},
            "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật",
        ),
        ({"swaps-0-closed": "04/01/2027"}, "Hoán đổi cần cả ngày nghỉ và ngày làm bù"),
        ({"number": ""}, "Nhập số, ký hiệu của văn bản làm căn cứ"),
        ({"seen": "7"}, "Người khác vừa ghi một bản lịch mới hơn"),
        ({"seen": "x"}, "Người khác vừa ghi một bản lịch mới hơn"),
        ({"closed-1-day": ""}, "Ngày 30/04/2027 là ngày lễ theo luật"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    keeper: FlaskClient, session: Session, rows: dict[str, str], said: str
) -> None:
    answer = confirm(keeper, *LAW, **rows)
    assert answer.status_code == 422
    assert said in answer.text
    assert "24/11/2027" in answer.text
    for value in rows.values():
        assert f'value="{value}"' in answer.text or not value
    assert versions(session) == [1]


def test_more_rows_keep_what_was_typed(keeper: FlaskClient, session: Session) -> None:
    answer = confirm(keeper, "04/01/2027", more="yes")
    assert answer.status_code == 200
    assert 'value="04/01/2027"' in answer.text
    assert 'name="closed-3-day"' in answer.text
    assert versions(session) == [1]


def test_a_year_is_corrected_by_a_further_version(keeper: FlaskClient, session: Session) -> None:
    page = f"{CALENDAR}/years/2026"
    assert 'value="24/11/2026"' in keeper.get(page).text
    law = ("01/01/2026", "30/04/2026", "01/05/2026", "02/09/2026", "24/11/2026")
    assert confirm(keeper, *law, page=page).status_code == 303
    calendar = latest_calendar(session)
    assert calendar is not None
    assert calendar.is_working(date(2026, 8, 31))
    assert not calendar.is_working(date(2025, 5, 2))
    assert versions(session) == [1, 2]


def interrupt(client: FlaskClient, **changes: str) -> TestResponse:
    known = {
        "unit": "province",
        "since": "04/03/2026",
        "until": "05/03/2026",
        "cause": "force_majeure",
        "reason": "Bão số 5",
        "number": "Công điện 12/CĐ-UBND",
        "signed_on": "03/03/2026",
    }
    return send(client, "/designer/reference/interruptions", NEW, **{**known, **changes})


def test_what_is_wrong_with_an_interruption_is_listed_in_the_order_of_its_page(keeper: FlaskClient) -> None:
    answer = interrupt(keeper, unit="", since="", reason="", number="", signed_on="").text
    listed = answer.partition('class="error-summary"')[2].partition("</ul>")[0]
    assert re.findall(r'href="#(\w+)"', listed) == ["unit", "since", "reason", "number", "signed_on"]


def test_an_interruption_is_recorded_and_taken_back(keeper: FlaskClient, session: Session) -> None:
    assert interrupt(keeper, with_below="y").status_code == 303
    (row,) = in_force(session)
    assert (row.since, row.until, row.with_below) == (date(2026, 3, 4), date(2026, 3, 5), True)
    assert (row.basis, row.recorded_by) == ("Công điện 12/CĐ-UBND, ngày 03/03/2026", "Lê Văn Tiếp")
    text = keeper.get(CALENDAR).text
    assert "04/03/2026 – 05/03/2026" in text
    assert "Không tính những ngày này" in text
    path = f"/designer/reference/interruptions/{row.id}/revocation"
    assert "Ghi lý do thu hồi" in send(keeper, path, path, reason="").text
    assert send(keeper, path, path, reason="Ghi nhầm").status_code == 303
    assert list(in_force(session)) == []
    again = send(keeper, path, path, reason="Ghi nhầm")
    assert again.status_code == 422
    assert "đã được thu hồi" in again.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit": ""}, "Chọn đơn vị"),
        ({"unit": "nowhere"}, "Chọn đơn vị"),
        ({"cause": ""}, "Chọn nguyên nhân"),
        ({"since": "x"}, "Ngày có dạng 21/11/2026"),
        ({"until": "01/03/2026"}, "Kiểm tra lại hai ngày"),
        ({"number": ""}, "Nhập số, ký hiệu"),
    ],
)
def test_an_interruption_needs_unit_days_cause_and_basis(
    keeper: FlaskClient, session: Session, changes: dict[str, str], said: str
) -> None:
    answer = interrupt(keeper, **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Bão số 5" in answer.text
    assert session.scalars(select(Interruption)).all() == []


def test_only_administrators_change_the_calendar(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "procedure_controller")
    load_calendar(session, at=MONDAY_MORNING)
    session.flush()
    people.sign_in(client, "tiep")
    text = client.get(CALENDAR).text
    assert "Lịch làm việc năm 2026" in text
    assert "Xác nhận lịch năm" not in text
    assert [client.get(path).status_code for path in (YEAR, NEW)] == [403, 403]


def test_the_start_page_of_an_administrator_warns_of_the_end(keeper: FlaskClient, clock: Any) -> None:
    for path in ("/administration", "/designer/procedures"):
        assert "Lịch làm việc chỉ đến hết ngày" not in keeper.get(path).text
    clock.now = clock.now.replace(month=11, day=2)
    assert people.sign_in(keeper, "quantri").location == "/administration"
    for path in ("/administration", "/designer/procedures"):
        text = keeper.get(path).text
        assert "Lịch làm việc chỉ đến hết ngày 31/12/2026" in text
        assert f'<a href="{YEAR}">Xác nhận lịch năm 2027</a>' in text


@pytest.fixture
def house(database: Database) -> None:
    with database.transaction() as session:
        people.official(session, people.unit(session), "administrator", login="quantri")
        load_calendar(session, at=MONDAY_MORNING)


def test_an_administrator_confirms_a_year_in_the_browser(page: Any, live: str, house: None) -> None:
    page.goto(f"{live}/sign-in?next={CALENDAR}")
    page.fill("#login", "quantri")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    look(page)
    page.get_by_role("link", name="Xác nhận lịch năm 2027").click()
    look(page)
    page.get_by_role("button", name="Ghi lịch năm 2027").click()
    look(page)
    page.locator(".error-summary").get_by_role("link", name="Nhập số, ký hiệu").click()
    page.keyboard.type("Thông báo 9441/TB-BNV")
    page.get_by_label("Ngày ký").fill("21/11/2026")
    page.get_by_label("Nghỉ ngày").first.fill("03/05/2027")
    page.get_by_label("Làm bù ngày").first.fill("08/05/2027")
    page.get_by_role("button", name="Ghi lịch năm 2027").click()
    assert "đã ghi ở một dòng khác" in page.locator(".error-summary").inner_text()
    page.locator("input[value='03/05/2027']").first.fill("")
    page.get_by_role("button", name="Ghi lịch năm 2027").click()
    assert "Đã ghi lịch năm 2027" in page.locator("#flash").inner_text()
    assert page.locator("td.day-made_up").inner_text().split() == ["8", "bù"]
    page.goto(f"{live}{NEW}")
    look(page)


def look(page: Any) -> None:
    assert barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0, page.url
    page.set_viewport_size({"width": 1280, "height": 900})
