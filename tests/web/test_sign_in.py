"""Signing in and out: who gets in, how often one may guess, and what an open session survives."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from common.audit import AuditRow
from common.identity.models import Assignment
from common.web import current_actor, signed_in
from config import Settings
from runtime.demo.accounts import ACCOUNTS
from tests.web import people
from tests.web.people import PASSWORD

WRONG = "Số định danh, tên đăng nhập hoặc mật khẩu chưa đúng."


@pytest.fixture
def clerk(session: Session) -> Any:
    return people.official(session, people.unit(session), "reception")


def test_an_official_signs_in_and_is_greeted_by_name(client: FlaskClient, clerk: Any) -> None:
    answer = people.sign_in(client, " Tiep ")
    assert answer.status_code == 303
    assert "Lê Văn Tiếp" in client.get("/profile").text


def test_an_applicant_signs_in_with_the_identity_number(
    client: FlaskClient, session: Session, settings: Settings
) -> None:
    people.citizen(session, settings.identity_key)
    assert people.sign_in(client, "0361 9001 2345").status_code == 303
    assert "Trần Thị Lan" in client.get("/profile").text


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(client: FlaskClient, clerk: Any) -> None:
    for login, password in (("tiep", "not the password"), ("nobody", PASSWORD)):
        answer = people.sign_in(client, login, password)
        assert answer.status_code == 422
        assert WRONG in answer.text
        assert f'value="{login}"' in answer.text
        assert password not in answer.text


def test_an_account_that_was_closed_opens_no_more(client: FlaskClient, clerk: Any, session: Session) -> None:
    people.sign_in(client, "tiep")
    clerk.active = False
    session.flush()
    assert client.get("/profile").status_code == 303
    assert people.sign_in(client, "tiep").status_code == 422


def test_a_demo_password_opens_nothing_from_another_machine(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), demo=True)
    token = people.token(client)
    typed = {"login": "tiep", "password": PASSWORD, "csrf_token": token}
    elsewhere = client.post("/sign-in", data=typed, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 422
    assert "chỉ đăng nhập được trên chính máy chủ" in elsewhere.text
    forwarded = client.post("/sign-in", data=typed, headers={"X-Forwarded-For": "192.0.2.7"})
    assert forwarded.status_code == 422
    assert client.post("/sign-in", data=typed).status_code == 303


def test_guessing_one_account_ends_after_eight_tries(client: FlaskClient, clerk: Any, clock: Any) -> None:
    assert {people.sign_in(client, "tiep", "a wrong guess").status_code for _ in range(8)} == {422}
    refused = people.sign_in(client, "tiep")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "901")
    assert "Đã thử quá nhiều lần" in refused.text
    clock.now += timedelta(minutes=15)
    assert people.sign_in(client, "tiep").status_code == 303


def test_the_right_password_forgives_the_tries_before(client: FlaskClient, clerk: Any) -> None:
    for _ in range(7):
        people.sign_in(client, "tiep", "a wrong guess")
    assert people.sign_in(client, "tiep").status_code == 303
    people.send(client, "/sign-out")
    assert people.sign_in(client, "tiep", "a wrong guess").status_code == 422


def test_one_machine_cannot_try_many_accounts(client: FlaskClient, clerk: Any) -> None:
    answers = [people.sign_in(client, f"guess{n}", "guess").status_code for n in range(61)]
    assert answers == [422] * 60 + [429]


def test_signing_out_ends_the_session(client: FlaskClient, clerk: Any) -> None:
    people.sign_in(client, "tiep")
    answer = people.send(client, "/sign-out", page="/profile")
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/profile").status_code == 303


def test_nothing_planted_before_signing_in_survives_it(client: FlaskClient, clerk: Any) -> None:
    before = people.token(client)
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        planted = cookie["csrf_token"]
    people.sign_in(client, "tiep")
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != planted
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_changing_the_password_ends_the_sessions_elsewhere(app: Flask, clerk: Any) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    for client in (here, elsewhere):
        people.sign_in(client, "tiep")
    changed = people.send(
        here,
        "/profile/password",
        page="/profile/password",
        old=PASSWORD,
        password="mái đình cong cong",
        again="mái đình cong cong",
    )
    assert changed.status_code == 303
    assert here.get("/profile").status_code == 200
    assert elsewhere.get("/profile").status_code == 303


def test_a_person_acts_with_the_posts_held_today(
    app: Flask, client: FlaskClient, clerk: Any, session: Session
) -> None:
    unit_id = clerk.assignments[0].unit_id
    past = {"since": date(2025, 7, 1), "until": date(2026, 3, 1)}
    last_day = {"since": date(2025, 7, 1), "until": date(2026, 3, 2)}
    tomorrow = {"since": date(2026, 3, 3)}
    for role, span in (("approver", past), ("cashier", last_day), ("leader", tomorrow)):
        session.add(Assignment(account_id=clerk.id, unit_id=unit_id, role=role, **span))
    session.flush()
    seen = []
    app.add_url_rule("/who", "who", signed_in(lambda: seen.append(current_actor()) or ""))
    people.sign_in(client, "tiep")
    client.get("/who")
    assert seen[0].posts == {(unit_id, "reception"), (unit_id, "cashier")}
    assert (seen[0].account_id, seen[0].name, seen[0].kind) == (clerk.id, "Lê Văn Tiếp", "official")


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x"]
)
def test_signing_in_leads_nowhere_else(client: FlaskClient, clerk: Any, onward: str) -> None:
    assert "elsewhere" not in people.sign_in(client, "tiep", next=onward).location


def test_every_sign_in_leaves_a_trace_without_personal_data(
    client: FlaskClient, clerk: Any, session: Session
) -> None:
    people.sign_in(client, "tiep")
    row = session.scalars(select(AuditRow)).one()
    assert (row.act, row.account_id, row.subject_kind, row.subject_key, row.details) == (
        "sign_in",
        clerk.id,
        "account",
        str(clerk.id),
        {},
    )


@pytest.mark.parametrize("login", ["", "x" * 5000, "tiep\x00", "🏛️", "' or 1=1 --"])
def test_odd_letters_are_refused_with_a_page(client: FlaskClient, login: str) -> None:
    assert people.sign_in(client, login).status_code in (400, 422)


@pytest.fixture
def demo(settings: Settings, transaction: Any, clock: Any) -> FlaskClient:
    """A browser before a demo installation."""
    return create_app(replace(settings, demo=True), database=transaction, clock=clock).test_client()


def test_a_demo_offers_its_accounts_where_one_signs_in(demo: FlaskClient) -> None:
    page = demo.get("/sign-in").text
    assert "Tài khoản dùng thử" in page
    assert [each.login for each in ACCOUNTS if f'value="{each.login}"' not in page] == []


def test_a_demo_account_is_one_press_away(demo: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "reception", login="tiepnhan", demo=True)
    assert people.sign_in(demo, "tiepnhan", next="/desk/counter").location == "/desk/counter"


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"headers": {"Host": "motcua.example"}},
    ],
)
def test_a_demo_names_its_accounts_to_no_other_machine(demo: FlaskClient, elsewhere: dict[str, Any]) -> None:
    page = demo.get("/sign-in", **elsewhere).text
    assert "Tài khoản dùng thử" not in page
    assert ACCOUNTS[0].password not in page


def test_a_real_installation_names_no_demo_account(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    assert "Tài khoản dùng thử" not in page
    assert ACCOUNTS[0].password not in page


def test_who_was_sent_to_sign_in_is_told_what_follows(client: FlaskClient) -> None:
    words = "Xin đăng nhập để tiếp tục."
    assert words in client.get("/sign-in?next=/my/dossiers").text
    assert words not in client.get("/sign-in").text


def test_a_session_from_the_hour_to_come_is_not_accepted(
    client: FlaskClient, clerk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's clock goes back: whoever signed in before signs in again."""
    people.sign_in(client, "tiep")
    assert client.get("/profile").status_code == 200
    now = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) - 3600)
    answer = client.get("/profile")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/profile")


def test_a_part_of_a_page_leaves_the_cookie_of_a_later_page_alone(client: FlaskClient, clerk: Any) -> None:
    """What is typed is judged on the way; that answer may come after the page that says what was saved."""
    people.sign_in(client, "tiep")
    assert "Set-Cookie" in client.get("/profile").headers
    assert "Set-Cookie" not in client.get("/profile", headers={"HX-Request": "true"}).headers
