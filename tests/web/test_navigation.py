"""The header's links: who sees them, which one is marked, and where a person begins."""

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.web import NavigationEntry, officials, public
from common.web.navigation import install
from tests.web import people


@pytest.fixture
def desk(app: Flask) -> Flask:
    def show() -> str:
        return render_template("errors/404.html")

    for path, mark in (
        ("/find", public),
        ("/work", officials()),
        ("/work/counter", officials("reception")),
        ("/work/counter/7", officials("reception")),
        ("/signing", officials("approver")),
    ):
        app.add_url_rule(path, path, mark(lambda: show()))
    entries = (("/find", "Tìm"), ("/work", "Việc"), ("/work/counter", "Quầy"), ("/signing", "Ký"))
    install(app, [NavigationEntry(path, label, "search") for path, label in entries])
    return app


def links(client: FlaskClient, path: str) -> list[str]:
    """The links of the header, the marked one with a star."""
    navigation = client.get(path).text.split('<nav class="site-nav"')[1].split("</nav>")[0]
    shown = (each.split("</a>")[0] for each in navigation.split("<a ")[1:])
    return [("*" if "aria-current" in each else "") + each.rsplit("> ", 1)[1].strip() for each in shown]


def test_a_person_sees_what_the_guards_admit(desk: Flask, client: FlaskClient, session: Session) -> None:
    assert links(client, "/find") == ["*Tìm"]
    people.official(session, people.unit(session), "reception")
    people.sign_in(client, "tiep")
    assert links(client, "/find") == ["*Tìm", "Việc", "Quầy"]


def test_the_nearest_link_above_a_page_is_marked(desk: Flask, client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "reception")
    people.sign_in(client, "tiep")
    assert links(client, "/work/counter/7") == ["Tìm", "Việc", "*Quầy"]
    assert links(client, "/work") == ["Tìm", "*Việc", "Quầy"]


def test_a_person_begins_with_the_own_work(desk: Flask, client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "reception")
    assert people.sign_in(client, "tiep").location == "/work"


def test_a_citizen_begins_at_the_front_page_when_there_is_nothing_else(
    desk: Flask, client: FlaskClient, session: Session
) -> None:
    people.citizen(session, "an identity key for tests, and nothing else")
    assert people.sign_in(client, people.NUMBER).location == "/"
