"""A supplement is judged as a whole, and sent by an explicit act: attaching and checking send nothing."""

from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from common.problems import Refusal
from runtime import applications, dossiers
from runtime.demo.accounts import PASSWORD
from runtime.models.dossiers import Answers, Dossier, DossierEvent
from runtime.models.papers import Document
from runtime.replay import verify
from tests.runtime.small import MONDAY
from tests.runtime.town import FORM, Town, publish_small, scan
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


def test_attaching_without_a_file_is_told_in_the_language_of_the_page(
    town: Town, client: FlaskClient, asked: Dossier
) -> None:
    page = page_of(asked)
    refused = send(client, f"{page}/papers", page, component="", file=(BytesIO(b""), ""))
    assert refused.status_code == 422
    assert "Chưa chọn tệp. Chọn một tệp rồi bấm «Đính kèm»." in unescape(refused.text)
    assert not town.all(Document)


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


TWO = {
    **FORM,
    "x-motcua-pages": [
        {"key": "person", "title": {"vi": "Hồ sơ"}, "fields": ["person", "how", "where", "note"]},
    ],
    "properties": {
        **FORM["properties"],
        "how": {"type": "string", "title": "Cách nhận", "enum": ["counter", "post"]},
        "where": {"type": "string", "title": "Địa chỉ nhận", "maxLength": 40},
        "note": {"type": "string", "title": "Ghi chú", "maxLength": 40},
    },
    "allOf": [
        {
            "if": {"properties": {"how": {"const": "post"}}, "required": ["how"]},
            "then": {"required": ["where"]},
        }
    ],
}


@pytest.fixture
def named(town: Town, client: FlaskClient) -> Dossier:
    """A dossier of which one question is to be answered again: how the result is handed over."""
    publish_small(town.session, MONDAY, effective_from=MONDAY.date(), form=TWO)
    begun = town.begun()
    said = {"person": town.person(begun), "how": "counter", "note": "giữ nguyên"}
    applications.save_page(town.session, begun, "person", said, by=town.citizen(), at=MONDAY)
    dossier = applications.submit(town.session, begun, by=town.citizen(), at=MONDAY)
    assert isinstance(dossier, Dossier), dossier
    dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY)
    town.complete(dossier, "incomplete", reason="Chọn lại cách nhận", asks=("how", "unknown"))
    assert dossier.state["asked"] == ["how"]
    sign_in(client, "congdan", PASSWORD)
    return dossier


def test_only_what_was_asked_for_is_open(town: Town, client: FlaskClient, named: Dossier) -> None:
    page = page_of(named)
    shown = unescape(client.get(page).text)
    assert "Những mục cơ quan yêu cầu khai lại" in shown
    assert 'name="how"' in shown
    assert 'name="note"' not in shown
    assert 'name="person.copies"' not in shown
    sent = send(client, page, page, how="counter", note="đã đổi", **{"person.copies": "9"})
    assert sent.status_code == 303
    said = town.all(Answers)[-1].body
    assert (said["note"], said["person"]["copies"]) == ("giữ nguyên", 3)
    town.session.refresh(named)
    assert (named.status, named.state.get("asked", [])) == ("in_process", [])


def test_what_the_new_answer_asks_besides_is_opened_too(
    town: Town, client: FlaskClient, named: Dossier
) -> None:
    page = page_of(named)
    refused = send(client, page, page, how="post")
    assert refused.status_code == 422
    assert 'href="#f-where"' in refused.text
    assert 'name="note"' not in refused.text
    town.session.refresh(named)
    assert named.status == "awaiting_supplement"
    assert send(client, page, page, how="post", where="Số 12, phố Huế").status_code == 303
    said = town.all(Answers)[-1].body
    assert (said["how"], said["where"], said["note"]) == ("post", "Số 12, phố Huế", "giữ nguyên")


def test_the_record_of_what_was_asked_folds_and_reenacts(town: Town, named: Dossier) -> None:
    assert verify(town.session, named) == ()
    assert town.all(DossierEvent, dossier_id=named.id)[-1].record["asked"] == ["how"]


def answered(town: Town, dossier: Dossier, **changes: object) -> object:
    """The verb, as anybody may call it: the stored answers with these changes, None: taken away."""
    said = {**town.all(Answers)[-1].body, **changes}
    answers = {key: answer for key, answer in said.items() if answer is not None}
    return dossiers.answer_supplement(town.session, dossier, answers=answers, by=town.citizen(), at=MONDAY)


def test_what_was_not_asked_for_cannot_be_changed_by_the_verb_either(town: Town, named: Dossier) -> None:
    refused = answered(town, named, how="counter", note="đã đổi")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.parameters["field"]) == ("dossiers.not_asked_again", "Ghi chú")
    assert (named.status, len(town.all(Answers))) == ("awaiting_supplement", 1)
    assert isinstance(answered(town, named, how="post", where="Số 12, phố Huế"), Dossier)
    assert town.all(Answers)[-1].body["where"] == "Số 12, phố Huế"


def test_an_answer_that_may_be_left_out_can_be_taken_back(town: Town, named: Dossier) -> None:
    assert isinstance(answered(town, named, how=None), Dossier)
    assert "how" not in town.all(Answers)[-1].body
    assert town.all(Answers)[-1].body["note"] == "giữ nguyên"


def test_where_all_is_open_an_answer_can_be_taken_back(
    town: Town, client: FlaskClient, asked: Dossier
) -> None:
    page = page_of(asked)
    assert send(client, page, page, **typed(town, email="")).status_code == 303
    assert "email" not in town.all(Answers)[-1].body["person"]
