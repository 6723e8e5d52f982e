"""Amounts on a page of the form: told from the answers so far, or what is still missing."""

from html import unescape
from typing import Any

from flask.testing import FlaskClient

from runtime.demo.accounts import PASSWORD
from tests.conftest import MONDAY_MORNING
from tests.runtime.town import FORM, Town, publish_small
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
