"""Opening an account, and changing what is known of oneself."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Account
from common.identity.numbers import identity_hash
from config import Settings
from tests.web import people
from tests.web.people import NUMBER, PASSWORD

TYPED = {
    "full_name": "  Trần Thị Lan ",
    "identity_number": "036 190 012 345",
    "phone": "0912 345 678",
    "email": "lan@example.vn",
    "address": "Thôn 2, xã Hòa Bình",
    "password": PASSWORD,
    "again": PASSWORD,
}


def register(client: FlaskClient, **changes: str) -> Any:
    return people.send(client, "/register", page="/register", **{**TYPED, **changes})


def test_an_applicant_opens_an_account_and_is_signed_in(
    client: FlaskClient, session: Session, settings: Settings
) -> None:
    assert register(client).status_code == 303
    account = session.scalars(select(Account)).one()
    assert (account.kind, account.full_name, account.identity_number) == ("citizen", "Trần Thị Lan", NUMBER)
    assert account.identity_hash == identity_hash(NUMBER, settings.identity_key)
    assert account.password_hash.startswith("$argon2id$")
    assert (account.phone, account.email, account.locale) == ("0912 345 678", "lan@example.vn", "vi")
    assert "Trần Thị Lan" in client.get("/profile").text


def test_an_identity_number_has_one_account(client: FlaskClient, session: Session) -> None:
    register(client)
    people.send(client, "/sign-out", page="/profile")
    again = register(client, full_name="Người Khác")
    assert again.status_code == 422
    assert "Số định danh này đã có tài khoản." in again.text
    assert session.scalars(select(Account.full_name)).all() == ["Trần Thị Lan"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("full_name", " ", "Nhập họ và tên như trên thẻ căn cước"),
        ("identity_number", "123456789", "Số định danh gồm 12 chữ số"),
        ("identity_number", "٠٣٦١٩٠٠١٢٣٤٥", "Số định danh gồm 12 chữ số"),
        ("phone", "", "Nhập số điện thoại"),
        ("phone", "call me", "Số điện thoại chỉ gồm chữ số"),
        ("email", "lan at example", "Thư điện tử có dạng ten@noi.vn"),
        ("password", "short", "Mật khẩu cần ít nhất 10 ký tự"),
        ("password", "aaaaaaaaaaaa", "Mật khẩu này dễ đoán"),
        ("password", "xin036190012345", "Mật khẩu này dễ đoán"),
        ("again", "another one", "Hai lần nhập mật khẩu không giống nhau"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_in_the_summary(
    client: FlaskClient, session: Session, field: str, typed: str, said: str
) -> None:
    answer = register(client, **{field: typed})
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert f'href="#{field}"' in answer.text
    assert f'aria-describedby="{field}-' in answer.text or f'{field}-error"' in answer.text
    assert 'value="Thôn 2, xã Hòa Bình"' in answer.text
    assert session.scalars(select(Account)).all() == []


def test_errors_are_listed_in_the_order_of_the_fields(client: FlaskClient) -> None:
    text = register(client, **dict.fromkeys(TYPED, "")).text
    places = [text.index(f'href="#{f}"') for f in ("full_name", "identity_number", "phone", "password")]
    assert places == sorted(places)


def test_a_person_changes_contact_language_and_birthday(client: FlaskClient, session: Session) -> None:
    register(client)
    changes = {"phone": "+84 912 345 679", "email": "", "address": "", "born_on": "5/3/1990", "locale": "en"}
    changed = people.send(client, "/profile", page="/profile", **changes)
    assert changed.location == "/profile?language=en"
    account = session.scalars(select(Account)).one()
    assert (account.phone, account.email, account.born_on) == ("+84 912 345 679", "", date(1990, 3, 5))
    assert account.locale == "en"
    assert 'value="05/03/1990"' in client.get("/profile").text


@pytest.mark.parametrize("born_on", ["31/02/1990", "yesterday", "03/03/2026", "31/12/1899"])
def test_a_birthday_that_cannot_be_is_not_taken(client: FlaskClient, session: Session, born_on: str) -> None:
    register(client)
    answer = people.send(
        client, "/profile", page="/profile", phone="0912345678", born_on=born_on, locale="vi"
    )
    assert answer.status_code == 422
    assert session.scalars(select(Account.born_on)).one() is None


def test_the_old_password_must_be_known_to_set_a_new_one(client: FlaskClient) -> None:
    register(client)
    new = {"password": "mái đình cong cong", "again": "mái đình cong cong"}
    answer = people.send(client, "/profile/password", page="/profile/password", old="a guess", **new)
    assert answer.status_code == 422
    assert "Mật khẩu đang dùng chưa đúng." in answer.text
