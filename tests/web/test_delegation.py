"""The page on which posts are handed over for the days of leave."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from common.identity.models import Account, Delegation
from tests.web import people

KEY = "a-key-of-the-page-1"


def staff(session: Session) -> dict[str, Account]:
    unit = people.unit(session, key="tan_an", code="H40.1", level="commune")
    return {
        "lan": people.official(session, unit, "case_officer", login="lan", full_name="Phạm Thị Lan"),
        "minh": people.official(session, unit, "cashier", login="minh", full_name="Đỗ Văn Minh"),
        "thu": people.official(session, unit, "leader", login="thu", full_name="Vũ Thị Thu"),
    }


def posted(client: FlaskClient, known: dict[str, Account], **changes: object) -> TestResponse:
    unit = known["lan"].assignments[0].unit_id
    form = {
        "of": known["lan"].id,
        "once": KEY,
        "unit": unit,
        "delegate": known["minh"].id,
        "since": "02/03/2026",
        "until": "06/03/2026",
    }
    return people.send(client, "/delegations", "/delegations", **{**form, **changes})


def test_an_official_hands_over_and_ends_it(client: FlaskClient, session: Session) -> None:
    known = staff(session)
    people.sign_in(client, "lan")
    assert "Ủy quyền" in client.get("/profile").text
    assert posted(client, known).status_code == 303
    assert posted(client, known).status_code == 303
    (held,) = session.scalars(select(Delegation)).all()
    assert "Đỗ Văn Minh làm thay" in client.get("/delegations").text
    assert people.send(client, f"/delegations/{held.id}/end", "/delegations").status_code == 303
    assert "Không có ủy quyền nào" in client.get("/delegations").text


def test_a_leader_does_it_for_her_and_a_colleague_may_not(client: FlaskClient, session: Session) -> None:
    known = staff(session)
    people.sign_in(client, "minh")
    assert client.get(f"/delegations?of={known['lan'].id}").status_code == 404
    people.sign_in(client, "thu")
    assert "Phạm Thị Lan" in client.get("/delegations").text
    assert posted(client, known).status_code == 303


def test_what_is_wrong_stands_beside_its_field_and_the_key_stays(
    client: FlaskClient, session: Session
) -> None:
    known = staff(session)
    people.sign_in(client, "lan")
    page = posted(client, known, until="01/03/2026")
    assert page.status_code == 422
    assert KEY in page.text
    assert session.scalars(select(Delegation)).all() == []


def test_a_form_without_its_key_is_not_ours(client: FlaskClient, session: Session) -> None:
    known = staff(session)
    people.sign_in(client, "lan")
    assert posted(client, known, once="").status_code == 400
