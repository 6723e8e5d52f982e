"""A unit is renamed from a day on: papers bear the name of their day, the directory tells the former ones."""

from datetime import date, datetime
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.identity.models import Unit
from common.identity.naming import name_on, take_names
from tests.conftest import SettableClock
from tests.web.administering import UNITS, add_unit, send

OLD, NEW = "Ủy ban nhân dân xã Hòa Bình", "Ủy ban nhân dân phường Hòa Bình"
BASIS = "Nghị quyết 1200/NQ-UBTVQH15"
RENAMING = f"{UNITS}/hoa_binh/renaming"


@pytest.fixture
def hoa_binh(admin: FlaskClient, session: Session, clock: SettableClock) -> Unit:
    clock.now = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
    add_unit(admin, valid_from="1/1/2026")
    return session.scalars(select(Unit).where(Unit.key == "hoa_binh")).one()


def renamed(client: FlaskClient, **typed: str) -> str:
    """The page that answers; "" when it was done."""
    body = {"name_vi": NEW, "name_en": "Hoa Binh ward", "since": "1/3/2026", "basis": BASIS, **typed}
    answer = send(client, RENAMING, **body)
    return "" if answer.status_code == 303 else unescape(answer.text)


def test_a_name_holds_from_its_day_and_the_former_one_until_then(
    admin: FlaskClient, session: Session, hoa_binh: Unit
) -> None:
    assert renamed(admin) == ""
    session.refresh(hoa_binh)
    assert (hoa_binh.name_vi, hoa_binh.name_en) == (NEW, "Hoa Binh ward")
    days = (date(2025, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2027, 1, 1))
    assert [name_on(session, hoa_binh, day).vi for day in days] == [OLD, OLD, NEW, NEW]


def test_a_name_to_come_waits_for_its_day(
    admin: FlaskClient, session: Session, hoa_binh: Unit, clock: SettableClock
) -> None:
    assert renamed(admin, since="1/6/2026") == ""
    session.refresh(hoa_binh)
    assert hoa_binh.name_vi == OLD
    assert f"Từ 01/06/2026: {NEW}" in unescape(admin.get(UNITS).text)
    take_names(session, date(2026, 5, 31))
    assert hoa_binh.name_vi == OLD
    # After a week without a worker the name is taken all the same, once.
    for _ in range(2):
        take_names(session, date(2026, 6, 8))
        session.flush()
    assert (hoa_binh.name_vi, hoa_binh.revision) == (NEW, 2)


def test_the_directory_tells_former_names_and_finds_by_them(admin: FlaskClient, hoa_binh: Unit) -> None:
    renamed(admin)
    listed = unescape(admin.get(UNITS, query_string={"q": "xã Hòa Bình"}).text)
    assert f"Trước đây: {OLD} (đến hết 28/02/2026)" in listed
    shown = unescape(admin.get(f"{UNITS}/hoa_binh").text)
    assert "từ 01/01/2026 đến hết 28/02/2026" in shown
    assert BASIS in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name_vi": OLD}, "Đơn vị đang mang tên này"),
        ({"since": "1/1/2026"}, "Ngày này không sau 01/01/2026"),
        ({"since": "hôm qua"}, "Ngày có dạng 21/11/2026"),
        ({"basis": ""}, "Nhập văn bản đổi tên"),
        ({"name_vi": " "}, "Nhập tên mới của đơn vị"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    admin: FlaskClient, session: Session, hoa_binh: Unit, typed: dict[str, str], said: str
) -> None:
    assert said in renamed(admin, **typed)
    session.refresh(hoa_binh)
    assert hoa_binh.name_vi == OLD


def test_a_second_click_records_no_second_name(admin: FlaskClient, hoa_binh: Unit) -> None:
    assert renamed(admin) == ""
    assert "đã ghi tên này từ ngày này" in renamed(admin)
