"""Administrators furnish the house with units, officials and posts; nobody else may, and every act is recorded."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.db import Database
from common.identity.models import Assignment, Unit
from tests.web import people
from tests.web.accessibility import barriers, overflow
from tests.web.administering import COMMUNE, NEW_UNIT, OFFICIALS, UNITS, acts, add_unit, send


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
        ("area_code", "xa", "Mã địa bàn không đúng với cấp của đơn vị."),
        ("area_code", "92", "Mã địa bàn không đúng với cấp của đơn vị."),
        ("area_code", "", "Mã địa bàn không đúng với cấp của đơn vị."),
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
    add_unit(admin, key="justice", code="000.05.H40", level="department", area_code="")
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


@pytest.mark.parametrize("roles", [("reception", "leader", "publisher"), ()])
def test_only_administrators_administer(
    app: Flask, client: FlaskClient, session: Session, roles: tuple[str, ...]
) -> None:
    people.official(session, people.unit(session), *roles)
    people.sign_in(client, "tiep")
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("administration.")]
    assert len(rules) > 20
    for rule in rules:
        path = rule.rule.replace("<key>", "province").replace("<int:number>", "1").replace("<int:post>", "1")
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        answer = send(client, path) if method == "POST" else client.get(path)
        assert answer.status_code == 403, path
    assert "/administration" not in client.get("/profile").text


PAGES = (
    "/administration",
    "/administration/jobs",
    UNITS,
    NEW_UNIT,
    f"{UNITS}/hoa_binh",
    f"{UNITS}/hoa_binh/data",
    f"{UNITS}/hoa_binh/closure",
    f"{UNITS}/hoa_binh/renaming",
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
