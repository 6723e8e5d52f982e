"""Officials: accounts, posts and passwords, kept by administrators."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.identity.models import Account, Assignment
from config import Settings
from tests.conftest import SettableClock
from tests.web import people
from tests.web.administering import OFFICIALS, UNITS, acts, send

LAN = {"full_name": "Trần Thị Lan", "login": "Lan.HoaBinh", "password": "bến nước sân đình"}
OWN = "một ngày nắng đẹp"
POST = {"unit": "province", "role": "reception", "since": "02/03/2026", "until": ""}


def add_lan(client: FlaskClient, session: Session, **changes: str) -> Account:
    answer = send(client, OFFICIALS, **{**LAN, **changes})
    assert answer.status_code == 303, answer.text
    return session.scalars(select(Account).where(Account.full_name == LAN["full_name"])).one()


def change(client: FlaskClient, old: str, new: str, **more: str) -> TestResponse:
    typed = {"old": old, "password": new, "again": new, **more}
    return people.send(client, "/profile/password", page="/profile/password", **typed)


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
    assert people.sign_in(desk, "lan.hoabinh", LAN["password"]).location == "/profile/password"
    assert change(desk, LAN["password"], OWN).location == "/desk"


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
    change(desk, LAN["password"], OWN)
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
    assert own.get("/profile").location == "/sign-in?next=/profile"
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
    assert own.get("/profile").location == "/sign-in?next=/profile"
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


def test_a_password_that_somebody_else_chose_is_replaced_before_anything_else(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    lan = add_lan(admin, session)
    send(admin, f"{OFFICIALS}/{lan.id}/posts", **POST)
    own = app.test_client()
    people.sign_in(own, lan.login, LAN["password"])
    assert own.get("/desk/counter?q=1").location == "/profile/password?next=/desk/counter?q%3D1"
    assert own.get("/profile").location == "/profile/password?next=/profile"
    fragment = own.get("/desk", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (401, "/profile/password")
    shown = own.get("/profile/password").text
    assert "do người quản trị đặt" in shown
    assert 'href="/desk"' not in shown
    same = change(own, LAN["password"], LAN["password"])
    assert (same.status_code, "trùng với mật khẩu đang dùng" in same.text) == (422, True)
    assert own.get("/desk").status_code == 303
    assert change(own, LAN["password"], OWN, next="/desk/counter").location == "/desk/counter"
    assert own.get("/desk").status_code == 200
    assert "do người quản trị đặt" not in own.get("/profile/password").text
    assert change(own, OWN, LAN["password"]).location == "/profile"


def test_after_a_reset_the_owner_chooses_again_but_nobody_for_the_own_account(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    lan = add_lan(admin, session)
    own = app.test_client()
    people.sign_in(own, lan.login, LAN["password"])
    assert change(own, LAN["password"], OWN, next="//elsewhere.example").location == "/designer/notices"
    send(admin, f"{OFFICIALS}/{lan.id}/password", password="mái đình cong cong")
    people.sign_in(own, lan.login, "mái đình cong cong")
    assert own.get("/profile").location == "/profile/password?next=/profile"
    assert people.send(own, "/sign-out", page="/profile/password").location == "/"
    mine = session.scalars(select(Account).where(Account.login == "quantri")).one()
    send(admin, f"{OFFICIALS}/{mine.id}/password", password="mái đình cong cong")
    people.sign_in(admin, "quantri", "mái đình cong cong")
    assert admin.get("/profile").status_code == 200
