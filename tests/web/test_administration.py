"""Administrators furnish the house with units, officials and posts; nobody else may, and every act is recorded."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.audit import AuditRow
from common.db import Database
from common.identity.models import Account, Assignment, Unit
from config import Settings
from tests.conftest import SettableClock
from tests.web import people
from tests.web.accessibility import barriers, overflow

UNITS = "/administration/units"
NEW_UNIT = "/administration/new-unit"
COMMUNE = {
    "name_vi": "Ủy ban nhân dân xã Hòa Bình",
    "name_en": "",
    "level": "commune",
    "parent": "province",
    "code": "000.21.02.h40",
    "key": "hoa_binh",
    "area_code": "92001",
    "valid_from": "2/3/2026",
    "address": "Thôn Đông",
    "phone": "0235 3811 102",
}


@pytest.fixture
def admin(client: FlaskClient, session: Session) -> FlaskClient:
    people.official(session, people.unit(session), "administrator", login="quantri")
    people.sign_in(client, "quantri")
    return client


def send(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    return people.send(client, path, page="/profile", **typed)


def add_unit(client: FlaskClient, **changes: str) -> TestResponse:
    return send(client, UNITS, **{**COMMUNE, **changes})


def acts(session: Session, kind: str, key: str) -> list[tuple[str, dict[str, object]]]:
    told = select(AuditRow).where(AuditRow.subject_kind == kind, AuditRow.subject_key == key)
    return [(row.act, row.details) for row in session.scalars(told.order_by(AuditRow.id))]


def test_a_unit_is_added_and_listed(admin: FlaskClient, session: Session) -> None:
    answer = add_unit(admin)
    assert (answer.status_code, answer.location) == (303, f"{UNITS}/hoa_binh")
    unit = session.scalars(select(Unit).where(Unit.key == "hoa_binh")).one()
    assert (unit.code, unit.level, unit.area_code) == ("000.21.02.H40", "commune", "92001")
    assert (unit.valid_from, unit.valid_until) == (date(2026, 3, 2), None)
    assert acts(session, "unit", "hoa_binh") == [
        ("unit.added", {"code": "000.21.02.H40", "parent": "province"})
    ]
    assert "Ủy ban nhân dân xã Hòa Bình" in admin.get(UNITS).text
    assert "Thôn Đông" in admin.get(f"{UNITS}/hoa_binh").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name_vi", " ", "Nhập tên đơn vị"),
        ("name_vi", "x" * 201, "Viết gọn lại, không quá 200 chữ"),
        ("key", "province", "Khóa này là của Ủy ban nhân dân tỉnh Thanh Bình."),
        ("key", "Xã/Hòa Bình", "chỉ gồm chữ thường không dấu"),
        ("code", "H40", "Mã định danh này là của Ủy ban nhân dân tỉnh Thanh Bình."),
        ("code", "H40-1", "cách nhau bằng dấu chấm"),
        ("area_code", "xa", "Mã địa bàn chỉ gồm chữ số."),
        ("level", "", "Chọn cấp của đơn vị"),
        ("parent", "", "Chọn đơn vị cấp trên"),
        ("valid_from", "31/02/2026", "Ngày có dạng 21/11/2026"),
        ("phone", "call me", "Số điện thoại chỉ gồm chữ số"),
    ],
)
def test_a_unit_that_cannot_be_is_said_beside_the_field(
    admin: FlaskClient, session: Session, field: str, typed: str, said: str
) -> None:
    answer = add_unit(admin, **{field: typed})
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert f'href="#{field}"' in answer.text
    assert 'value="Thôn Đông"' in answer.text
    assert session.scalars(select(Unit.key)).all() == ["province"]


def test_errors_are_listed_in_the_order_of_the_page(admin: FlaskClient) -> None:
    text = send(admin, UNITS, **dict.fromkeys(COMMUNE, "")).text
    places = [
        text.index(f'href="#{field}"')
        for field in ("name_vi", "level", "parent", "valid_from", "code", "key")
    ]
    assert places == sorted(places)


def test_contact_changes(admin: FlaskClient, session: Session) -> None:
    add_unit(admin)
    changed = {"name_en": "Hoa Binh commune", "address": "Thôn Tây", "phone": ""}
    assert send(admin, f"{UNITS}/hoa_binh/contact", **changed).status_code == 303
    unit = session.scalars(select(Unit).where(Unit.key == "hoa_binh")).one()
    assert (unit.name_en, unit.address, unit.phone) == ("Hoa Binh commune", "Thôn Tây", "")
    assert acts(session, "unit", "hoa_binh")[-1] == ("unit.contact_changed", {})


def test_a_merged_unit_keeps_its_row_an_end_and_a_successor(admin: FlaskClient, session: Session) -> None:
    add_unit(admin)
    add_unit(admin, key="tan_an", code="000.21.01.H40")
    closing = {"valid_until": "30/06/2026", "successor": "tan_an"}
    assert send(admin, f"{UNITS}/hoa_binh/closure", **closing).status_code == 303
    unit, successor = (
        session.scalars(select(Unit).where(Unit.key == key)).one() for key in ("hoa_binh", "tan_an")
    )
    assert (unit.valid_until, unit.successor_id) == (date(2026, 6, 30), successor.id)
    assert acts(session, "unit", "hoa_binh")[-1] == (
        "unit.closed",
        {"until": "2026-06-30", "successor": "tan_an"},
    )
    assert "Hoạt động đến hết 30/06/2026" in admin.get(f"{UNITS}/hoa_binh").text
    assert "đã có ngày hoạt động cuối cùng" in send(admin, f"{UNITS}/hoa_binh/closure", **closing).text


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("province", {"valid_until": "30/06/2026"}, "không đóng được"),
        ("justice", {"valid_until": "30/06/2026"}, "Còn đơn vị trực thuộc đang hoạt động: Ủy ban"),
        ("hoa_binh", {"valid_until": "01/03/2026"}, "trước ngày đơn vị bắt đầu hoạt động"),
        ("hoa_binh", {"valid_until": ""}, "Nhập ngày hoạt động cuối cùng"),
    ],
)
def test_a_unit_that_cannot_be_closed_stays(
    admin: FlaskClient, session: Session, key: str, typed: dict[str, str], said: str
) -> None:
    add_unit(admin, key="justice", code="000.05.H40", level="department")
    add_unit(admin, parent="justice")
    answer = send(admin, f"{UNITS}/{key}/closure", successor="", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert set(session.scalars(select(Unit.valid_until))) == {None}


def test_the_directory_is_read_page_by_page(admin: FlaskClient, session: Session) -> None:
    for number in range(60):
        people.unit(session, key=f"u{number}", code=f"A{number:02}", name_vi=f"Đơn vị {number:02}")
    first = admin.get(UNITS).text
    assert "Đơn vị 49" in first
    assert "Đơn vị 50" not in first
    rest = admin.get(f"{UNITS}?after=A49").text
    assert "Đơn vị 50" in rest
    assert "Đơn vị 49" not in rest
    assert "Đơn vị 07" in admin.get(f"{UNITS}?q=a07").text
    assert "Không có đơn vị nào khớp" in admin.get(f"{UNITS}?q=%25_%00").text


OFFICIALS = "/administration/officials"
LAN = {"full_name": "Trần Thị Lan", "login": "Lan.HoaBinh", "password": "bến nước sân đình"}
POST = {"unit": "province", "role": "reception", "since": "02/03/2026", "until": ""}


def add_lan(client: FlaskClient, session: Session, **changes: str) -> Account:
    answer = send(client, OFFICIALS, **{**LAN, **changes})
    assert answer.status_code == 303, answer.text
    return session.scalars(select(Account).where(Account.full_name == LAN["full_name"])).one()


def test_an_official_is_added_given_a_role_and_signs_in(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    lan = add_lan(admin, session)
    assert (lan.kind, lan.login, lan.full_name) == ("official", "lan.hoabinh", "Trần Thị Lan")
    assert send(admin, f"{OFFICIALS}/{lan.id}/posts", **POST).status_code == 303
    assert acts(session, "account", str(lan.id)) == [
        ("official.added", {}),
        ("post.given", {"unit": "province", "role": "reception", "since": "2026-03-02", "until": None}),
    ]
    assert "Bộ phận tiếp nhận và trả kết quả" in admin.get(OFFICIALS).text
    desk = app.test_client()
    assert people.sign_in(desk, "lan.hoabinh", LAN["password"]).location == "/desk"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("full_name", "", "Nhập họ và tên"),
        ("login", "QUANTRI", "Tên đăng nhập này đã có người dùng."),
        ("login", "036190012345", "không phải số định danh"),
        ("login", "trần lan", "không phải số định danh"),
        ("password", "ngắn", "Mật khẩu cần ít nhất 10 ký tự"),
        ("password", "tran thi lan 1990", "Mật khẩu này dễ đoán"),
        ("password", "matkhau-2026", "Mật khẩu này dễ đoán"),
    ],
)
def test_an_official_who_cannot_be_is_said_beside_the_field(
    admin: FlaskClient, session: Session, field: str, typed: str, said: str
) -> None:
    answer = send(admin, OFFICIALS, **{**LAN, field: typed})
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert f'href="#{field}"' in answer.text
    assert session.scalars(select(Account.login)).all() == ["quantri"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Người này đã có vai trò đó"),
        ({"since": "01/06/2026", "until": "01/07/2026"}, "Người này đã có vai trò đó"),
        ({"role": "approver", "until": "01/03/2026"}, "Ngày cuối trước ngày bắt đầu."),
        ({"role": "approver", "since": "30/06/2025"}, "nằm ngoài thời gian hoạt động"),
        ({"role": ""}, "Chọn vai trò"),
        ({"unit": ""}, "Chọn đơn vị"),
        ({"since": "nay"}, "Ngày có dạng 21/11/2026"),
    ],
)
def test_a_post_that_cannot_be_is_not_given(
    admin: FlaskClient, session: Session, typed: dict[str, str], said: str
) -> None:
    lan = add_lan(admin, session)
    send(admin, f"{OFFICIALS}/{lan.id}/posts", **POST)
    answer = send(admin, f"{OFFICIALS}/{lan.id}/posts", **{**POST, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert len(session.scalars(select(Assignment).where(Assignment.account_id == lan.id)).all()) == 1


def test_a_post_ends_with_its_last_day(
    app: Flask, admin: FlaskClient, session: Session, clock: SettableClock
) -> None:
    lan = add_lan(admin, session)
    send(admin, f"{OFFICIALS}/{lan.id}/posts", **POST)
    post = session.scalars(select(Assignment).where(Assignment.account_id == lan.id)).one()
    desk = app.test_client()
    people.sign_in(desk, lan.login, LAN["password"])
    address = f"{OFFICIALS}/{lan.id}/posts/{post.id}"
    assert 'value="01/03/2026"' in admin.get(address).text
    assert "Ngày cuối trước ngày bắt đầu." in send(admin, address, ended_on="28/02/2026").text
    assert desk.get("/desk").status_code == 200
    assert send(admin, address, ended_on="01/03/2026").status_code == 303
    assert desk.get("/desk/counter").status_code == 403
    assert "đã kết thúc ngày 01/03/2026" in send(admin, address, ended_on="01/04/2026").text
    ended = {"unit": "province", "role": "reception", "until": "2026-03-01"}
    assert acts(session, "account", str(lan.id))[-1] == ("post.ended", ended)
    # The role may be given again, from a day after it ended.
    assert send(admin, f"{OFFICIALS}/{lan.id}/posts", **POST).status_code == 303


def test_somebody_always_administers(admin: FlaskClient, session: Session) -> None:
    own = session.scalars(select(Assignment)).one()
    mine = f"{OFFICIALS}/{own.account_id}"
    ending = send(admin, f"{mine}/posts/{own.id}", ended_on="31/12/2026")
    session.refresh(own)
    assert (ending.status_code, own.until) == (422, None)
    assert "không còn ai quản trị lâu dài" in ending.text
    refused = send(admin, f"{mine}/deactivation")
    assert refused.status_code == 422
    assert "Không thể tự khóa tài khoản của mình." in refused.text
    lan = add_lan(admin, session)
    send(admin, f"{OFFICIALS}/{lan.id}/posts", **{**POST, "role": "administrator"})
    assert send(admin, f"{mine}/posts/{own.id}", ended_on="01/03/2026").status_code == 303
    assert admin.get(OFFICIALS).status_code == 403


def test_a_switched_off_official_is_out_at_once_and_may_come_back(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    lan = add_lan(admin, session)
    own = app.test_client()
    people.sign_in(own, lan.login, LAN["password"])
    assert send(admin, f"{OFFICIALS}/{lan.id}/deactivation").status_code == 303
    assert own.get("/profile").status_code == 303
    assert people.sign_in(own, lan.login, LAN["password"]).status_code == 422
    assert send(admin, f"{OFFICIALS}/{lan.id}/reactivation").status_code == 303
    assert people.sign_in(own, lan.login, LAN["password"]).status_code == 303
    done = [act for act, _ in acts(session, "account", str(lan.id))]
    assert done == ["official.added", "sign_in", "official.deactivated", "official.reactivated", "sign_in"]


def test_a_new_password_ends_the_sessions_of_the_old(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    lan = add_lan(admin, session)
    own = app.test_client()
    people.sign_in(own, lan.login, LAN["password"])
    address = f"{OFFICIALS}/{lan.id}/password"
    assert "Mật khẩu này dễ đoán" in send(admin, address, password="lan.hoabinh1").text
    assert send(admin, address, password="mái đình cong cong").status_code == 303
    assert own.get("/profile").status_code == 303
    assert people.sign_in(own, lan.login, "mái đình cong cong").status_code == 303
    assert ("official.password_set", {}) in acts(session, "account", str(lan.id))


def test_a_name_is_corrected(admin: FlaskClient, session: Session) -> None:
    lan = add_lan(admin, session)
    assert send(admin, f"{OFFICIALS}/{lan.id}/name", full_name="Trần Thị Lân").status_code == 303
    session.refresh(lan)
    assert lan.full_name == "Trần Thị Lân"
    assert acts(session, "account", str(lan.id))[-1] == ("official.renamed", {})


def test_applicants_are_no_officials(admin: FlaskClient, session: Session, settings: Settings) -> None:
    citizen = people.citizen(session, settings.identity_key)
    for path in ("", "/password", "/name", "/new-post"):
        assert admin.get(f"{OFFICIALS}/{citizen.id}{path}").status_code == 404
    assert send(admin, f"{OFFICIALS}/{citizen.id}/deactivation").status_code == 404
    session.refresh(citizen)
    assert citizen.active
    assert admin.get(f"{UNITS}/nowhere").status_code == 404


@pytest.mark.parametrize("roles", [("reception", "leader", "publisher"), ()])
def test_only_administrators_administer(
    app: Flask, client: FlaskClient, session: Session, roles: tuple[str, ...]
) -> None:
    people.official(session, people.unit(session), *roles)
    people.sign_in(client, "tiep")
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("administration.")]
    assert len(rules) > 15
    for rule in rules:
        path = rule.rule.replace("<key>", "province").replace("<int:number>", "1").replace("<int:post>", "1")
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        answer = send(client, path) if method == "POST" else client.get(path)
        assert answer.status_code == 403, path
    assert "/administration" not in client.get("/profile").text


PAGES = (
    UNITS,
    NEW_UNIT,
    f"{UNITS}/hoa_binh",
    f"{UNITS}/hoa_binh/closure",
    OFFICIALS,
    "/administration/new-official",
)


@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_meets_a_barrier(page: Any, live: str, database: Database, width: int) -> None:
    with database.transaction() as session:
        top = people.unit(session)
        people.unit(session, key="hoa_binh", code="H40.1", level="commune", parent_id=top.id)
        number = people.official(session, top, "administrator", "reception", login="quantri").id
        post = session.scalars(select(Assignment.id).order_by(Assignment.id)).first()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live}/sign-in")
    page.fill("#login", "quantri")
    page.fill("#password", people.PASSWORD)
    page.click("main button[type=submit]")
    own = [
        f"{OFFICIALS}/{number}{path}" for path in ("", "/name", "/password", "/new-post", f"/posts/{post}")
    ]
    for path in (*PAGES, *own):
        page.goto(live + path)
        assert barriers(page) == [], path
        assert overflow(page) <= 0, path
    page.goto(live + NEW_UNIT)
    page.click("main button[type=submit]")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert barriers(page) == []
