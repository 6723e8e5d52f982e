"""A supplement is judged as a whole, and sent by an explicit act: attaching and checking send nothing."""

from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from runtime.demo.accounts import PASSWORD
from runtime.models.dossiers import Answers, Dossier
from tests.runtime.small import MONDAY
from tests.runtime.town import Town, scan
from tests.web.people import send, sign_in


@pytest.fixture
def asked(town: Town, client: FlaskClient) -> Dossier:
    """A dossier whose applicant owes a supplement, and the applicant signed in."""
    dossier = town.received()
    town.complete(dossier, "incomplete", reason="Thiếu bản sao")
    assert dossier.status == "awaiting_supplement"
    sign_in(client, "congdan", PASSWORD)
    return dossier


def page_of(dossier: Dossier) -> str:
    return f"/my/dossiers/{dossier.code or dossier.filing_number}/supplement"


def typed(town: Town, **changes: str) -> dict[str, str]:
    person = {**town.all(Answers)[-1].body["person"], **changes}
    return {f"person.{key}": str(value) for key, value in person.items()}


def test_attaching_a_paper_does_not_send(town: Town, client: FlaskClient, asked: Dossier) -> None:
    page = page_of(asked)
    file = (BytesIO(scan().read()), "a.pdf")
    assert send(client, f"{page}/papers", page, component="", file=file).status_code == 303
    town.session.refresh(asked)
    assert asked.status == "awaiting_supplement"


def test_leaving_a_question_says_what_is_wrong_and_sends_nothing(
    town: Town, client: FlaskClient, asked: Dossier
) -> None:
    page = page_of(asked)
    answer = send(
        client, f"{page}/check", page, **typed(town, copies="ba"), **{"left-input": "person.copies"}
    )
    assert answer.headers["HX-Retarget"] == "#f-person-copies-field"
    assert "không phải là số" in unescape(answer.text)
    assert "person.full_name" not in answer.text
    assert (asked.status, len(town.all(Answers))) == ("awaiting_supplement", 1)


def test_a_wrong_answer_anywhere_keeps_it_from_being_sent(
    town: Town, client: FlaskClient, asked: Dossier
) -> None:
    page = page_of(asked)
    refused = send(client, page, page, **typed(town, identity_number="12", copies="4"))
    assert refused.status_code == 422
    assert 'href="#f-person-identity_number"' in refused.text
    town.session.refresh(asked)
    assert (asked.status, len(town.all(Answers))) == ("awaiting_supplement", 1)


def test_sent_it_is_judged_whole_and_the_work_goes_on(
    town: Town, client: FlaskClient, asked: Dossier
) -> None:
    page = page_of(asked)
    assert send(client, page, page, **typed(town, copies="4")).status_code == 303
    town.session.refresh(asked)
    assert asked.status == "in_process"
    assert town.all(Answers)[-1].body["person"]["copies"] == 4
    assert client.get(page).status_code == 404
    assert asked.received_at == MONDAY
