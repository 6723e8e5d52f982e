"""Every route states who may use it, and is refused to everyone else."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.web import Guard, citizens, guard_of, officials, public, signed_in
from tests.web import people

CITIZEN = Actor(1, "Lan", "citizen")
CLERK = Actor(2, "Tiếp", "official", frozenset({(7, "reception")}))


def test_every_route_has_a_guard(app: Flask) -> None:
    unguarded = [rule.endpoint for rule in app.url_map.iter_rules() if not _guard(app, rule.endpoint)]
    assert unguarded == []


def _guard(app: Flask, endpoint: str) -> Guard | None:
    return guard_of(app.view_functions[endpoint])


def test_a_view_takes_exactly_one_guard() -> None:
    with pytest.raises(ValueError, match="has a guard already"):
        public(signed_in(lambda: ""))


def test_a_role_that_does_not_exist_guards_nothing() -> None:
    with pytest.raises(ValueError, match="receptionist"):
        officials("receptionist")


@pytest.mark.parametrize(
    ("mark", "nobody", "citizen", "clerk"),
    [
        (public, True, True, True),
        (signed_in, False, True, True),
        (citizens, False, True, False),
        (officials(), False, False, True),
        (officials("reception", "cashier"), False, False, True),
        (officials("approver"), False, False, False),
    ],
)
def test_who_a_guard_admits(mark: object, nobody: bool, citizen: bool, clerk: bool) -> None:
    guard = guard_of(mark(lambda: ""))
    assert guard is not None
    assert [guard.admits(who) for who in (None, CITIZEN, CLERK)] == [nobody, citizen, clerk]


def test_a_view_without_a_guard_answers_nobody(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert client.get("/forgotten").status_code == 403


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session))
    sent = client.get("/profile?tab=1")
    assert (sent.status_code, sent.location) == (303, "/sign-in?next=/profile?tab%3D1")
    assert people.sign_in(client, "tiep", next="/profile?tab=1").location == "/profile?tab=1"


def test_htmx_is_told_to_open_the_sign_in_page(client: FlaskClient) -> None:
    answer = client.get("/profile", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in")


def test_the_wrong_kind_of_person_is_refused(app: Flask, client: FlaskClient, session: Session) -> None:
    view = officials("approver")(lambda: "secret")
    app.add_url_rule("/approvals", "approvals", view)
    people.official(session, people.unit(session), "reception")
    people.sign_in(client, "tiep")
    assert client.get("/approvals").status_code == 403


def test_views_are_guarded_in_the_source_and_not_in_passing() -> None:
    """Nothing outside common.web looks at who is signed in through Flask-Login's ambient state."""
    root = Path(__file__).parents[2]
    allowed = {"common/web/requests.py", "common/identity/views.py"}
    using = {
        str(path.relative_to(root))
        for folder in ("common", "designer", "form_builder", "runtime")
        for path in (root / folder).rglob("*.py")
        if "current_user" in path.read_text(encoding="utf-8")
    }
    assert using <= allowed
