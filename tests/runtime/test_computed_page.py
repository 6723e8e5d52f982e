"""Amounts on a page of the form: told from the answers so far, or what is still missing."""

from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from runtime.demo.accounts import PASSWORD
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from tests.conftest import MONDAY_MORNING
from tests.runtime.small import small
from tests.runtime.town import FORM, PERSON, Town, publish_small
from tests.web.people import send, sign_in

SHOWN = {
    **FORM["x-motcua-pages"][0],
    "fields": [{"heading": {"vi": "Ai xin", "en": "Who"}}, "person", {"computed": "copies"}],
}


def page_of(town: Town, answers: dict[str, Any]) -> str:
    """The address of the page of an application with these answers, whose form shows the charge."""
    publish_small(town.session, MONDAY_MORNING, form={**FORM, "x-motcua-pages": [SHOWN]})
    application = town.begun(at=MONDAY_MORNING)
    application.answers = answers
    town.session.flush()
    return f"/applications/{application.id}/pages/person"


def told(html: str) -> str:
    box = unescape(html).partition('class="remark-computed"')[2].partition("</div>")[0]
    return " ".join(box.replace(">", "> ").split())


def test_an_amount_names_the_answers_it_lacks(town: Town, client: FlaskClient) -> None:
    address = page_of(town, {})
    sign_in(client, "congdan", PASSWORD)
    assert "còn thiếu: «Người yêu cầu – Số bản»." in told(client.get(address).text)


def test_an_amount_follows_what_is_typed(town: Town, client: FlaskClient) -> None:
    address = page_of(town, {})
    sign_in(client, "congdan", PASSWORD)
    checked = send(client, f"{address}/check", address, **{"person.copies": "4"})
    assert "8.000 đồng" in told(checked.text)
    wrong = send(client, address, address, **{"person.copies": "4"})
    assert wrong.status_code == 422
    assert "8.000 đồng" in told(wrong.text)
    assert client.get(address).text.count("remark-heading") == 1


def received(town: Town) -> Dossier:
    """A dossier whose first task may put the page right."""
    steps = tuple(replace(s, corrects=("person",)) if s.key == "examine" else s for s in small().steps)
    form = {**FORM, "x-motcua-pages": [SHOWN]}
    publish_small(town.session, MONDAY_MORNING, form=form, steps=steps)
    return town.received(at=MONDAY_MORNING)


def test_an_amount_stands_on_the_page_of_a_task(town: Town, client: FlaskClient) -> None:
    page = f"/desk/tasks/{town.task(received(town)).id}"
    sign_in(client, "thuly", PASSWORD)
    assert "6.000 đồng" in told(client.get(page).text)
    assert "10.000 đồng" in told(send(client, f"{page}/check", page, **{"person.copies": "5"}).text)


def test_an_amount_stands_in_a_supplement(town: Town, client: FlaskClient) -> None:
    dossier = received(town)
    asked: dict[str, Any] = {"reason": "Thiếu giấy tờ", "answers": {"person": PERSON}}
    assert isinstance(town.complete(dossier, "incomplete", MONDAY_MORNING, **asked), Task)
    sign_in(client, "congdan", PASSWORD)
    page = f"/my/dossiers/{dossier.filing_number}/supplement"
    assert "6.000 đồng" in told(client.get(page).text)
    assert "10.000 đồng" in told(send(client, f"{page}/check", page, **{"person.copies": "5"}).text)


LETS = """
let pages_in_all "Tổng số trang" = person.copies * 2
let is_much = person.copies > 3
"""


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        (
            "pages_in_all",
            {},
            "còn thiếu: «Người yêu cầu – Số bản».",
        ),
        ("pages_in_all", {"person": {"copies": 1200}}, "2.400"),
        ("is_much", {"person": {"copies": 4}}, "có"),
    ],
)
def test_what_the_rules_name_is_told_like_an_amount(
    town: Town, client: FlaskClient, name: str, answers: dict[str, Any], words: str
) -> None:
    shown = {**SHOWN, "fields": ["person", {"computed": name}]}
    publish_small(
        town.session, MONDAY_MORNING, form={**FORM, "x-motcua-pages": [shown]}, rules=small().rules + LETS
    )
    application = town.begun(at=MONDAY_MORNING)
    application.answers = answers
    town.session.flush()
    sign_in(client, "congdan", PASSWORD)
    assert words in told(client.get(f"/applications/{application.id}/pages/person").text)
