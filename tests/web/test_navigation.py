"""The header's links: who sees them, which one is marked, and where a person begins."""

import re

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.identity.actor import ROLES
from common.web import NavigationEntry, officials, public
from common.web.navigation import install
from tests.web import people

ENTRIES = tuple(
    NavigationEntry(path, label, "search")
    for path, label in (("/find", "Tìm"), ("/work", "Việc"), ("/work/counter", "Quầy"), ("/signing", "Ký"))
)


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
    install(app, ENTRIES)
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
    assert links(client, "/find") == ["Việc", "Quầy", "*Tìm"]


def test_the_nearest_link_above_a_page_is_marked(desk: Flask, client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "reception")
    people.sign_in(client, "tiep")
    assert links(client, "/work/counter/7") == ["Việc", "*Quầy", "Tìm"]
    assert links(client, "/work") == ["*Việc", "Quầy", "Tìm"]


def test_a_person_begins_with_the_own_work(desk: Flask, client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "reception")
    assert people.sign_in(client, "tiep").location == "/work"


def test_a_citizen_begins_at_the_front_page_when_there_is_nothing_else(
    desk: Flask, client: FlaskClient, session: Session
) -> None:
    people.citizen(session, "an identity key for tests, and nothing else")
    assert people.sign_in(client, people.NUMBER).location == "/"


@pytest.mark.parametrize(
    ("roles", "begins"),
    [
        (("leader",), "/figures"),
        (("leader", "approver"), "/work"),
        (("approver",), "/work"),
    ],
)
def test_an_entry_may_be_the_first_page_of_those_with_one_role_only(
    desk: Flask, client: FlaskClient, session: Session, roles: tuple[str, ...], begins: str
) -> None:
    desk.add_url_rule("/figures", "/figures", officials("leader")(lambda: ""))
    figures = NavigationEntry("/figures", "Số liệu", "search", first_for=frozenset({"leader"}))
    install(desk, [*ENTRIES, figures])
    people.official(session, people.unit(session), *roles)
    assert people.sign_in(client, "tiep").location == begins


def test_a_leader_begins_with_the_figures(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "leader")
    assert people.sign_in(client, "tiep").location == "/desk/figures"


def test_a_leader_who_also_signs_begins_with_the_tasks(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "leader", "approver")
    assert people.sign_in(client, "tiep").location == "/desk"


def test_many_roles_do_not_make_many_lines(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), *ROLES)
    people.sign_in(client, "tiep")
    page = client.get("/administration/officials").text
    shown, folded = page.split('<nav class="site-nav"')[1].split("</nav>")[0].split("<details")
    assert shown.count("<a ") == 5
    assert folded.count("<a ") == len(links(client, "/desk")) - 5
    assert re.search(r'<summary class="is-here">.*?<span class="menu-more">Quản trị<', folded, re.DOTALL)
