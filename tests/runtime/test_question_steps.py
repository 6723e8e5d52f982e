"""Questions that steps of their own answer and see: the server keeps to it, whatever a page or a script sends."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from runtime import applications, dossiers
from runtime.demo.accounts import PASSWORD
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.worlds import stored_answers
from tests.runtime.small import MONDAY, STEPS
from tests.runtime.town import FORM, Town, publish_small
from tests.web.people import send, sign_in, token

OPINION = {
    "type": "string",
    "maxLength": 200,
    "title": "Ý kiến thẩm định",
    "x-motcua-en": {"title": "Opinion"},
}
INCOME = {"type": "integer", "title": "Thu nhập", "x-motcua-en": {"title": "Income"}}
ABROAD = {"type": "boolean", "title": "Ở nước ngoài", "x-motcua-en": {"title": "Abroad"}}
IF_ABROAD = {
    "if": {"properties": {"abroad": {"const": True}}, "required": ["abroad"]},
    "then": {"required": ["country"]},
}
COUNTRY = {
    "type": "string",
    "title": "Nước đã xác minh",
    "x-motcua-en": {"title": "Country"},
    "maxLength": 60,
}
FORM_WITH_STEPS: dict[str, Any] = {
    **FORM,
    "x-motcua-pages": [
        {**FORM["x-motcua-pages"][0], "fields": ["person", "income", "abroad", "country", "opinion"]}
    ],  # type: ignore[index]
    "properties": {
        **FORM["properties"],  # type: ignore[dict-item]
        "income": {**INCOME, "x-motcua-steps": {"shows": ["examine"]}},
        "abroad": ABROAD,
        "country": {**COUNTRY, "x-motcua-steps": {"fills": ["examine"]}},
        "opinion": {**OPINION, "x-motcua-steps": {"fills": ["examine"], "shows": ["sign"]}},
    },
    "required": ["person", "opinion"],
    "allOf": [IF_ABROAD],
}
SAID = {"opinion": "Đủ điều kiện"}


@pytest.fixture
def dossier(town: Town) -> Dossier:
    """Received, with an income that only who examines may see, from somebody abroad."""
    steps = tuple(replace(each, shows=("person",)) if each.kind == "task" else each for each in STEPS)
    publish_small(town.session, MONDAY, form=FORM_WITH_STEPS, steps=steps)
    application = town.begun()
    application.answers = {**application.answers, "income": 4321, "abroad": True}
    filed = applications.submit(town.session, application, by=town.citizen(), at=MONDAY)
    assert isinstance(filed, Dossier), filed
    accepted = dossiers.accept(town.session, filed, by=town.official("reception"), at=MONDAY)
    assert isinstance(accepted, Dossier), accepted
    return accepted


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


def test_what_an_applicant_sends_for_a_question_of_officials_is_dropped(
    town: Town, client: FlaskClient
) -> None:
    publish_small(town.session, MONDAY, form=FORM_WITH_STEPS)
    here = town.begun()
    sign_in(client, "congdan", PASSWORD)
    page = f"/applications/{here.id}/pages/person"
    shown = client.get(page).text
    assert "Thu nhập" in shown
    assert "Ý kiến thẩm định" not in shown
    typed = {f"person.{key}": said for key, said in here.answers["person"].items()}
    assert send(client, page, page, **typed, **SAID, income="7").status_code == 303
    town.session.refresh(here)
    assert here.answers["income"] == 7
    assert "opinion" not in here.answers
    here.answers = {**here.answers, **SAID}
    filed = applications.submit(town.session, here, by=town.citizen(), at=MONDAY)
    assert isinstance(filed, Dossier), filed
    assert "opinion" not in stored_answers(town.session, filed)


def test_the_step_must_answer_its_questions_and_no_others_are_taken_from_it(
    town: Town, dossier: Dossier
) -> None:
    missing = town.complete(dossier, "fit", answers={})
    assert [(each.code, each.where) for each in missing] == [
        ("form.required", "country"),
        ("form.required", "opinion"),
    ]
    said = {**SAID, "country": "Lào", "income": 9, "person": {}}
    assert isinstance(town.complete(dossier, "fit", answers=said), Task)
    stored = stored_answers(town.session, dossier)
    assert (stored["opinion"], stored["country"]) == ("Đủ điều kiện", "Lào")
    assert stored["income"] == 4321
    assert stored["person"]["copies"] == 3
    assert isinstance(town.complete(dossier, "granted", answers={"opinion": "Khác"}), Task)
    assert stored_answers(town.session, dossier)["opinion"] == "Đủ điều kiện"


def test_a_question_of_a_step_is_asked_by_what_the_applicant_said(
    town: Town, dossier: Dossier, client: FlaskClient
) -> None:
    sign_in(client, "thuly", PASSWORD)
    page = f"/desk/tasks/{town.task(dossier).id}"
    shown = words(client.get(page))
    assert "Nước đã xác minh" in shown
    assert "Thu nhập 4321" in shown
    answer = send(client, f"{page}/completion", page, outcome="fit", opinion="Đủ", country="Lào", income="1")
    assert answer.status_code == 303
    assert stored_answers(town.session, dossier)["income"] == 4321


def test_who_may_not_see_an_answer_finds_it_on_no_page(
    town: Town, dossier: Dossier, client: FlaskClient
) -> None:
    town.complete(dossier, "fit", answers={**SAID, "country": "Lào"})
    sign_in(client, "pheduyet", PASSWORD)
    task = words(client.get(f"/desk/tasks/{town.task(dossier).id}"))
    whole = words(client.get(f"/desk/dossiers/{dossier.code}"))
    for page in (task, whole):
        assert "Ý kiến thẩm định Đủ điều kiện" in page
        assert "Thu nhập" not in page
    client.post("/sign-out", data={"csrf_token": token(client, "/")})
    sign_in(client, "thuly", PASSWORD)
    examiner = words(client.get(f"/desk/dossiers/{dossier.code}"))
    assert "Thu nhập 4321" in examiner
    assert "Ý kiến thẩm định Đủ điều kiện" in examiner


def test_the_applicant_sees_the_own_answers_and_none_of_the_officials(
    town: Town, dossier: Dossier, client: FlaskClient
) -> None:
    town.complete(dossier, "fit", answers={**SAID, "country": "Lào"})
    sign_in(client, "congdan", PASSWORD)
    page = words(client.get(f"/my/dossiers/{dossier.filing_number}"))
    assert "Thu nhập 4321" in page
    assert "Ý kiến thẩm định" not in page
    assert "Nước đã xác minh" not in page
