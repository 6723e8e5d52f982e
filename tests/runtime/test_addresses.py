"""An address from filing to letter: judged by the list of its day, which is recorded and holds for the dossier."""

from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from common.clock import ZONE
from common.identity.actor import machine
from form_builder.kinds import KINDS
from procedure_library.place_files import PARTS
from procedure_library.place_lists import Origin, record_list
from procedure_library.queries import definition_on
from procedure_library.shipped_places import national_entries
from runtime import applications, dossiers
from runtime.answering import judged_as_filed
from runtime.demo.accounts import PASSWORD
from runtime.letters.results import result_data
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier, DossierEvent
from runtime.models.papers import Letter
from runtime.queries import dossier_for
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY
from tests.runtime.town import FORM, Town, publish_small
from tests.web.people import send, sign_in

APRIL = datetime(2026, 4, 1, 9, 0, tzinfo=ZONE)
HOME = {"province": "01", "commune": "00004", "line": "Số 5, ngõ 12"}
LINE = "Số 5, ngõ 12, phường Ba Đình, thành phố Hà Nội"
ASKED = {
    **KINDS["address"].shape,
    "x-motcua-kind": "address",
    "title": "Nơi ở",
    "x-motcua-en": {"title": "Home"},
    "x-motcua-prefill": "profile.address",
}


def with_address(form: dict[str, Any]) -> dict[str, Any]:
    person = form["properties"]["person"]
    asking = {
        **person,
        "properties": {**person["properties"], "home": ASKED},
        "required": [*person["required"], "home"],
    }
    return {**form, "properties": {**form["properties"], "person": asking}}


@pytest.fixture
def asking(town: Town) -> Town:
    """The town hall, whose small procedure asks for an address."""
    publish_small(town.session, MONDAY, form=with_address(FORM))
    return town


def abolished(town: Town) -> None:
    """From April on the commune is no more."""
    entries = national_entries()
    kept = {name: [row for row in entries[name] if row[0] != HOME["commune"]] for name in PARTS}
    record_list(town.session, kept, Origin(APRIL.date(), "NQ 1", "NQ 1"), by=machine("test"), at=MONDAY)


def begun(town: Town, home: Any = HOME) -> Application:
    application = town.begun()
    person = {**application.answers["person"], "home": home}
    by = town.citizen()
    applications.save_page(town.session, application, "person", {"person": person}, by=by, at=MONDAY)
    return application


def filed(town: Town, home: Any = HOME, at: datetime = MONDAY) -> Any:
    return applications.submit(town.session, begun(town, home), by=town.citizen(), at=at)


def received(town: Town) -> Dossier:
    accepted = dossiers.accept(town.session, filed(town), by=town.official("reception"), at=MONDAY)
    assert isinstance(accepted, Dossier), accepted
    return accepted


def records(town: Town, dossier: Dossier) -> list[Any]:
    question = select(DossierEvent.record).where(DossierEvent.dossier_id == dossier.id)
    return list(town.session.scalars(question.order_by(DossierEvent.number)))


def test_the_event_records_which_list_the_answers_were_judged_by(asking: Town) -> None:
    dossier = received(asking)
    assert [record["law"]["places"] for record in records(asking, dossier)] == [1, 1]
    assert dossier.state["places"] == 1
    assert replay(asking.session, dossier) == verify(asking.session, dossier) == ()


def test_a_procedure_that_asks_no_address_records_no_list(town: Town) -> None:
    dossier = town.received()
    assert "places" not in records(town, dossier)[0]["law"]


def test_a_wrong_address_is_not_filed(asking: Town) -> None:
    problems = filed(asking, {**HOME, "province": "96"})
    assert [(each.code, each.where) for each in problems] == [
        ("form.commune_elsewhere", "person.home.commune")
    ]


def test_who_has_not_sent_yet_is_judged_by_the_list_of_the_day(asking: Town) -> None:
    abolished(asking)
    application = begun(asking)
    problems = applications.submit(asking.session, application, by=asking.citizen(), at=APRIL)
    assert [each.code for each in problems] == ["form.no_such_commune"]


def test_what_was_right_when_it_was_filed_stays_right_and_keeps_its_name(asking: Town) -> None:
    dossier = received(asking)
    abolished(asking)
    asking.complete(dossier, "incomplete", APRIL, reason="Thiếu bản sao")
    body = asking.all(Answers)[-1].body
    changed = {**body, "person": {**body["person"], "copies": 4}}
    by = asking.citizen()
    answered = dossiers.answer_supplement(asking.session, dossier, answers=changed, by=by, at=APRIL)
    assert isinstance(answered, Dossier), answered
    assert records(asking, dossier)[-1]["law"]["places"] == 1
    view = dossier_for(asking.session, dossier.filing_number, by, at=APRIL)
    assert view is not None
    assert view.compiled.places is not None
    assert view.compiled.places.version == 1
    assert replay(asking.session, dossier) == verify(asking.session, dossier) == ()


def test_the_applicant_lives_where_the_form_says_and_letters_print_it(asking: Town) -> None:
    dossier = received(asking)
    assert dossier.applicant["address"] == LINE
    for outcome in ("fit", "granted", "collected"):
        asking.complete(dossier, outcome)
    letter = asking.all(Letter)[-1]
    data = result_data(asking.session, dossier, letter)
    assert data["answers"]["person"]["home"] == {**HOME, "text": LINE}
    assert LINE in [row["text"] for section in data["sections"] for row in section["rows"]]


def test_the_account_knows_one_line_and_the_commune_is_asked(asking: Town) -> None:
    application = applications.begin(
        asking.session,
        procedure_key="good_standing",
        case_type="ordinary",
        unit_id=asking.units["tan_an"].id,
        channel="online",
        by=asking.citizen(),
        at=MONDAY,
    )
    assert isinstance(application, Application)
    assert set(application.answers["person"]["home"]) == {"line"}


@pytest.fixture
def citizen(asking: Town, client: FlaskClient) -> FlaskClient:
    sign_in(client, "congdan", PASSWORD)
    return client


def typed(**more: str) -> dict[str, str]:
    person = {"full_name": "Nguyễn Thị Lan", "identity_number": "038190000777", "copies": "3"}
    return {**{f"person.{key}": value for key, value in person.items()}, **more}


def page_of(application: Application) -> str:
    return f"/applications/{application.id}/pages/person"


def options(text: str, name: str) -> list[str]:
    select_element = text.partition(f'name="{name}"')[2].partition("</select>")[0]
    return [part.partition('"')[0] for part in select_element.split('value="')[1:]]


def test_the_page_holds_the_communes_of_one_province(asking: Town, citizen: FlaskClient) -> None:
    page = page_of(begun(asking))
    text = citizen.get(page).text
    assert len(options(text, "person.home.province")) == 35
    assert len(options(text, "person.home.commune")) == 127
    pick = {"person.home.province": "96", "person.home.line": "Ấp 1", "open-communes": "person.home"}
    opened = send(citizen, page, page, **typed(**pick))
    assert opened.status_code == 200
    assert "31894" in options(opened.text, "person.home.commune")
    assert "00004" not in options(opened.text, "person.home.commune")
    assert 'value="Ấp 1"' in unescape(opened.text)


def test_a_former_address_is_offered_and_taken_only_when_it_is_picked(
    asking: Town, citizen: FlaskClient
) -> None:
    application = begun(asking)
    page = page_of(application)
    looked = {"person.home-old": "Phúc Xá, Ba Đình", "find-place": "person.home", "person.home.line": "Số 9"}
    text = unescape(send(citizen, page, page, **typed(**looked)).text)
    assert "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội" in text
    assert 'name="use-place" value="person.home:00097"' in text
    assert 'value="00097" selected' not in text
    taken = {"use-place": "person.home:00097", "person.home-old": "Phúc Xá", "person.home.line": "Số 9"}
    text = unescape(send(citizen, page, page, **typed(**taken)).text)
    assert 'value="00097" selected' in text
    assert 'value="01" selected' in text
    assert 'value="Số 9"' in text
    asking.session.refresh(application)
    assert application.answers["person"]["home"] == HOME


def test_a_page_that_is_wrong_names_the_part(asking: Town, citizen: FlaskClient) -> None:
    page = page_of(begun(asking))
    wrong = {"person.home.province": "96", "person.home.commune": "00004", "person.home.line": "Số 9"}
    answer = send(citizen, page, page, **typed(**wrong))
    assert answer.status_code == 422
    text = unescape(answer.text)
    assert 'href="#f-person-home-commune"' in text
    assert "là phường Ba Đình, không thuộc tỉnh Cà Mau" in text


def test_what_is_checked_before_sending_reads_as_an_address(asking: Town, citizen: FlaskClient) -> None:
    application = begun(asking)
    assert LINE in unescape(citizen.get(f"/applications/{application.id}/check").text)


def test_the_counter_asks_for_it_on_its_one_page(asking: Town, client: FlaskClient) -> None:
    application = asking.begun(asking.official("reception"))
    sign_in(client, "tiepnhan", PASSWORD)
    page = f"/desk/counter/{application.id}"
    answer = send(
        client, page, page, **typed(**{"person.home.province": "96", "open-communes": "person.home"})
    )
    assert answer.status_code == 200
    assert "31894" in options(answer.text, "person.home.commune")


def test_on_a_day_without_a_list_nothing_is_guessed(asking: Town) -> None:
    application = begun(asking)
    early = definition_on(asking.session, application.version_id, date(2025, 6, 30))
    problems = judged_as_filed(early, "ordinary", application.answers)
    assert isinstance(problems, tuple)
    assert [(each.code, each.where) for each in problems] == [
        ("form.no_list", "person.home.province"),
        ("form.no_list", "person.home.commune"),
    ]
