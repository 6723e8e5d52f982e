"""The pages of rates of exchange: what is there, what is missing, a day added, a file looked at and recorded."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.audit import AuditRow
from common.db import Database
from common.identity.actor import machine
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from procedure_library.rates import RateRow
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition
from tests.web import people
from tests.web.accessibility import barriers, overflow
from tests.web.people import PASSWORD, send

REFERENCE = "/designer/reference"
RATES = f"{REFERENCE}/rates/usd_buying/USD-VND"
FILE = f"{RATES}/file"
READS_A_RATE = """ngôn_ngữ vi
tỷ_giá usd_buying "Tỷ giá mua USD chuyển khoản" USD sang VND lấy_ngày dossier.received_on
  căn_cứ "Thông tư 25/2021/TT-BTC"
lệ_phí card "Lệ phí cấp thẻ"
  căn_cứ "Thông tư 25/2021/TT-BTC, Điều 4"
  thu 145 USD theo_tỷ_giá usd_buying
"""
RATE = {"day": "27/02/2026", "rate": "26.105", "source": "Vietcombank Hội sở chính"}


def published(session: Session) -> Version:
    """A procedure whose fee goes by a rate; on Monday 2 March 2026 nothing is recorded yet."""
    load_calendar(session, at=MONDAY_MORNING)
    asks = definition(rules=f"{definition().rules}\n{READS_A_RATE.partition(chr(10))[2]}", examples=())
    made = publish(
        session,
        asks,
        by=machine("test"),
        at=MONDAY_MORNING,
        basis=Basis("1/QĐ-UBND"),
        effective_from=MONDAY_MORNING.date(),
    )
    assert isinstance(made, Version), made
    session.flush()
    return made


@pytest.fixture
def keeper(admin: FlaskClient, session: Session) -> FlaskClient:
    published(session)
    return admin


def add(client: FlaskClient, **changes: str) -> TestResponse:
    return send(client, RATES, RATES, **{**RATE, **changes})


def rows(session: Session) -> list[tuple[date, str]]:
    found = session.scalars(select(RateRow).order_by(RateRow.id))
    return [(row.day, str(row.value)) for row in found]


def test_reference_data_lists_the_rates_that_published_rules_read(keeper: FlaskClient) -> None:
    text = keeper.get(REFERENCE).text
    assert f'<a href="{RATES}">Tỷ giá mua USD chuyển khoản</a>' in text
    assert "USD → VND" in text
    # From 31 January to 2 March 2026 Tết leaves 16 working days.
    assert "Thiếu 16 ngày làm việc" in text


def test_without_such_rules_it_says_so(admin: FlaskClient) -> None:
    assert "Chưa thủ tục nào đọc tỷ giá" in admin.get(REFERENCE).text
    assert admin.get(RATES).status_code == 404


@pytest.mark.parametrize(
    "path", [f"{REFERENCE}/rates/usd_selling/USD-VND", f"{REFERENCE}/rates/usd_buying/EUR-VND"]
)
def test_a_series_that_nobody_reads_is_not_found(keeper: FlaskClient, path: str) -> None:
    assert [keeper.get(path).status_code, keeper.get(f"{path}/file").status_code] == [404, 404]


def test_a_day_is_added_and_audited(keeper: FlaskClient, session: Session) -> None:
    answer = add(keeper)
    assert (answer.status_code, answer.location) == (303, RATES)
    assert rows(session) == [(date(2026, 2, 27), "26105")]
    text = keeper.get(RATES).text
    assert "Đã ghi tỷ giá 26.105 của ngày 27/02/2026." in text
    assert "<strong>26.105</strong>" in text
    assert 'value="Vietcombank Hội sở chính"' in text
    act = session.scalars(select(AuditRow).where(AuditRow.act == "rates.recorded")).one()
    assert (act.actor, act.details["count"]) == ("Lê Văn Tiếp", 1)


def test_numbers_are_read_as_people_here_write_them(keeper: FlaskClient, session: Session) -> None:
    add(keeper, rate="26.105,5")
    add(keeper, rate="26110.25", day="26/02/2026")
    assert rows(session) == [(date(2026, 2, 27), "26105.5"), (date(2026, 2, 26), "26110.25")]
    assert "<strong>26.105,5</strong>" in keeper.get(RATES).text
    assert "<strong>26,105.5</strong>" in keeper.get(f"{RATES}?language=en", follow_redirects=True).text


def test_a_correction_keeps_what_it_corrects(keeper: FlaskClient, session: Session) -> None:
    add(keeper, rate="26015")
    add(keeper)
    text = keeper.get(RATES).text
    assert "Đã sửa tỷ giá ngày 27/02/2026 thành 26.105." in text
    assert "trước khi sửa: 26.015" in text
    assert len(rows(session)) == 2
    add(keeper)
    assert "không có gì thay đổi" in keeper.get(RATES).text
    assert len(rows(session)) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": ""}, "Nhập ngày của tỷ giá"),
        ({"day": "31/02/2026"}, "Ngày có dạng 21/11/2026"),
        ({"day": "03/03/2026"}, "Ngày 03/03/2026 chưa tới"),
        ({"day": "01/01/1989"}, "không phải là ngày"),
        ({"rate": ""}, "Nhập tỷ giá"),
        ({"rate": "hai mươi sáu nghìn"}, "không phải là tỷ giá"),
        ({"rate": "-26105"}, "không phải là tỷ giá"),
        ({"rate": "0"}, "không phải là tỷ giá"),
        ({"source": " "}, "Ghi nơi công bố tỷ giá"),
        ({"source": "x" * 301}, "Viết gọn lại"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    keeper: FlaskClient, session: Session, changes: dict[str, str], said: str
) -> None:
    answer = add(keeper, **changes)
    assert answer.status_code == 422
    assert said in answer.text
    for value in {**RATE, **changes}.values():
        assert f'value="{value.strip()}"' in answer.text
    assert rows(session) == []


def test_a_slip_of_the_pen_is_caught_by_the_day_before(keeper: FlaskClient, session: Session) -> None:
    add(keeper)
    answer = add(keeper, day="28/02/2026", rate="2.610")
    assert answer.status_code == 422
    assert "chênh hơn hai lần" in answer.text
    assert len(rows(session)) == 1


def test_missing_days_lead_to_the_form_with_the_day(keeper: FlaskClient) -> None:
    add(keeper)
    text = keeper.get(f"{RATES}?since=25/02/2026&until=02/03/2026").text
    assert "Thiếu tỷ giá của 3 ngày làm việc" in text
    links = re.findall(r'day=([\d-]+)&amp;[^"]*#new">', text)
    assert links == ["2026-03-02", "2026-02-26", "2026-02-25"]
    assert 'value="26/02/2026"' in keeper.get(f"{RATES}?day=2026-02-26").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=x&until=02/03/2026", "Ngày có dạng 21/11/2026"),
        ("since=02/03/2026&until=25/02/2026", "Ngày cuối trước ngày đầu"),
        ("since=&until=", "Nhập ngày đầu tiên"),
        ("day=x", "31/01/2026"),
        ("since=01/01/0001&until=02/03/2026", "02/03/2026"),
    ],
)
def test_any_span_is_answered(keeper: FlaskClient, query: str, said: str) -> None:
    answer = keeper.get(f"{RATES}?{query}")
    assert answer.status_code == 200
    assert said in answer.text


LINES = "day,rate,source\n2026-02-26,26110,Vietcombank\n2026-02-27,26105,Vietcombank\n"


def look(client: FlaskClient, text: str, do: str = "look", **more: Any) -> TestResponse:
    return send(client, FILE, FILE, content=text, do=do, **more)


def test_a_file_is_shown_before_it_is_recorded(keeper: FlaskClient, session: Session) -> None:
    add(keeper, rate="26015", source="Vietcombank")
    file = (BytesIO(LINES.encode("utf-8-sig")), "rates.csv")
    answer = look(keeper, "", file=file)
    assert answer.status_code == 200
    assert "đang ghi 26.015" in answer.text
    assert "Ghi 2 tỷ giá" in answer.text
    assert "2026-02-26,26110,Vietcombank" in answer.text
    assert len(rows(session)) == 1
    done = look(keeper, LINES, do="record")
    assert (done.status_code, done.location) == (303, RATES)
    assert rows(session)[1:] == [(date(2026, 2, 26), "26110"), (date(2026, 2, 27), "26105")]
    assert "Mọi ngày trong tệp đã ghi như vậy." in look(keeper, LINES).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LINES + "2026-02-28,x,Vietcombank\n", "dòng 4"),
        ("", "Dòng đầu của tệp thiếu tên cột"),
        ("day,rate,source\n2026-03-03,26105,V\n", "Ngày 03/03/2026 chưa tới"),
    ],
)
@pytest.mark.parametrize("do", ["look", "record"])
def test_mistakes_stay_on_the_page(
    keeper: FlaskClient, session: Session, text: str, said: str, do: str
) -> None:
    answer = look(keeper, text, do=do)
    assert answer.status_code == 422
    assert said in answer.text
    assert text.strip() in answer.text
    assert rows(session) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "Không đọc được tệp tỷ giá"),
        (b"x" * 400_001, "Tệp lớn hơn 400 kB"),
    ],
)
def test_what_is_no_text_file_is_told(keeper: FlaskClient, content: bytes, said: str) -> None:
    answer = look(keeper, "what was there", file=(BytesIO(content), "rates.xlsx"))
    assert answer.status_code == 422
    assert said in answer.text
    assert "what was there" in answer.text


def test_a_controller_reads_and_an_administrator_writes(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "procedure_controller")
    published(session)
    people.sign_in(client, "tiep")
    text = client.get(RATES).text
    assert "Tỷ giá mua USD chuyển khoản" in text
    assert "Ghi tỷ giá một ngày" not in text
    assert client.get(FILE).status_code == 403
    token = people.token(
        client, REFERENCE if 'name="csrf_token"' in client.get(REFERENCE).text else "/profile"
    )
    sent = [client.post(path, data={**RATE, "csrf_token": token}).status_code for path in (RATES, FILE)]
    assert sent == [403, 403]


@pytest.fixture
def house(database: Database) -> None:
    with database.transaction() as session:
        people.official(session, people.unit(session), "administrator", login="quantri")
        published(session)


def test_an_administrator_keeps_rates_in_the_browser(
    page: Any, live: str, house: None, tmp_path: Path
) -> None:
    page.goto(f"{live}/sign-in?next={REFERENCE}")
    page.fill("#login", "quantri")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    seen(page)
    page.get_by_role("link", name="Tỷ giá mua USD chuyển khoản").click()
    seen(page)
    page.locator(".day-list a").first.click()
    assert page.get_by_label("Ngày", exact=True).input_value() == "02/03/2026"
    page.get_by_role("button", name="Ghi tỷ giá").click()
    page.locator(".error-summary").get_by_role("link", name="Nhập tỷ giá").click()
    page.keyboard.type("26.105")
    page.get_by_label("Nơi công bố").fill("Vietcombank")
    page.get_by_role("button", name="Ghi tỷ giá").click()
    assert "Đã ghi tỷ giá 26.105" in page.locator("#flash").inner_text()
    seen(page)
    page.get_by_role("link", name="Nạp từ tệp").click()
    seen(page)
    file = tmp_path / "rates.csv"
    file.write_text(LINES.replace("2026-02-26", "26.2.2026"), encoding="utf-8")
    page.get_by_label("Tệp CSV hoặc JSON").set_input_files(file)
    page.get_by_role("button", name="Xem trước").click()
    seen(page)
    box = page.get_by_label("Nội dung")
    box.fill(box.input_value().replace("26.2.2026", "26/2/2026"))
    page.get_by_role("button", name="Xem trước").click()
    seen(page)
    page.get_by_role("button", name="Ghi 2 tỷ giá").click()
    assert "Đã ghi 2 tỷ giá." in page.locator("#flash").inner_text()
    seen(page)


def seen(page: Any) -> None:
    assert barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0, page.url
    page.set_viewport_size({"width": 1280, "height": 900})
